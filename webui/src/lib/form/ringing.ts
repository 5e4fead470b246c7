import { t } from '../i18n/i18n.svelte';
import { isRingTime } from './within';

/** A ring and the pause after it, in seconds: 5 in North America, 5 to 6 elsewhere. */
const RING_S = 5.5;

/** After so many seconds many carriers give up a call that nobody has answered. */
const CARRIER_S = 30;

/** About how many rings fit into so many seconds. */
export function rings(seconds: number): number {
  return Math.max(1, Math.round(seconds / RING_S));
}

/** Whether a carrier may end the call before the ring time is over; 0 rings until the caller gives up. */
export function outlastsCarriers(seconds: number): boolean {
  return seconds === 0 || seconds > CARRIER_S;
}

/** What a field with a ring time says below: what is usual, how many rings it is, and what is to be feared (F29). */
export function ringHelp(text: string, usual: string): string {
  if (text.trim() === '' || !isRingTime(text)) return usual;
  const seconds = Number(text);
  const count = seconds === 0 ? [] : [t('ring.count', { n: rings(seconds) })];
  const carriers = outlastsCarriers(seconds) ? [t('ring.long')] : [];
  return [...count, ...carriers, usual].join(' ');
}
