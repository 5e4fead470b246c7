// Every screen: where it is, who may see it, and the chunk that it comes in.
import type { Component } from 'svelte';
import type { Scope } from '../lib/api/door';
import { type Key } from '../lib/i18n/i18n.svelte';
import { usePhones } from '../lib/i18n/parts';
import type { IconName } from '../lib/ui/icons';

/** Gets `rest`, the segments behind its own; most have no use for them, which the type of a component cannot say. */
type Screen = Component<any>;

export interface Route {
  /** The first segment of the path. */
  name: string;
  title: Key;
  icon: IconName;
  /** Who may see it, at least. */
  scope: Scope;
  load: () => Promise<{ default: Screen }>;
}

export const ROUTES: readonly Route[] = [
  {
    name: 'overview',
    title: 'nav.overview',
    icon: 'overview',
    scope: 'admin',
    load: () => import('../features/overview/Page.svelte'),
  },
  { name: 'live', title: 'nav.live', icon: 'live', scope: 'admin', load: () => import('../features/live/Page.svelte') },
  { name: 'calls', title: 'nav.calls', icon: 'calls', scope: 'home', load: () => import('../features/calls/Page.svelte') },
  {
    name: 'voicemail',
    title: 'nav.voicemail',
    icon: 'voicemail',
    scope: 'home',
    load: () => import('../features/voicemail/Page.svelte'),
  },
  {
    name: 'directory',
    title: 'nav.directory',
    icon: 'directory',
    scope: 'home',
    load: () => import('../features/directory/Page.svelte'),
  },
  {
    name: 'people',
    title: 'nav.people',
    icon: 'people',
    scope: 'admin',
    load: () => import('../features/people/Page.svelte'),
  },
  {
    name: 'phones',
    title: 'nav.phones',
    icon: 'phones',
    scope: 'admin',
    load: () => Promise.all([import('../features/phones/Page.svelte'), usePhones()]).then(([page]) => page),
  },
  {
    name: 'trunks',
    title: 'nav.trunks',
    icon: 'trunks',
    scope: 'admin',
    load: () => import('../features/trunks/Page.svelte'),
  },
  {
    name: 'answering',
    title: 'nav.answering',
    icon: 'answering',
    scope: 'user',
    load: () => import('../features/answering/Page.svelte'),
  },
  {
    name: 'what-if',
    title: 'nav.whatif',
    icon: 'whatif',
    scope: 'admin',
    load: () => import('../features/whatif/Page.svelte'),
  },
  { name: 'times', title: 'nav.times', icon: 'times', scope: 'user', load: () => import('../features/times/Page.svelte') },
  { name: 'codes', title: 'nav.codes', icon: 'codes', scope: 'home', load: () => import('../features/codes/Page.svelte') },
  { name: 'me', title: 'nav.me', icon: 'me', scope: 'home', load: () => import('../features/me/Page.svelte') },
  {
    name: 'security',
    title: 'nav.security',
    icon: 'security',
    scope: 'admin',
    load: () => import('../features/security/Page.svelte'),
  },
  {
    name: 'system',
    title: 'nav.system',
    icon: 'system',
    scope: 'admin',
    load: () => import('../features/system/Page.svelte'),
  },
];

/** Those that somebody with this scope may see; the first of them is the start. */
export function routesFor(scope: Scope): readonly Route[] {
  const order: Scope[] = ['home', 'user', 'admin'];
  return ROUTES.filter((route) => order.indexOf(scope) >= order.indexOf(route.scope));
}

/** The start of who may not see the overview. */
const HOME = 'voicemail';

export function startFor(scope: Scope): Route {
  const routes = routesFor(scope);
  return routes.find((route) => route.name === 'overview') ?? routes.find((route) => route.name === HOME) ?? routes[0]!;
}
