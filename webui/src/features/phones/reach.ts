// Whether a phone can be reached: its symbol, its word, and since when.
import type { PhoneRow } from '../../lib/api/box';
import { moment } from '../../lib/format/format';
import { t } from '../../lib/i18n/i18n.svelte';
import type { Look } from '../../lib/ui/Status.svelte';

export const REACH: Record<PhoneRow['reach'], Look> = { registered: 'ok', unreachable: 'warn', gone: 'offline', unseen: 'offline' };

/** Since when it is so, as far as the box knows: it remembers no turn of before its own start. */
export function sinceOf(phone: PhoneRow): string {
  if (phone.since) return t('phones.since', { at: moment(phone.since) });
  return t(phone.reach === 'unseen' ? 'phones.since.never' : 'phones.since.before');
}

/** How long a registration still holds, in whole minutes rounded up; 0 where it is over. */
export function minutesLeft(expires_at: string, now: number): number {
  return Math.max(0, Math.ceil((Date.parse(expires_at) - now) / 60_000));
}
