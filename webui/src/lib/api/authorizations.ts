// What the page asks of the box about codes that let calls out.
import type { components } from '../../api';
import { send } from './send';

export type AuthorizationRow = components['schemas']['AuthorizationRow'];
export type Authorizations = components['schemas']['Authorizations'];
export type AuthorizationWrite = components['schemas']['AuthorizationWrite'];

export const authorizationsBox = {
  codes: (): Promise<Authorizations> => send('get', '/api/authorizations'),
  add: (body: AuthorizationWrite) => send('post', '/api/authorizations', { body }),
  change: (name: string, body: AuthorizationWrite, etag: string) => send('put', '/api/authorizations/{name}', { path: { name }, body, etag }),
  remove: (name: string, etag: string) => send('delete', '/api/authorizations/{name}', { path: { name }, etag }),
};
