// The login session of this browser: who is signed in, or what to do before.
//
//   starting --hello, me--> setup | signed-out | signed-in
//   signed-in --401 on any request, or sign-out--> signed-out
import { door, type Hello, type Me } from '../lib/api/door';
import { reaches, type LevelName, type Need } from '../lib/api/rights';
import { onSignedOut } from '../lib/api/send';
import { asProblem, type Problem } from '../lib/api/problem';
import { useTimeZone } from '../lib/format/zone.svelte';
import { guessLanguage, useLanguage } from '../lib/i18n/i18n.svelte';
import { here, replace } from './router.svelte';

type State = 'starting' | 'unreachable' | 'setup' | 'signed-out' | 'signed-in';

let state = $state<State>('starting');
let hello = $state.raw<Hello | undefined>(undefined);
let me = $state.raw<Me | undefined>(undefined);
let problem = $state.raw<Problem | undefined>(undefined);
/** Set when a login session ended by itself, so that the sign-in can say so. */
let hasEnded = $state(false);
const leavings = new Set<() => void>();

export const session = {
  get state() {
    return state;
  },
  get hello() {
    return hello;
  },
  get me() {
    return me;
  },
  get problem() {
    return problem;
  },
  get hasEnded() {
    return hasEnded;
  },
};

/** Who is signed in; for screens behind the sign-in. */
export function myself(): Me {
  if (!me) throw new Error('nobody is signed in');
  return me;
}

/** Whether this is open to whoever is signed in, this far. */
export function may(need: Need, level: LevelName = 'see'): boolean {
  return me !== undefined && reaches(me, need, level);
}

/** Whether this is the page that anybody may open, without HTTPS too: it asks for nothing that needs a sign-in. */
export function isCertificatePage(): boolean {
  return location.pathname === '/certificate';
}

/** Finds out where we are; again after the box could not be reached. */
export async function start(): Promise<void> {
  state = 'starting';
  try {
    hello = await door.hello();
    if (hello.needs_setup) {
      state = 'setup';
      return;
    }
    if (here().path[0] === 'setup') replace([]);
    await signedIn();
  } catch (error) {
    const found = asProblem(error);
    if (found.status === 401) {
      state = 'signed-out';
      return;
    }
    problem = found;
    state = 'unreachable';
  }
}

/** To be called after a sign-in that worked. */
export async function signedIn(): Promise<void> {
  me = await door.me();
  hasEnded = false;
  useTimeZone(me.time_zone);
  await useLanguage(guessLanguage([me.language, ...navigator.languages]));
  state = 'signed-in';
}

/** Reads again who is signed in: settings of one's own have changed. */
export async function refreshMe(): Promise<void> {
  me = await door.me();
  useTimeZone(me.time_zone);
  await useLanguage(guessLanguage([me.language, ...navigator.languages]));
}

export async function signOut(everywhere = false): Promise<void> {
  await (everywhere ? door.logoutEverywhere() : door.logout());
  left(false);
}

/** Calls back when the login session is left, for what is kept of it beside the screens. */
export function onLeft(then: () => void): void {
  leavings.add(then);
}

function left(byItself: boolean): void {
  if (state !== 'signed-in') return;
  hasEnded = byItself;
  me = undefined;
  state = 'signed-out';
  for (const then of leavings) then();
}

onSignedOut(() => left(true));
