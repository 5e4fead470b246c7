// What the page asks of the box about groups of people.
import type { components } from '../../api';
import { send } from './send';

type Schemas = components['schemas'];
export type Groups = Schemas['Groups'];
export type GroupRow = Schemas['GroupRow'];
export type GroupWrite = Schemas['GroupWrite'];
export type MemberKind = Schemas['MemberKind'];

export const groupsBox = {
  groups: (): Promise<Groups> => send('get', '/api/groups'),
  add: (body: GroupWrite) => send('post', '/api/groups', { body }),
  change: (name: string, body: GroupWrite, etag: string) => send('put', '/api/groups/{name}', { path: { name }, body, etag }),
  remove: (name: string, etag: string) => send('delete', '/api/groups/{name}', { path: { name }, etag }),
};
