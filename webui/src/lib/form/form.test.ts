import { expect, test } from 'vitest';
import { Problem } from '../api/problem';
import { Form } from './form.svelte';
import { strength } from './strength';

test('nothing is sent while a field is wrong, and a fault goes as it is mended', async () => {
  let name = '';
  let sent = 0;
  const form = new Form<'name'>({ name: () => (name === '' ? 'missing' : undefined) });
  form.mend('name');
  expect(form.errors).toEqual({});
  expect(await form.submit(async () => (sent += 1))).toBe(false);
  expect([sent, form.errors.name]).toEqual([0, 'missing']);
  name = 'Workshop';
  form.mend('name');
  expect(form.errors).toEqual({});
  expect(await form.submit(async () => (sent += 1))).toBe(true);
  expect([sent, form.isBusy]).toEqual([1, false]);
});

test('what the box says is shown at its fields', async () => {
  const form = new Form<'extension'>({});
  const refused = new Problem(422, { detail: 'look', errors: { extension: 'it is taken' } });
  expect(await form.submit(() => Promise.reject(refused))).toBe(false);
  expect(form.errors).toEqual({ extension: 'it is taken' });
  expect(form.problem?.message).toBe('look');
});

test.each([
  ['', 'short'],
  ['Kx9#mQ2', 'short'],
  ['aaaaaaaaaaaa', 'weak'],
  ['password123', 'weak'],
  ['workshop2026', 'weak'],
  ['abcabcabcabc', 'weak'],
  ['tulip-harbour', 'fair'],
  ['correct horse battery', 'strong'],
  ['Kx9#mQ2!vB7z', 'strong'],
  ['äöüßéñ日本語文字', 'fair'],
] as const)('the password %s is %s', (password, word) => {
  expect(strength(password, 10, ['Workshop', 'desk@office.example'])).toBe(word);
});
