// How a trunk fares: in a word, as a strip of its last day, and what it answered.
import type { Trunk, TrunkTurn } from '../../lib/api/box';
import type { Key } from '../../lib/i18n/i18n.svelte';
import type { Look } from '../../lib/ui/Status.svelte';

/** How long the strip looks back. */
export const STRIP_MS = 24 * 3_600_000;

/** A state's colour, shape and word. */
export function standing({ row, state }: { row: Pick<Trunk, 'enabled' | 'way'>; state: Pick<NonNullable<Trunk['state']>, 'health' | 'trouble'> | undefined }): { look: Look; word: Key } {
  if (row.enabled === false) return { look: 'idle', word: 'trunk.is.off' };
  if (!state || state.trouble === 'starting') return { look: 'idle', word: 'trunk.is.starting' };
  if (state.health === 'down') return { look: 'bad', word: 'trunk.is.down' };
  if (state.health === 'degraded') return { look: 'warn', word: 'trunk.is.degraded' };
  return { look: 'ok', word: row.way === 'address' ? 'trunk.is.reachable' : 'trunk.is.registered' };
}

export interface Stretch {
  health: string;
  /** Of the strip, from 0 to 1. */
  share: number;
}

/** The last day as stretches of one health each, oldest first; what nobody knows is `unknown`. */
export function strip(history: readonly TrunkTurn[], now: number): Stretch[] {
  const begin = now - STRIP_MS;
  const turns = history.map(({ at, health }) => ({ at: Math.min(now, Math.max(begin, Date.parse(at))), health }));
  const stretches: Stretch[] = [];
  const push = (health: string, from: number, to: number) => {
    const share = (to - from) / STRIP_MS;
    const last = stretches.at(-1);
    if (share <= 0) return;
    if (last?.health === health) last.share += share;
    else stretches.push({ health, share });
  };
  push('unknown', begin, turns[0]?.at ?? now);
  turns.forEach(({ at, health }, index) => push(health, at, turns[index + 1]?.at ?? now));
  return stretches;
}

/** The same list with one row at another place. */
export function moved<T>(rows: readonly T[], from: number, to: number): T[] {
  const rest = rows.filter((_, index) => index !== from);
  const row = rows[from];
  return row === undefined ? [...rows] : [...rest.slice(0, to), row, ...rest.slice(to)];
}

/** Patterns and addresses as people write them into one line. */
export function words(text: string): string[] {
  return text.split(/[\s,;]+/).filter((word) => word !== '');
}
