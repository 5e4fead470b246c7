// Where a rule sends calls, as the form has it.
import type { TargetRow } from '../../lib/api/rules';

export const KINDS = ['person', 'phone', 'voicemail', 'number'] as const;
export const WAYS = ['always', 'on_active', 'busy', 'unanswered', 'offline'] as const;
export type Way = (typeof WAYS)[number];

export interface Draft {
  kind: string;
  id: string;
}

export function draftOf(target: TargetRow | null | undefined): Draft {
  return { kind: target?.kind ?? '', id: target?.id ?? '' };
}

export function targetOf(draft: Draft): TargetRow | null {
  return draft.kind === '' ? null : { kind: draft.kind, id: draft.id.trim() };
}
