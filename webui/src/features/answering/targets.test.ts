import { expect, test } from 'vitest';
import { rowOf, textOf } from './also';
import { draftOf, targetOf } from './targets';

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
