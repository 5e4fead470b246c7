// A call that the box places for whoever is signed in: begun at any row with a number, shown on every screen until it is put away.
//
//   nothing --place--> phone --answered--> rings --answered--> talks
//                        +--------------------+-----------------+--> over --put away--> nothing
import { placeBox, type PlacedCall } from '../lib/api/place';
import { asProblem } from '../lib/api/problem';
import { t } from '../lib/i18n/i18n.svelte';
import { listen } from './live.svelte';
import { onLeft, session } from './session.svelte';
import { failed } from './toasts.svelte';

export interface Placed {
  call: number;
  /** Who is called. */
  name: string;
  state: PlacedCall['state'];
  /** Why it ended. */
  story: string;
}

/** Which phone rings is a matter of where one sits: each browser keeps it, for each extension that signs in there. */
const key = () => `bellbox-rings-first.${session.me?.extension ?? ''}`;
/** A call that just ended is on the disk by then. */
const AGAIN_MS = 1_000;
/** So often in a row the box knows nothing of a call before it is taken to be over. */
const MOST_LOST = 4;

let placed = $state.raw<Placed | undefined>(undefined);
/** A call is being asked for. */
let isBusy = $state(false);
let stop: (() => void) | undefined;
let again: ReturnType<typeof setTimeout> | undefined;
/** The newest look at the call; answers to earlier ones count no more. */
let round = 0;
let lost = 0;

export const placing = {
  get now() {
    return placed;
  },
  /** No second call is begun while one is asked for or the own phone rings for it. */
  get isBusy() {
    return isBusy || placed?.state === 'phone';
  },
};

// Whoever signs in next in this tab is not shown whom the one before called.
onLeft(putAway);

/** The name of the phone that rings first; nothing where all of them do. */
export function ringsFirst(): string | undefined {
  try {
    return localStorage.getItem(key()) ?? undefined;
  } catch {
    return undefined;
  }
}

export function setRingsFirst(phone: string | undefined): void {
  try {
    if (phone) localStorage.setItem(key(), phone);
    else localStorage.removeItem(key());
  } catch {
    // Then it holds for nothing; all phones ring.
  }
}

/** The phone to be rung: the kept one as long as it is one's own, or all. */
async function first(): Promise<string | undefined> {
  const kept = ringsFirst();
  if (!kept) return undefined;
  const { phones } = await placeBox.phones();
  return phones.some(({ name }) => name === kept) ? kept : undefined;
}

/** Calls a number; a refusal is a note. */
export async function place(number: string, name: string): Promise<void> {
  if (placing.isBusy) return;
  const why = await order(number, name);
  if (why !== undefined) failed(t('place.refused', { name, why }));
}

/** Calls a number: why it was not called, or nothing where it is. */
export async function order(number: string, name: string): Promise<string | undefined> {
  if (placing.isBusy) return t('place.phone');
  const whose = session.me?.id;
  let begun: PlacedCall;
  isBusy = true;
  try {
    begun = await placeBox.begin(number, await first());
  } catch (error) {
    const problem = asProblem(error);
    return session.me?.id === whose ? Object.values(problem.errors)[0] ?? (problem.message || t('error.offline')) : undefined;
  } finally {
    isBusy = false;
  }
  if (session.me?.id !== whose) return undefined;
  putAway();
  const { call, state } = begun;
  placed = { call, name, state, story: '' };
  stop = listen(['calls'], () => void look(call));
  void look(call);
  return undefined;
}

async function look(call: number): Promise<void> {
  if (placed?.call !== call || placed.state === 'over') return;
  round += 1;
  const mine = round;
  try {
    const { state, story } = await placeBox.shown(call);
    if (mine === round) show(state, story ?? '');
  } catch (error) {
    // A login session that is over has put the call away.
    if (mine === round) missed(call, asProblem(error).status);
  }
}

function show(state: Placed['state'], story: string): void {
  if (!placed) return;
  placed = { ...placed, state, story };
  lost = 0;
  clearTimeout(again);
  again = undefined;
  if (state === 'over') rest();
}

/** There was no picture: the box could not be reached, or knows nothing of the call, or not yet. */
function missed(call: number, status: number): void {
  if (status === 401) return putAway();
  if (status !== 404) lost = 0;
  else if (lost >= MOST_LOST) return show('over', t('place.over'));
  // Events may have it looked at in between: what is counted are seconds.
  again ??= setTimeout(() => {
    again = undefined;
    lost += 1;
    void look(call);
  }, AGAIN_MS);
}

export async function endPlaced(): Promise<void> {
  if (!placed) return;
  const { call } = placed;
  try {
    await placeBox.end(call);
  } catch (error) {
    const problem = asProblem(error);
    // It is over by itself, or the login session is.
    if (problem.status !== 404 && problem.status !== 401) failed(problem.message || t('error.offline'));
  }
  await look(call);
}

/** It is not shown any more; a call that is up goes on. */
export function putAway(): void {
  rest();
  placed = undefined;
}

function rest(): void {
  stop?.();
  stop = undefined;
  clearTimeout(again);
  again = undefined;
  round += 1;
  lost = 0;
}
