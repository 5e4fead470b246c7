// Every screen: where it is, who may see it, and the chunk that it comes in.
import type { Component } from 'svelte';
import { reaches, type Need, type Who } from '../lib/api/rights';
import { type Key } from '../lib/i18n/i18n.svelte';
import { useCallerIds, useConsole, useExtensions, useGroups, usePhones, useRights } from '../lib/i18n/parts';
import type { IconName } from '../lib/ui/icons';

/** Gets `rest`, the segments behind its own; most have no use for them, which the type of a component cannot say. */
type Screen = Component<any>;

export interface Route {
  /** The first segment of the path. */
  name: string;
  title: Key;
  icon: IconName;
  /** What opens it. */
  needs: Need;
  load: () => Promise<{ default: Screen }>;
}

export const ROUTES: readonly Route[] = [
  {
    name: 'overview',
    title: 'nav.overview',
    icon: 'overview',
    needs: 'overview',
    load: () => import('../features/overview/Page.svelte'),
  },
  { name: 'live', title: 'nav.live', icon: 'live', needs: 'live', load: () => import('../features/live/Page.svelte') },
  { name: 'calls', title: 'nav.calls', icon: 'calls', needs: 'home', load: () => import('../features/calls/Page.svelte') },
  {
    name: 'voicemail',
    title: 'nav.voicemail',
    icon: 'voicemail',
    needs: 'home',
    load: () => import('../features/voicemail/Page.svelte'),
  },
  {
    name: 'directory',
    title: 'nav.directory',
    icon: 'directory',
    needs: 'home',
    load: () => import('../features/directory/Page.svelte'),
  },
  {
    name: 'console',
    title: 'nav.console',
    icon: 'console',
    needs: 'home',
    load: () => Promise.all([import('../features/console/Page.svelte'), useConsole()]).then(([page]) => page),
  },
  {
    name: 'people',
    title: 'nav.people',
    icon: 'people',
    needs: 'people',
    load: () => import('../features/people/Page.svelte'),
  },
  {
    name: 'groups',
    title: 'nav.groups',
    icon: 'groups',
    needs: 'groups',
    load: () => Promise.all([import('../features/groups/Page.svelte'), useGroups()]).then(([page]) => page),
  },
  {
    name: 'phones',
    title: 'nav.phones',
    icon: 'phones',
    needs: 'people',
    load: () => Promise.all([import('../features/phones/Page.svelte'), usePhones()]).then(([page]) => page),
  },
  {
    name: 'extensions',
    title: 'nav.extensions',
    icon: 'extensions',
    needs: 'people',
    load: () => Promise.all([import('../features/extensions/Page.svelte'), useExtensions()]).then(([page]) => page),
  },
  {
    name: 'caller-ids',
    title: 'nav.callerids',
    icon: 'callerids',
    needs: 'caller_id',
    load: () => Promise.all([import('../features/callerids/Page.svelte'), useCallerIds()]).then(([page]) => page),
  },
  {
    name: 'trunks',
    title: 'nav.trunks',
    icon: 'trunks',
    needs: 'numbers',
    load: () => import('../features/trunks/Page.svelte'),
  },
  {
    name: 'answering',
    title: 'nav.answering',
    icon: 'answering',
    needs: 'user',
    load: () => import('../features/answering/Page.svelte'),
  },
  {
    name: 'diversions',
    title: 'nav.diversions',
    icon: 'diversions',
    needs: 'user',
    load: () => import('../features/diversions/Page.svelte'),
  },
  {
    name: 'what-if',
    title: 'nav.whatif',
    icon: 'whatif',
    needs: 'user',
    load: () => import('../features/whatif/Page.svelte'),
  },
  { name: 'times', title: 'nav.times', icon: 'times', needs: 'user', load: () => import('../features/times/Page.svelte') },
  { name: 'codes', title: 'nav.codes', icon: 'codes', needs: 'home', load: () => import('../features/codes/Page.svelte') },
  { name: 'me', title: 'nav.me', icon: 'me', needs: 'home', load: () => import('../features/me/Page.svelte') },
  {
    name: 'rights',
    title: 'nav.rights',
    icon: 'rights',
    needs: 'user',
    load: () => Promise.all([import('../features/rights/Page.svelte'), useRights()]).then(([page]) => page),
  },
  {
    name: 'security',
    title: 'nav.security',
    icon: 'security',
    needs: 'security',
    load: () => import('../features/security/Page.svelte'),
  },
  {
    name: 'system',
    title: 'nav.system',
    icon: 'system',
    needs: 'overview',
    load: () => import('../features/system/Page.svelte'),
  },
];

/** Those that are open to somebody; the first of them is the start. */
export function routesFor(who: Who): readonly Route[] {
  return ROUTES.filter((route) => reaches(who, route.needs));
}

/** The start of who may not see the overview. */
const HOME = 'voicemail';

export function startFor(who: Who): Route {
  const routes = routesFor(who);
  return routes.find((route) => route.name === 'overview') ?? routes.find((route) => route.name === HOME) ?? routes[0]!;
}
