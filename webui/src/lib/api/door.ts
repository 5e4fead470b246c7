// The ways into the box, and who came in: what is asked before any screen behind the sign-in is there.
import type { components } from '../../api';
import { send } from './send';

type Schemas = components['schemas'];
export type Authority = Schemas['Authority'];
export type Hello = Schemas['Hello'];
export type Me = Schemas['Me'];
export type Scope = Schemas['Scope'];
export type Setup = Schemas['Setup'];

export const door = {
  hello: () => send('get', '/api/hello'),
  /** What to trust; also without HTTPS. */
  authority: () => send('get', '/api/authority'),
  setup: (body: Setup) => send('post', '/api/setup', { body }),
  /** A new password for an administrator; the address is needed where there are several. */
  reset: (token: string, email: string | undefined, password: string) =>
    send('post', '/api/reset', { body: { token, email, password } }),
  login: (login: string, secret: string) => send('post', '/api/login', { body: { login, secret } }),
  logout: () => send('post', '/api/logout'),
  logoutEverywhere: () => send('post', '/api/logout-everywhere'),
  /** Who is signed in. */
  me: () => send('get', '/api/me'),
};
