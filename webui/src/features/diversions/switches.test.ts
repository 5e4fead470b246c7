import { expect, test } from 'vitest';
import { useLanguage } from '../../lib/i18n/i18n.svelte';
import { useDiversions, usePages } from '../../lib/i18n/parts';
import { isBetween, lineOf, lineOfSecretary, rowFor, secretaryOfLine, stands, statesFor, stateOf, switched, targetOfLine, tell, withRow, withState } from './switches';

const seen = { rules: [], otherwise: {}, callers: [], diversions: [{ kind: 'busy', enabled: true, when: 'Open', forced: 'closed', to: { kind: 'person', id: '102' } }] };

const followed = [{ name: 'Open', is_open: true, changes_at: '2026-03-02T18:00:00Z' }];
const at = Date.parse('2026-03-02T10:00:00Z');

test('a switch is off where there is no row, and keeps what it does when it is switched', () => {
  expect(stateOf(rowFor(seen, 'follow_me'))).toBe('off');
  const off = { kind: 'busy', enabled: false, when: null, forced: null, to: { kind: 'person', id: '102' } };
  expect(withState(rowFor(seen, 'busy'), 'off', [])).toEqual(off);
  expect(withState(off, 'when:Fair', followed).when).toBe('Fair');
  expect(withState(off, 'on', followed)).toEqual({ ...off, enabled: true });
  expect(withRow(seen, off)).toEqual([off]);
  expect(withRow(seen, rowFor(seen, 'dnd')).length).toBe(2);
});

test('f49: what is said against a time group holds until that changes next, or as long as is said', () => {
  const row = { kind: 'dnd', enabled: true, when: 'Open', forced: null };
  expect(stateOf(row, at)).toBe('when:Open');
  const off = withState(row, 'off', followed);
  expect(off).toEqual({ ...row, forced: 'closed until 2026-03-02T18:00:00Z' });
  expect([stateOf(off, at), stateOf(off, Date.parse('2026-03-02T18:00:00Z'))]).toEqual(['off', 'when:Open']);
  expect(withState(off, 'on', followed, undefined, at)).toEqual(row);
  expect(withState(off, 'when:Open', followed)).toEqual(row);
  expect(withState(row, 'on', followed)).toEqual({ ...row, when: null });
  expect(withState(row, 'off', [{ ...followed[0]!, is_open: false }])).toEqual({ ...row, enabled: false, when: null });
  expect(withState(row, 'off', [{ ...followed[0]!, changes_at: null }]).forced).toBe('closed');
  expect(withState(row, 'on', followed, { for_good: false, until: '2026-03-02T20:00:00Z' }).forced).toBe('open until 2026-03-02T20:00:00Z');
  expect(withState(row, 'off', followed, { for_good: true, until: null })).toEqual({ ...row, enabled: false, when: null });
});

test('a form leaves the switch alone that was not touched, and nobody on the list is off for good', () => {
  const row = { kind: 'follow_me', enabled: true, when: 'Open', forced: 'closed' };
  expect(switched(row, ['off', 'off'], followed)).toBe(row);
  expect(switched(row, ['off', 'when:Open'], followed)).toEqual({ ...row, forced: null });
  expect(switched(row, ['off', 'off'], followed, true)).toEqual({ ...row, enabled: false, when: null, forced: null });
});

test('what it does is told, in both languages', async () => {
  await Promise.all([usePages(), useDiversions()]);
  const list = [{ kind: 'phone', id: '103' }, { kind: 'number', id: '0170 1' }];
  expect(tell({ kind: 'follow_me', initial_s: 10, ring_s: 20, list })).toBe('the own phones ring for 10 s, then 103, 0170 1 for 20 s');
  expect(tell({ kind: 'follow_me', initial_s: 0, ring_s: 15, in_turn: true, list })).toBe('103, 0170 1, one after the other, each for 15 s');
  expect(tell({ kind: 'follow_me' })).toBe('nobody is on the list yet');
  const secretaries = [{ extension: '103' }, { extension: '104', on: false }];
  expect(tell({ kind: 'secretary' })).toBe('nobody answers in your place yet');
  expect(tell({ kind: 'secretary', secretaries, ring_s: 15 })).toBe('103, 104 (off) ring one after the other, each for 15 s');
  expect(tell({ kind: 'secretary', secretaries, strategy: 'everyone', callers: 'internal' })).toBe('calls of colleagues: the own phones and 103, 104 (off) ring together for 20 s');
  expect(tell({ kind: 'assistant' })).toBe('no key leads anywhere yet');
  expect(tell({ kind: 'assistant', keys: [{ key: 1, to: list[0]! }, { key: 0, to: list[1]! }] })).toBe('1: to the phones of 103, 0: to the number 0170 1');
  expect(tell({ kind: 'always' })).toBe('to the own mailbox');
  expect(tell(rowFor(seen, 'busy'))).toBe('to 102');
  expect(statesFor(['Open']).map(({ label }) => label)).toEqual(['Off', 'On', 'While Open is open']);
  await useLanguage('de');
  expect(tell({ kind: 'always' })).toBe('in die eigene Mailbox');
  await useLanguage('en');
});

test('f49: how it stands by its time group is told, and what was said by hand until it is over', async () => {
  await Promise.all([usePages(), useDiversions()]);
  const row = { kind: 'dnd', when: 'Open' };
  expect(stands({ kind: 'dnd' }, followed, at)).toBeUndefined();
  expect(stands(row, followed, at)).toMatch(/^On until .*, by Open\.$/);
  expect(stands(row, [{ ...followed[0]!, changes_at: null }], at)).toBe('On, by Open.');
  expect(stands({ ...row, forced: 'closed until 2026-03-02T09:00:00Z' }, followed, at)).toMatch(/^On until .*, by Open\.$/);
  expect(stands({ ...row, forced: 'closed' }, followed, at)).toBe('By hand: Off, until somebody changes it.');
  expect(stands({ ...row, forced: 'closed until 2026-03-02T11:00:00Z' }, followed, at)).toMatch(/^Off until .*, then by Open\.$/);
});

test('a line of the list reads back as it was written', () => {
  for (const line of ['phone 103', 'number +49 170 5550100']) expect(lineOf(targetOfLine(line)!)).toBe(line);
  for (const line of ['103', '104 off']) expect(lineOfSecretary(secretaryOfLine(line)!)).toBe(line);
  for (const line of ['phone 103', '103 on', '+49']) expect(secretaryOfLine(line)).toBeUndefined();
  for (const line of ['103', 'person 103', 'number', 'number 0170 after 5 s']) expect(targetOfLine(line)).toBeUndefined();
  expect([isBetween('0', 0, 60), isBetween('61', 0, 60), isBetween('4', 5, 60), isBetween('x', 0, 60)]).toEqual([true, false, false, false]);
});
