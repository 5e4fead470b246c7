import { beforeAll, describe, expect, it } from 'vitest';
import type { LiveCall, LiveParty } from '../../lib/api/box';
import { useLanguage } from '../../lib/i18n/i18n.svelte';
import { usePages } from '../../lib/i18n/parts';
import { codecs, reasons } from './sound';

const party = (extra: Partial<LiveParty>): LiveParty => ({
  number: '1001',
  name: 'Front Desk',
  codec: 'PCMA',
  sound: 'good',
  lost_percent: 0,
  jitter_ms: 1,
  ...extra,
});
const call = (...parties: LiveParty[]) => ({ parties }) as LiveCall;

beforeAll(async () => {
  await useLanguage('en');
  await usePages();
});

describe('how a call sounds', () => {
  it('names each codec once', () => {
    expect(codecs(call(party({}), party({})))).toBe('G.711 A');
    expect(codecs(call(party({}), party({ codec: 'PCMU' })))).toBe('G.711 A ↔ G.711 µ');
    expect(codecs(call(party({ codec: null })))).toBe('');
  });

  it('says why, party by party, in figures', () => {
    const [desk, outside] = reasons(
      call(
        party({ sound: 'fair', lost_percent: 4.8, jitter_ms: 12, remote_lost_percent: 0.1, remote_jitter_ms: 3, round_trip_ms: 9 }),
        party({ name: '', number: '+493012345', sound: 'none' }),
      ),
    );
    const facts = ['from the phone: 4.8% lost, jitter 12 ms', 'to the phone: 0.1% lost, jitter 3 ms', 'there and back in 9 ms'];
    expect(desk).toEqual({ who: 'Front Desk 1001', facts });
    expect(outside).toEqual({ who: '+493012345', facts: ['nothing has come from the phone yet'] });
  });

  it('says since when a party is silent', () => {
    const [desk] = reasons(call(party({ sound: 'poor', silent_since: '2026-07-01T08:00:05Z' })));
    expect(desk?.facts.at(-1)).toMatch(/^silent since \d\d:00:05/);
  });
});
