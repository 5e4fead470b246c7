// What the page asks of the box about the calls of whoever is signed in.
import type { components } from '../../api';
import { send } from './send';

type Schemas = components['schemas'];
export type Console = Schemas['Console'];
export type OwnCall = Schemas['OwnCall'];
export type CallToTake = Schemas['CallToTake'];
export type OtherParty = Schemas['OtherParty'];
export type ActKind = Schemas['ActKind'];

export const consoleBox = {
  shown: () => send('get', '/api/console'),
  act: (call: number, act: ActKind, to = '') => send('post', '/api/console/{call}', { path: { call }, body: { act, to } }),
};

/** Those that take a number. */
export type Asks = Extract<ActKind, 'ask' | 'pass_on'>;

/** How somebody is called in a sentence. */
export function named({ name, number }: OtherParty): string {
  return name || number;
}
