// What the page asks of the box about the numbers under which people call outside.
import type { components } from '../../api';
import { send } from './send';

export type CallerIdRow = components['schemas']['CallerIdRow'];
export type CallerIds = components['schemas']['CallerIds'];
export type CallerIdWrite = components['schemas']['CallerIdWrite'];

export const callerIdsBox = {
  all: (): Promise<CallerIds> => send('get', '/api/caller-ids'),
  change: (extension: string, body: CallerIdWrite, etag: string) => send('put', '/api/caller-ids/{extension}', { path: { extension }, body, etag }),
};
