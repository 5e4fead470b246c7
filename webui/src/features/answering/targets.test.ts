import { expect, test } from 'vitest';
import { useLanguage } from '../../lib/i18n/i18n.svelte';
import { usePages, useRules } from '../../lib/i18n/parts';
import { rowOf, textOf } from './also';
import { draftOf, targetOf, tell } from './targets';

test('a rule is told in a few phrases, in both languages', async () => {
  await Promise.all([usePages(), useRules()]);
  const rule = { ring_s: 40, busy: { kind: 'voicemail', id: '102' } };
  expect(tell(rule)).toBe('rings for 40 s · When busy: to the mailbox of 102');
  expect(tell({ ring_s: 0 })).toContain('rings until the caller gives up');
  expect(tell({ dnd: true, ring_s: 40 })).toBe('does not ring');
  expect(tell({ always: { kind: 'person', id: '103' } })).toBe('Every call: to 103');
  const along = { ring_s: 20, screen: true, also: [{ kind: 'phone', id: '103' }, { kind: 'number', id: '0170 1', after_s: 10 }] };
  expect(tell(along)).toBe('rings for 20 s · with 103, 0170 1 after 10 s · asks who is there first');
  await useLanguage('de');
  expect(tell(rule)).toBe('klingelt 40 s · Wenn besetzt ist: in die Mailbox von 102');
  await useLanguage('en');
});

test('a target that was not chosen is none', () => {
  expect(targetOf(draftOf(null))).toBeNull();
  expect(targetOf({ kind: 'person', id: ' 102 ' })).toEqual({ kind: 'person', id: '102' });
});

test('what rings along is a line that reads back as it was written', () => {
  for (const line of ['phone 103', 'number +49 170 5550100 after 10 s', 'number 0170/5550100 at once', 'phone 103 after 5 s at once']) {
    expect(textOf(rowOf(line)!)).toBe(line);
  }
  for (const line of ['103', 'person 103', 'number', 'number 0170 after soon', 'phone 103 after 100 s']) expect(rowOf(line)).toBeUndefined();
});
