import { afterEach, expect, test } from 'vitest';
import { useLanguage } from '../i18n/i18n.svelte';
import { ago, clock, day, instantOf, moment, size, timer } from './format';
import { useTimeZone } from './zone.svelte';

const now = new Date('2026-03-29T10:00:00Z');
afterEach(() => useTimeZone(undefined));

test.each([
  [0, '0:00'],
  [-5000, '0:00'],
  [59_999, '0:59'],
  [60_000, '1:00'],
  [3_599_000, '59:59'],
  [3_600_000, '1:00:00'],
  [90_061_000, '25:01:01'],
])('a timer of %i ms is %s', (ms, text) => {
  expect(timer(ms)).toBe(text);
});

test('a time is that of the office, over the change of the clocks', async () => {
  await useLanguage('de');
  useTimeZone('Europe/Berlin');
  expect(clock('2026-03-29T00:59:00Z')).toBe('01:59');
  expect(clock('2026-03-29T01:00:00Z')).toBe('03:00');
  useTimeZone('America/New_York');
  expect(clock('2026-03-29T01:00:00Z', true)).toBe('21:00:00');
});

test('an unknown zone is no fault', () => {
  useTimeZone('Nowhere/Town');
  expect(clock('2026-03-29T01:00:00Z')).not.toBe('');
});

test('a day is said as people say it, in the office’s zone', () => {
  useTimeZone('Europe/Berlin');
  expect(day('2026-03-28T23:30:00Z', now)).toBe('Today');
  expect(day('2026-03-28T22:30:00Z', now)).toBe('Yesterday');
  useTimeZone('UTC');
  expect(day('2026-03-28T23:30:00Z', now)).toBe('Yesterday');
  expect(day('2026-01-05T12:00:00Z', now)).toBe('Jan 5');
  expect(day('2025-12-31T12:00:00Z', now)).toBe('Dec 31, 2025');
  expect(moment('2026-03-29T08:05:00Z', now)).toMatch(/^Today 08:05/);
});

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1_500, '1.5 kB'],
  [21_400_000_000, '21 GB'],
  [3.2e15, '3,200 TB'],
])('%i bytes are %s', (bytes, text) => {
  expect(size(bytes)).toBe(text);
});

test('how long ago is whole units, and never in the future', () => {
  expect(ago('2026-03-29T09:57:01Z', now)).toBe('2 minutes ago');
  expect(ago('2026-03-28T09:00:00Z', now)).toBe('yesterday');
  expect(ago('2026-03-29T10:05:00Z', now)).toBe('now');
});

test('a moment is meant on the clock of the office, in summer and in winter', () => {
  useTimeZone('Europe/Berlin');
  expect(instantOf('2026-08-11T10:00')).toBe('2026-08-11T08:00:00.000Z');
  expect(instantOf('2026-12-11T10:00')).toBe('2026-12-11T09:00:00.000Z');
  expect(instantOf('2026-03-29T02:30')).toBe('2026-03-29T01:30:00.000Z');
  expect(instantOf('2026-10-25T03:00')).toBe('2026-10-25T02:00:00.000Z');
  useTimeZone('Australia/Lord_Howe');
  expect(instantOf('2026-12-11T10:00')).toBe('2026-12-10T23:00:00.000Z');
  expect([instantOf(''), instantOf('soon')]).toEqual([undefined, undefined]);
});
