import { beforeAll, expect, test } from 'vitest';
import type { PhoneRow } from '../../lib/api/box';
import { useLanguage } from '../../lib/i18n/i18n.svelte';
import { usePages, usePhones } from '../../lib/i18n/parts';
import { minutesLeft, REACH, sinceOf } from './reach';

const phone = (more: Partial<PhoneRow>) => ({ reach: 'registered', since: null, ...more }) as PhoneRow;

beforeAll(async () => {
  await useLanguage('en');
  await Promise.all([usePages(), usePhones()]);
});

test('since when a phone is as it is, or that nobody knows', () => {
  expect(sinceOf(phone({ since: new Date().toISOString() }))).toMatch(/^since Today/);
  expect(sinceOf(phone({}))).toBe('since before the box started');
  expect(sinceOf(phone({ reach: 'unseen' }))).toBe('not since the box started');
});

test('each state has a symbol, and only one of them is good', () => {
  expect(Object.values(REACH).filter((look) => look === 'ok')).toEqual(['ok']);
});

test('the minutes of a registration are counted to its end', () => {
  const at = Date.parse('2026-07-01T08:00:00Z');
  for (const [until, minutes] of [['2026-07-01T08:10:00Z', 10], ['2026-07-01T08:00:01Z', 1], ['2026-07-01T08:00:00Z', 0], ['2026-07-01T07:00:00Z', 0]] as const) {
    expect(minutesLeft(until, at)).toBe(minutes);
  }
});
