// What the page asks of the box about accounts that calls are charged to.
import type { components } from '../../api';
import { send } from './send';

export type Account = components['schemas']['Account'];
export type Accounts = components['schemas']['Accounts'];
export type AccountWrite = components['schemas']['AccountWrite'];
export type AccountEntry = components['schemas']['AccountEntryName'];

/** Whether an account is keyed before a call, the most lenient first. */
export const ENTRIES: readonly AccountEntry[] = ['none', 'optional', 'required'];

export const accountsBox = {
  accounts: (): Promise<Accounts> => send('get', '/api/accounts'),
  add: (body: AccountWrite) => send('post', '/api/accounts', { body }),
  change: (number: string, body: AccountWrite, etag: string) => send('put', '/api/accounts/{number}', { path: { number }, body, etag }),
  remove: (number: string, etag: string) => send('delete', '/api/accounts/{number}', { path: { number }, etag }),
};
