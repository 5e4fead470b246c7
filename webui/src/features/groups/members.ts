// Who is in a group, in the words of the page.
import type { GroupRow } from '../../lib/api/groups';
import { t } from '../../lib/i18n/i18n.svelte';

export type Member = GroupRow['members'][number];

/** As a list names them. */
export function memberName({ kind, id, name }: Member): string {
  if (kind === 'person') return name;
  return kind === 'group' ? t('groups.member.group', { name }) : t('groups.member.extension', { id, name });
}
