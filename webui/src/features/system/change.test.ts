import { expect, test } from 'vitest';
import { useLanguage } from '../../lib/i18n/i18n.svelte';
import { useHistory, usePages } from '../../lib/i18n/parts';
import { fullMoment } from '../../lib/format/format';
import { useTimeZone } from '../../lib/format/zone.svelte';
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
  expect(said(change('person', 'role', null, 'admin'))).toEqual(['Workshop', 'Rechte', undefined, 'Verwaltung']);
  expect(said(change('person', 'roles', 'billing', 'billing, technical'))).toEqual(['Workshop', 'Rollen', 'Abrechnung', 'Abrechnung, Technik']);
  expect(said(change('group', 'members', 'person Desk', 'person Hall, Great, extension 102, group Top', { row: 'Sales' }))).toEqual([
    'Gruppe Sales', 'Mitglieder', 'Desk', 'Hall, Great, Nebenstelle 102, Gruppe Top',
  ]);
  expect(said(change('profile', 'rights', 'calls: see', 'calls: see, times: change', { row: 'Desk' }))).toEqual([
    'Profil Desk', 'Rechte', 'Anrufe aller: Sehen', 'Anrufe aller: Sehen, Zeitgruppen des Büros: Sehen und ändern',
  ]);
  expect(said(change('person', 'language', 'en', 'de'))).toEqual(['Workshop', 'Sprache der Seite', 'English', 'Deutsch']);
  expect(said(change('phone', '', null, '102a', { row: '102a', of: 'Workshop' }))).toEqual([
    'Telefon 102a von Workshop', undefined, undefined, 'hinzugefügt',
  ]);
  expect(said(change('trunk', '', 'carrier', null, { row: 'carrier' }))).toEqual(['Amtsleitung carrier', undefined, 'gelöscht', undefined]);
  await useLanguage('en');
  expect(said(change('office', 'country', 'DE', 'AT', { row: '' }))).toEqual(['Office', 'Country', 'Germany', 'Austria']);
  expect(said(change('office', 'name', 'A', 'B', { row: '' }))).toEqual(['Office', 'Name of the office', 'A', 'B']);
});

test('rules, diversions, callers and time groups are said in words', async () => {
  await Promise.all([usePages(), useHistory()]);
  await useLanguage('en');
  useTimeZone('Europe/Berlin');
  const of = (table: string, row: string, field: string, before: string | null, after: string | null) =>
    said(change(table, field, before, after, { row, of: 'Workshop' }));
  expect(of('rule', 'Open', 'unanswered', 'voicemail 102', 'number 0123')).toEqual([
    'Rule Open of Workshop', 'When nobody answers', 'to the mailbox of 102', 'to the number 0123',
  ]);
  expect(of('rule', '', 'dnd', null, 'true')).toEqual(['Default rule of Workshop', 'Do not disturb', undefined, 'Yes']);
  expect(of('rules', '', 'order', 'Day, Night', 'Night, Day').slice(0, 2)).toEqual(['Rules of Workshop', 'Order']);
  expect(of('diversion', 'busy', 'to', null, 'phone 103')).toEqual([
    'Diversion of Workshop: when busy', 'Leads to', undefined, 'to the phones of 103',
  ]);
  expect(of('diversion', 'dnd', 'forced', null, 'closed')[3]).toBe('off for good');
  expect(of('caller', '+4930*', 'until', null, '2026-12-24T13:00:00Z')).toEqual([
    'Caller +4930*, for Workshop', 'Until', undefined, fullMoment('2026-12-24T13:00:00Z'),
  ]);
  expect(said(change('night_mode', 'holds', 'Open: closed until 2026-07-01T16:00:00Z, A, B: open', 'Open: closed', { row: 'Night' }))).toEqual([
    'Night mode Night', 'Holds', `Open: closed until ${fullMoment('2026-07-01T16:00:00Z')}, A, B: open for good`, 'Open: closed for good',
  ]);
  // A part of a moment is none.
  expect(said(change('night_mode', 'holds', null, 'Open: closed until 20', { row: 'Night' }))[3]).toBe('Open: closed until 20');
  const long = ['A', 'B', 'C', 'D'].map((name) => `${name}: closed until 2026-07-01T16:00:00Z`).join(', ');
  expect(said(change('night_mode', 'holds', null, `${long}, …`, { row: 'Night' }))[3]).toBe(
    `${['A', 'B', 'C', 'D'].map((name) => `${name}: closed until ${fullMoment('2026-07-01T16:00:00Z')}`).join(', ')}, …`,
  );
  expect(said(change('night_mode', 'groups', null, 'Open: closed, A: open', { row: 'Night' }))[3]).toBe('Open: closed, A: open');
  expect(of('time_group', 'Open', 'forced', 'open until 2026-07-01T16:00:00Z', 'closed')).toEqual([
    'Time group Open of Workshop', 'By hand', `open until ${fullMoment('2026-07-01T16:00:00Z')}`, 'closed for good',
  ]);
  expect(rowOf(change('time_group', 'times', 'Mon', 'Tue', { row: 'Open' }))).toBe('Time group Open');
  expect(of('person', 'Workshop', 'blocked_hear', null, 'busy')[3]).toBe('hear the busy tone');
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
