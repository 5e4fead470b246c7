import { beforeAll, expect, test } from 'vitest';
import { useLanguage } from '../i18n/i18n.svelte';
import { usePages } from '../i18n/parts';
import { outlastsCarriers, ringHelp, rings } from './ringing';

beforeAll(async () => {
  await useLanguage('en');
  await usePages();
});

test('a ring time is told in rings', () => {
  expect([5, 25, 30, 120].map(rings)).toEqual([1, 5, 5, 22]);
});

test('what carriers do not wait for is warned of', () => {
  expect([5, 30, 31, 120, 0].map(outlastsCarriers)).toEqual([false, false, true, true, true]);
  expect(ringHelp('25', 'Usual.')).toBe('About 5 rings. Usual.');
  expect(ringHelp('45', 'Usual.')).toContain('carriers');
  for (const none of ['', '3', 'x']) expect(ringHelp(none, 'Usual.')).toBe('Usual.');
});
