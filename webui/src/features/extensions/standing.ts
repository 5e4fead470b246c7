// How the diversions of an extension stand, as the grid tells them.
import type { DiversionState, ExtensionRow } from '../../lib/api/extensions';
import { t } from '../../lib/i18n/i18n.svelte';
import { tellTarget } from '../diversions/switches';

/** Those that send calls elsewhere, in the order in which they decide. */
export const FORWARDS = ['always', 'busy', 'unanswered', 'offline'] as const;
export type Forward = (typeof FORWARDS)[number];

/** Those that are on or off and no more. */
export type Switched = 'dnd' | 'follow_me' | 'secretary' | 'assistant';

export function known(row: ExtensionRow, kind: string): DiversionState | undefined {
  return row.diversions.find((one) => one.kind === kind);
}

export function isOn(row: ExtensionRow, kind: string): boolean {
  return known(row, kind)?.on ?? false;
}

/** What needs nobody on a list; whether an assistant has its message, the box says. */
const WITHOUT_LIST: readonly Switched[] = ['dnd', 'assistant'];

/** Whether it can be switched on: nobody is looked for, or answers, where nobody is on the list. */
export function canSwitch(row: ExtensionRow, kind: Switched): boolean {
  return row.may_change && (WITHOUT_LIST.includes(kind) || isOn(row, kind) || (known(row, kind)?.list.length ?? 0) > 0);
}

/** The forwards that are on, each with where it leads. */
export function forwards(row: ExtensionRow): { kind: Forward; text: string }[] {
  const on = FORWARDS.filter((kind) => isOn(row, kind));
  return on.map((kind) => ({ kind, text: t('extensions.forward', { when: t(`extensions.${kind}`), to: tellTarget(known(row, kind)?.to) }) }));
}

export function whose(row: ExtensionRow): string {
  return `${row.name} ${row.extension}`;
}
