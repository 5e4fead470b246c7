import { expect, test } from 'vitest';
import type { Colleague, Contact } from '../../lib/api/directory';
import { areTags, isFound, isNumber, numbersOf, tagsIn } from './numbers';

const bakery: Contact = { name: 'Bakery', company: 'Corner Bros', work: '0301234567', mobile: null, home: '+49170111', tags: ['Supplier'] };
const desk: Colleague = { name: 'Front Desk', extension: '101', department: 'Office', state: 'free' };

test('a contact has the numbers that are written', () => {
  expect(numbersOf(bakery)).toEqual([{ kind: 'work', number: '0301234567' }, { kind: 'home', number: '+49170111' }]);
});

test.each([
  ['+49 (0)30 123-456', true], ['030/12 34.56', true], ['101', true], ['12345678901234567890', true],
  ['123456789012345678901', false], ['1', false], ['+', false], ['0800 BAKERY', false], ['*98', false], ['', false],
] as const)('%s can be called: %s', (written, is) => expect(isNumber(written)).toBe(is));

test.each([
  ['bak', true], ['supplier', true], ['corner bak', true], ['030 123-45', true], ['170111', true], ['', true], ['desk', false], ['0309', false],
] as const)('the bakery is found by %s: %s', (search, is) => expect(isFound(bakery, search)).toBe(is));

test.each([['front', true], ['101', true], ['office', true], ['102', false]] as const)(
  'the desk is found by %s: %s',
  (search, is) => expect(isFound(desk, search)).toBe(is),
);

test('f76 tags are read from a text, each once, and so many', () => {
  expect(tagsIn(' Supplier,Customer; ,Supplier')).toEqual(['Customer', 'Supplier']);
  expect(areTags(['a', 'b', 'c', 'd', 'x'.repeat(24)])).toBe(true);
  expect(areTags(['x'.repeat(25)])).toBe(false);
  expect(areTags(['a', 'b', 'c', 'd', 'e', 'f'])).toBe(false);
});
