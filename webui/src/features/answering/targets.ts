// Where a rule sends calls, as the form has it and as it is told.
import type { RuleRow, TargetRow } from '../../lib/api/rules';
import { t } from '../../lib/i18n/i18n.svelte';

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

/** What a rule does, in a few phrases. */
export function tell(rule: RuleRow): string {
  const rings = rule.ring_s ? t('rules.says.ring', { n: rule.ring_s }) : t(rule.ring_s === 0 ? 'rules.says.on' : 'rules.says.rings');
  const sends = WAYS.flatMap((way) => {
    const to = rule[way];
    const kind = KINDS.find((known) => known === to?.kind);
    return to && kind ? [t('rules.says.to', { when: t(`rules.${way}`), to: t(`rules.is.${kind}`, { id: to.id }) })] : [];
  });
  const along = (rule.also ?? []).map(({ id, after_s }) => (after_s ? t('rules.says.also.after', { who: id, n: after_s }) : id)).join(', ');
  const own = [
    rule.away ? t('rules.says.away') : rings,
    ...(along === '' ? [] : [t('rules.says.also', { who: along })]),
    ...(rule.screen ? [t('rules.says.screen')] : []),
  ];
  // Where every call goes elsewhere, nothing rings here.
  const here = rule.dnd ? [t('rules.says.dnd')] : rule.always ? [] : own;
  return [...here, ...sends].join(' · ');
}
