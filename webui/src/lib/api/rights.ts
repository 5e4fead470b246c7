// How far somebody's rights reach: the daemon evaluates them, and refuses what they do not open.
import type { components } from '../../api';
import { address, send } from './send';

type Schemas = components['schemas'];
export type AreaName = Schemas['AreaName'];
export type LevelName = Schemas['LevelName'];
export type PresetName = Schemas['PresetName'];
export type RoleName = Schemas['RoleName'];
export type MyRight = Schemas['MyRight'];
export type RoleRow = Schemas['RoleRow'];
export type Right = Schemas['Right'];
export type Profiles = Schemas['Profiles'];
export type ProfileRow = Schemas['ProfileRow'];
export type ProfileWrite = Schemas['ProfileWrite'];
/** Whom a screen is for: whoever has signed in, by password, or whose rights open an area. */
export type Need = 'home' | 'user' | AreaName;
export type Who = Pick<Schemas['Me'], 'scope' | 'rights'>;

/** Whether what somebody needs is theirs, in an area this far. */
export function reaches({ scope, rights }: Who, need: Need, level: LevelName = 'see'): boolean {
  if (need === 'home') return true;
  if (scope === 'home') return false;
  return need === 'user' || rights.some(({ area, may }) => area === need && (may === 'change' || may === level));
}

export const PRESETS: readonly PresetName[] = ['user', 'office', 'admin'];
export const ROLES: readonly RoleName[] = ['decision_maker', 'phone_manager', 'billing', 'technical', 'emergency'];

/** In the order of the table that says who may open what. */
export const AREAS: readonly AreaName[] = [
  'roles', 'groups', 'history', 'overview', 'live', 'calls', 'people', 'basics', 'caller_id', 'numbers', 'call_flow', 'times', 'phonebook',
  'codes', 'security', 'box',
];

export const rightsBox = {
  mine: () => send('get', '/api/me/rights'),
  roles: () => send('get', '/api/roles'),
  profiles: (): Promise<Profiles> => send('get', '/api/profiles'),
  addProfile: (body: ProfileWrite) => send('post', '/api/profiles', { body }),
  changeProfile: (name: string, body: ProfileWrite, etag: string) => send('put', '/api/profiles/{name}', { path: { name }, body, etag }),
  removeProfile: (name: string, etag: string) => send('delete', '/api/profiles/{name}', { path: { name }, etag }),
  /** The address of who has which role as a table. */
  rolesTable: () => address('/api/roles/export'),
};
