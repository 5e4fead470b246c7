// A call that the box places for whoever is signed in: begun at any row with a number, shown on every screen until it is put away.
//
//   nothing --place--> phone --answered--> rings --answered--> talks
//                        +--------------------+-----------------+--> over --put away--> nothing
import { placeBox, type PlacedCall } from '../lib/api/place';
import { asProblem } from '../lib/api/problem';
import { t } from '../lib/i18n/i18n.svelte';
import { listen } from './live.svelte';
import { failed } from './toasts.svelte';

export interface Placed {
  call: number;
  /** Who is called. */
  name: string;
  state: PlacedCall['state'];
  /** Why it ended. */
  story: string;
}

/** Which phone rings is a matter of where one sits: each browser keeps it. */
const KEY = 'bellbox-rings-first';
/** A call that just ended is on the disk by then. */
const AGAIN_MS = 1_000;

let placed = $state.raw<Placed | undefined>(undefined);
let stop: (() => void) | undefined;
let again: ReturnType<typeof setTimeout> | undefined;

export const placing = {
  get now() {
    return placed;
  },
};

/** The name of the phone that rings first; nothing where all of them do. */
export function ringsFirst(): string | undefined {
  try {
    return localStorage.getItem(KEY) ?? undefined;
  } catch {
    return undefined;
  }
}

export function setRingsFirst(phone: string | undefined): void {
  try {
    if (phone) localStorage.setItem(KEY, phone);
    else localStorage.removeItem(KEY);
  } catch {
    // Then it holds for nothing; all phones ring.
  }
}

export async function place(number: string, name: string): Promise<void> {
  try {
    const { call, state } = await placeBox.begin(number, ringsFirst());
    putAway();
    placed = { call, name, state, story: '' };
    stop = listen(['calls'], () => void look(call));
    await look(call);
  } catch (error) {
    const problem = asProblem(error);
    failed(t('place.refused', { name, why: Object.values(problem.errors)[0] ?? (problem.message || t('error.offline')) }));
  }
}

async function look(call: number): Promise<void> {
  try {
    const { state, story } = await placeBox.shown(call);
    if (placed?.call !== call || placed.state === 'over') return;
    placed = { ...placed, state, story: story ?? '' };
    if (state === 'over') rest();
  } catch {
    if (placed?.call !== call || placed.state === 'over') return;
    clearTimeout(again);
    again = setTimeout(() => void look(call), AGAIN_MS);
  }
}

export async function endPlaced(): Promise<void> {
  if (!placed) return;
  const { call } = placed;
  try {
    await placeBox.end(call);
  } catch (error) {
    // It is over by itself.
    if (asProblem(error).status !== 404) failed(asProblem(error).message || t('error.offline'));
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
}
