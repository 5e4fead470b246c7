// How a call sounds, in words: what a dot of the list means, and why it has its colour.
import type { LiveCall, LiveParty } from '../../lib/api/box';
import { clock, fineShare } from '../../lib/format/format';
import { t } from '../../lib/i18n/i18n.svelte';
import type { Look } from '../../lib/ui/Status.svelte';

export const LOOKS: Record<LiveParty['sound'], Look> = { good: 'ok', fair: 'warn', none: 'idle', poor: 'bad' };

/** Names that people may have read on a phone's display. */
const CODECS: Record<string, string> = { PCMA: 'G.711 A', PCMU: 'G.711 µ' };

/** The codecs of a call, once where all its parties have the same. */
export function codecs(call: LiveCall): string {
  const names = call.parties.flatMap(({ codec }) => (codec ? [CODECS[codec] ?? codec] : []));
  return [...new Set(names)].join(' ↔ ');
}

/** Why it sounds so, party by party. */
export function reasons(call: LiveCall): Reason[] {
  return call.parties.map(reason);
}

export interface Reason {
  who: string;
  facts: string[];
}

function reason(party: LiveParty): Reason {
  const facts: string[] = [];
  if (party.sound === 'none') facts.push(t('sound.nothing'));
  else facts.push(t('sound.from', { lost: fineShare(party.lost_percent), jitter: party.jitter_ms }));
  if (party.silent_since) facts.push(t('sound.silent', { at: clock(party.silent_since, true) }));
  if (typeof party.remote_lost_percent === 'number') {
    facts.push(t('sound.to', { lost: fineShare(party.remote_lost_percent), jitter: party.remote_jitter_ms ?? 0 }));
  }
  if (typeof party.round_trip_ms === 'number') facts.push(t('sound.trip', { trip: party.round_trip_ms }));
  return { who: party.name ? `${party.name} ${party.number}` : party.number, facts };
}
