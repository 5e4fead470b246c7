// What the page asks of the box about callers from outside who are put through to nobody.
import type { components } from '../../api';
import { send } from './send';

export type CallerRow = components['schemas']['CallerRow'];
export type OfficeCallers = components['schemas']['OfficeCallers'];
export type OfficeCallersWrite = components['schemas']['OfficeCallersWrite'];

export const callersBox = {
  callers: (): Promise<OfficeCallers> => send('get', '/api/callers'),
  /** Replaces the list; what is shown besides is left out. */
  setCallers: ({ callers, blocked_hear, anonymous_hear }: OfficeCallersWrite, etag: string) =>
    send('put', '/api/callers', { body: { callers, blocked_hear, anonymous_hear }, etag }),
};
