// What rings along with the own phones, as the form has it: a line each, as the office file writes it.
import type { AlsoRow } from '../../lib/api/rules';

/** How many may ring along. */
export const MOST = 10;

export function textOf({ kind, id, after_s, at_once }: AlsoRow): string {
  return `${kind} ${id}${after_s ? ` after ${after_s} s` : ''}${at_once ? ' at once' : ''}`;
}

/** The row of a line; `undefined` where it says nothing that can ring. */
export function rowOf(line: string): AlsoRow | undefined {
  const found = /^(phone|number) +([+0-9 ()/.-]*[0-9])(?: +after +(\d{1,2}) *s?)?( +at once)?$/.exec(line.trim());
  if (!found) return undefined;
  const [, kind = '', id = '', after, atOnce] = found;
  return { kind, id, after_s: after ? Number(after) : null, at_once: atOnce !== undefined };
}
