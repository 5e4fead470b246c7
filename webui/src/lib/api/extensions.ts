// What the page asks of the box about every extension at a glance, and the switches of all of them.
import type { components } from '../../api';
import { address, send } from './send';

type Schemas = components['schemas'];
export type ExtensionRow = Schemas['ExtensionRow'];
export type Extensions = Schemas['Extensions'];
export type DiversionState = Schemas['DiversionState'];
export type DiversionWish = Schemas['DiversionWish'];

export interface Wanted {
  /** Several are parted by commas. */
  q: string;
  /** Those alone for which something is switched on. */
  isOn: boolean;
  limit?: number;
}

const query = ({ q, isOn, limit }: Wanted) => ({ q: q.trim(), on: isOn ? 'true' : undefined, limit });

export const extensionsBox = {
  all: (wanted: Wanted): Promise<Extensions> => send('get', '/api/extensions', { query: query(wanted) }),
  /** The address of the same as a table, without a limit. */
  table: ({ q, isOn }: Wanted) => address('/api/extensions/export', { query: query({ q, isOn }) }),
  divert: (extension: string, kind: string, body: DiversionWish) =>
    send('put', '/api/extensions/{extension}/diversions/{kind}', { path: { extension, kind }, body }),
  off: (extensions: string[]) => send('post', '/api/extensions/off', { body: { extensions } }),
};
