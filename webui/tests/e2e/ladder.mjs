// The messages of a call as the mock has them, and what the page makes of them.
import assert from 'node:assert/strict';
import { judge } from './browser.mjs';

const LINES = [
  ['1001a', true, 0, 'INVITE sip:1002@192.168.10.2 SIP/2.0'],
  ['1001a', false, 2, 'SIP/2.0 100 Trying'],
  ['carrier', false, 9, 'INVITE sip:+493012345@192.0.2.5 SIP/2.0'],
  ['carrier', false, 509, 'INVITE sip:+493012345@192.0.2.5 SIP/2.0', true],
  ['carrier', true, 530, 'SIP/2.0 486 Busy Here'],
  ['1001a', false, 533, 'SIP/2.0 486 Busy Here'],
  ['1001a', true, 540, 'ACK sip:1002@192.168.10.2 SIP/2.0'],
];

/** Of a call from a phone by a trunk, whose carrier did not hear the first request. */
export function ladder() {
  const messages = LINES.map(([party, is_incoming, after_ms, title, is_again = false]) => {
    const isTrunk = party === 'carrier';
    const text = `${title}\r\nVia: SIP/2.0/UDP 192.168.10.31:5060;branch=z9hG4bK1\r\nCSeq: 1 ${title.startsWith('ACK') ? 'ACK' : 'INVITE'}\r\nAuthorization: ***\r\n\r\n`;
    const ends = { peer: isTrunk ? '192.0.2.5:5060' : '192.168.10.31:5060', local: '192.168.10.2:5060', transport: 'UDP' };
    return { at: '2026-07-01T08:00:00Z', after_ms, is_incoming, is_again, phone: isTrunk ? null : party, trunk: isTrunk ? party : null, ...ends, title, text, bytes: text.length, is_cut: false };
  });
  return { messages, left_out: 4 };
}

export async function reads(page) {
  await page.getByText('Messages of the protocol').click();
  const list = page.getByRole('list', { name: 'Messages of the protocol' });
  await list.getByRole('button', { name: '+0.000 s, 1001a to the box: INVITE' }).waitFor();
  assert.equal(await list.getByRole('button').count(), LINES.length);
  assert.deepEqual(await page.locator('.head strong').allTextContents(), ['1001a', 'Box', 'carrier']);
  // By pointer.
  await list.getByRole('button', { name: '+0.509 s, the box to carrier: INVITE, once more' }).click();
  await page.getByText('INVITE sip:+493012345@192.0.2.5 SIP/2.0').waitFor();
  // By key, and closed again.
  const busy = list.getByRole('button', { name: '+0.530 s, carrier to the box: 486 Busy Here (INVITE)' });
  await busy.focus();
  await page.keyboard.press('Enter');
  await page.getByText('192.0.2.5:5060 → 192.168.10.2:5060').waitFor();
  assert.equal(await page.getByText('INVITE sip:+493012345@192.0.2.5 SIP/2.0').count(), 0);
  await page.getByText('4 more messages were not kept.').waitFor();
  assert.deepEqual(await judge(page), []);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy: Messages of the protocol' }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.ok(copied.startsWith('+0.000 s, 1001a to the box: INVITE\n'), copied);
  assert.match(copied, /4 more messages were not kept\.\n\n----\n\n2026-07-01T08:00:00Z UDP 192\.168\.10\.31:5060 -> 192\.168\.10\.2:5060\n\nINVITE sip:1002/);
  await busy.press('Enter');
  assert.equal(await page.locator('pre').count(), 0);
}
