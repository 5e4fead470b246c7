// What the page asks of the box about calls that it places for whoever is signed in.
import type { components } from '../../api';
import { send } from './send';

type Schemas = components['schemas'];
export type PlacedCall = Schemas['PlacedCall'];
export type OwnPhone = Schemas['OwnPhone'];

export const placeBox = {
  phones: () => send('get', '/api/place'),
  /** Rings the own phone of this name, or all; then the number. */
  begin: (number: string, phone: string | undefined) => send('post', '/api/place', { body: { number, phone } }),
  shown: (call: number) => send('get', '/api/place/{call}', { path: { call } }),
  end: (call: number) => send('delete', '/api/place/{call}', { path: { call } }),
};
