// What the page asks of the box about sites.
import type { components } from '../../api';
import { send } from './send';

export type SiteRow = components['schemas']['SiteRow'];
export type Sites = components['schemas']['Sites'];
export type SiteWrite = components['schemas']['SiteWrite'];

export const sitesBox = {
  sites: (): Promise<Sites> => send('get', '/api/sites'),
  add: (body: SiteWrite) => send('post', '/api/sites', { body }),
  change: (name: string, body: SiteWrite, etag: string) => send('put', '/api/sites/{name}', { path: { name }, body, etag }),
  remove: (name: string, etag: string) => send('delete', '/api/sites/{name}', { path: { name }, etag }),
};
