import { expect, test } from 'vitest';
import { useHistory, useLanguage, usePages } from '../../lib/i18n/i18n.svelte';
import { fieldOf, rowOf, valuesOf, type Change } from './change';

const change = (table: string, field: string, before: string | null, after: string | null, more: Partial<Change> = {}): Change =>
  ({ table, row: 'Workshop', of: null, field, before, after, is_secret: false, ...more }) as Change;

const said = (one: Change) => {
  const { before, after } = valuesOf(one);
  return [rowOf(one), fieldOf(one), before, after];
};

test('a change is said in the words of the page', async () => {
  await Promise.all([usePages(), useHistory()]);
  await useLanguage('de');
  expect(said(change('person', 'ring_s', null, '40'))).toEqual(['Workshop', 'Klingelzeit in Sekunden', undefined, '40']);
  expect(said(change('person', 'voicemail', 'false', 'true'))).toEqual(['Workshop', 'Voicemail', 'Nein', 'Ja']);
  expect(said(change('person', 'role', null, 'admin'))).toEqual(['Workshop', 'Rolle', undefined, 'Verwaltung']);
  expect(said(change('person', 'language', 'en', 'de'))).toEqual(['Workshop', 'Sprache der Seite', 'English', 'Deutsch']);
  expect(said(change('phone', '', null, '102a', { row: '102a', of: 'Workshop' }))).toEqual([
    'Telefon 102a von Workshop', undefined, undefined, 'hinzugefügt',
  ]);
  expect(said(change('trunk', '', 'carrier', null, { row: 'carrier' }))).toEqual(['Amtsleitung carrier', undefined, 'gelöscht', undefined]);
  await useLanguage('en');
  expect(said(change('office', 'name', 'A', 'B', { row: '' }))).toEqual(['Office', 'Name of the office', 'A', 'B']);
});

test('of a secret only what became of it is said', async () => {
  await Promise.all([usePages(), useHistory()]);
  await useLanguage('en');
  const secret = (before: string | null, after: string | null) => said(change('person', 'pin_hash', before, after, { is_secret: true })).slice(2);
  expect(secret('', '')).toEqual([undefined, 'changed']);
  expect(secret(null, '')).toEqual([undefined, 'set']);
  expect(secret('', null)).toEqual([undefined, 'removed']);
});

test('a field of a newer box is told by its name', async () => {
  await Promise.all([usePages(), useHistory()]);
  expect(fieldOf(change('person', 'new_field', null, 'x'))).toBe('new_field');
});
