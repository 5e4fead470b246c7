import { expect, test } from 'vitest';
import type { LadderMessage } from '../api/ladder';
import { useLadder } from '../i18n/parts';
import { afterOf, lanesOf, sentenceOf, textOf, titleOf } from './ladder';

const message = (title: string, more: Partial<LadderMessage> = {}): LadderMessage => ({
  at: '2026-07-01T08:00:00Z', after_ms: 12, is_incoming: true, is_again: false, phone: '1001a', trunk: null, transport: 'UDP',
  peer: '192.0.2.1:5060', local: '192.0.2.9:5060', title, text: `${title}\r\nCSeq: 7 INVITE\r\n\r\n`, bytes: 40, is_cut: false, ...more,
});

test('whoever was first stands left of the box, and trunks on the outside', () => {
  expect(lanesOf([])).toEqual(['']);
  const parties = [{ phone: null, trunk: 'carrier' }, { phone: '1002a' }, { phone: '1003a' }].map((more) => message('INVITE', more));
  expect(lanesOf(parties)).toEqual(['1002a', '', '1003a', 'carrier']);
  expect(lanesOf([message('INVITE'), ...parties])).toEqual(['1001a', '', '1002a', '1003a', 'carrier']);
  expect(lanesOf([parties[0]!])).toEqual(['carrier', '']);
});

test('a message is called by what is asked, an answer also by what it answers', async () => {
  await useLadder();
  expect(titleOf(message('INVITE sip:1002@192.0.2.9 SIP/2.0'))).toBe('INVITE');
  expect(titleOf(message('SIP/2.0 180 Ringing'))).toBe('180 Ringing (INVITE)');
  expect(titleOf(message('SIP/2.0 200 OK', { text: 'SIP/2.0 200 OK' }))).toBe('200 OK');
  expect(afterOf(message('', { after_ms: 1234 }))).toBe('+1.234 s');
  expect(sentenceOf(message('INVITE sip:x SIP/2.0'))).toBe('+0.012 s, 1001a to the box: INVITE');
  expect(sentenceOf(message('BYE sip:x SIP/2.0', { is_incoming: false, is_again: true }))).toBe('+0.012 s, the box to 1001a: BYE, once more');
});

test('as text it is an overview and every message whole', async () => {
  await useLadder();
  const text = textOf({ messages: [message('INVITE sip:x SIP/2.0')], left_out: 3 });
  expect(text).toContain('+0.012 s, 1001a to the box: INVITE\n3 more messages were not kept.');
  expect(text).toContain('UDP 192.0.2.1:5060 -> 192.0.2.9:5060\n\nINVITE sip:x SIP/2.0\r\nCSeq: 7 INVITE');
});
