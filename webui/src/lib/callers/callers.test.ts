import { expect, test } from 'vitest';
import { draftOf, EMPTY, isPattern, plain, rowOf } from './callers';

test('a number is taken however it is written', () => {
  expect(plain('+49 (40) 555-01.00')).toBe('+49405550100');
  for (const good of ['+4940*', '040 555', '11X', '0900*']) expect(isPattern(good), good).toBe(true);
  for (const bad of ['', '+', '*', 'nobody', '49+40', '+49*0', '+4940555010012345678']) expect(isPattern(bad), bad).toBe(false);
});

test('what is typed is what the box has', () => {
  const row = { number: '+4940*', allow: false, until: '2027-01-01T12:30:00.000Z', note: 'sells windows' };
  expect(rowOf(draftOf(row))).toEqual(row);
  expect(rowOf({ ...EMPTY, number: '+49 40', means: 'allowed', note: ' ' })).toEqual({ number: '+4940', allow: true, until: null, note: null });
});
