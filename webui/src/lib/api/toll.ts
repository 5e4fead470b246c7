// What the page asks of the box about the limits of calls to the outside.
import type { components } from '../../api';
import { send } from './send';

export type OwnLimits = components['schemas']['OwnLimits'];
export type TollGuard = components['schemas']['TollGuard'];
export type TollGuardWrite = components['schemas']['TollGuardWrite'];
export type TollRefusal = components['schemas']['TollRefusal'];

export const tollBox = {
  limits: (): Promise<TollGuard> => send('get', '/api/toll-guard'),
  setLimits: (body: TollGuardWrite, etag: string) => send('put', '/api/toll-guard', { body, etag }),
};
