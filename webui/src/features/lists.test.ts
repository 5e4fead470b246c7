import { expect, test, vi } from 'vitest';
import type { Call, Message, Messages, Person } from '../lib/api/box';
import { CallList } from './calls/list.svelte';
import { isWithin } from '../lib/form/within';
import { Draft } from './people/draft.svelte';
import { guessCountry } from './setup/places';
import { MessageList } from './voicemail/list.svelte';

const calls = (...ids: number[]) => ids.map((id) => ({ id }) as Call);
const ids = (rows: readonly { id: number }[] | undefined) => rows?.map(({ id }) => id);

test('older calls are added, and stay when the newest are read again', async () => {
  const load = vi.fn();
  const list = new CallList(load);
  load.mockResolvedValueOnce({ calls: calls(9, 8, 7), next: 7 });
  await list.search({ q: '' });
  load.mockResolvedValueOnce({ calls: calls(6, 5) });
  await list.more();
  expect(load).toHaveBeenLastCalledWith({ q: '', before: 7 });
  expect([ids(list.calls), list.hasMore]).toEqual([[9, 8, 7, 6, 5], false]);
  load.mockResolvedValueOnce({ calls: calls(10, 9, 8), next: 8 });
  await list.refresh();
  expect([ids(list.calls), list.hasMore]).toEqual([[10, 9, 8, 7, 6, 5], false]);
});

test('older calls of an account are of that account too', async () => {
  const load = vi.fn().mockResolvedValueOnce({ calls: calls(9, 8), next: 8 }).mockResolvedValueOnce({ calls: calls(7) });
  const list = new CallList(load);
  await list.search({ q: '', account: '4711' });
  await list.more();
  expect(load).toHaveBeenLastCalledWith({ q: '', account: '4711', before: 8 });
});

test('the answer to a search that was changed meanwhile is dropped', async () => {
  const answers: ((page: { calls: Call[] }) => void)[] = [];
  const list = new CallList(() => new Promise((resolve) => answers.push(resolve)));
  const searches = [list.search({ q: 'a' }), list.search({ q: 'ab' })];
  answers[1]!({ calls: calls(2) });
  answers[0]!({ calls: calls(1) });
  await Promise.all(searches);
  expect(ids(list.calls)).toEqual([2]);
});

test('a message that is moved is out of sight at once, and another folder begins empty', async () => {
  const page = (...rows: number[]): Messages => ({
    mailbox: '1001', new: 2, saved: 0, trash: 0, messages: rows.map((id) => ({ id }) as Message),
  });
  const load = vi.fn().mockResolvedValueOnce(page(4, 3));
  const list = new MessageList(load);
  await list.show('new');
  list.hide(4);
  expect(ids(list.messages)).toEqual([3]);
  load.mockRejectedValueOnce(new TypeError('offline'));
  await list.show('trash');
  expect(list.messages).toBeUndefined();
  expect(list.problem?.isOffline).toBe(true);
  expect(list.page?.mailbox).toBe('1001');
});

test('a person without an extension has none of its settings', () => {
  const draft = new Draft();
  draft.name = ' Workshop ';
  expect(draft.written()).toEqual({ name: 'Workshop', email: null, role: 'user', roles: [], profile: '', language: null, time_zone: null, department: null, site: null, listed: true, extension: null });
  draft.extension = '1002';
  expect(draft.written()).toMatchObject({ extension: '1002', ring_s: 25, voicemail: true, operator: null });
});

test('what was read and not changed needs no saving', () => {
  const person = {
    id: 2, name: 'Workshop', email: null, role: 'user', roles: ['billing'], language: null, time_zone: null, department: 'Sales', listed: false, extension: '1002', ring_s: 40, voicemail: false,
    voicemail_minutes: 10, pin_on_own_phone: false, say_time: false, say_caller: true, newest_first: true, operator: '1001', max_contacts: 1, max_calls: 4,
  } as unknown as Person;
  const draft = new Draft(person);
  expect(draft.isChanged).toBe(false);
  draft.ring_s = '41';
  expect(draft.isChanged).toBe(true);
  draft.take(person);
  expect(draft.isChanged).toBe(false);
  expect(draft.written()).toMatchObject({ roles: ['billing'], newest_first: true, ring_s: 40, max_contacts: 1, max_calls: 4, operator: '1001', voicemail: false });
});

test.each([['5', true], [' 120 ', true], ['4', false], ['121', false], ['1e2', false], ['', false], ['25.5', false]] as const)(
  '%s is from 5 to 120: %s',
  (text, is) => expect(isWithin(text, 5, 120)).toBe(is),
);

test.each([[['de-AT', 'en'], 'AT'], [['de', 'en-US'], 'US'], [['de'], 'DE'], [['xx-ZZ'], 'US'], [[], 'US'], [['not a tag'], 'US']] as const)(
  'of %j the country is guessed',
  (languages, country) => expect(guessCountry(languages)).toBe(country),
);
