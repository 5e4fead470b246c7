import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { here, href, parse, replace } from './router.svelte';
import { reaches, type AreaName, type Who } from '../lib/api/rights';
import { routesFor, startFor } from './routes';
import { dismiss, done, failed, pause, resume, SHOWN_MS, toasts } from './toasts.svelte';
import { applyTheme, setTheme } from './theme.svelte';

test.each([
  ['', [], {}],
  ['#/', [], {}],
  ['#/calls/17?q=a%26b', ['calls', '17'], { q: 'a&b' }],
  ['#calls//17/', ['calls', '17'], {}],
  ['#/%E0%A4%A', ['%E0%A4%A'], {}],
  ['#/a%2Fb', ['a/b'], {}],
])('the address %s is understood', (hash, path, query) => {
  const place = parse(hash);
  expect(place.path).toEqual(path);
  expect(Object.fromEntries(place.query)).toEqual(query);
});

test('what is written is read again', () => {
  const place = parse(href(['a/b', 17], { q: 'x?y=1#z', none: '' }));
  expect(place.path).toEqual(['a/b', '17']);
  expect(Object.fromEntries(place.query)).toEqual({ q: 'x?y=1#z' });
});

test('a token leaves the address without a step back to it', () => {
  const steps = history.length;
  replace(['setup']);
  expect(here().path).toEqual(['setup']);
  expect(history.length).toBe(steps);
});

test('each scope sees its screens, and starts at one of them', () => {
  const who = (scope: Who['scope'], ...areas: AreaName[]): Who => ({ scope, rights: areas.map((area) => ({ area, may: 'see' })) });
  const names = (one: Who) => routesFor(one).map(({ name }) => name);
  const home = who('home', 'people');
  expect(names(home)).toEqual(['calls', 'voicemail', 'directory', 'console', 'codes', 'me']);
  expect(startFor(home).name).toBe('voicemail');
  const user = who('user');
  expect(names(user)).toEqual(['calls', 'voicemail', 'directory', 'console', 'answering', 'diversions', 'what-if', 'times', 'codes', 'me', 'rights']);
  expect(startFor(user).name).toBe('voicemail');
  expect(names(who('admin', 'people'))).toEqual([...names(user).slice(0, 4), 'people', 'phones', 'extensions', ...names(user).slice(4)]);
  const all = who('admin', 'overview', 'live', 'people', 'caller_id', 'numbers', 'call_flow', 'security');
  expect(startFor(all).name).toBe('overview');
  expect(names(all).length).toBe(20);
});

test('to change something takes more than to see it', () => {
  const seeing: Who = { scope: 'admin', rights: [{ area: 'numbers', may: 'see' }] };
  const changing: Who = { scope: 'admin', rights: [{ area: 'numbers', may: 'change' }] };
  expect([reaches(seeing, 'numbers'), reaches(seeing, 'numbers', 'change')]).toEqual([true, false]);
  expect([reaches(changing, 'numbers'), reaches(changing, 'numbers', 'change')]).toEqual([true, true]);
  expect(reaches({ ...changing, scope: 'home' }, 'numbers')).toBe(false);
});

test('a theme is put on the document, and auto takes it off', () => {
  setTheme('dark');
  expect(document.documentElement.dataset['theme']).toBe('dark');
  setTheme('auto');
  applyTheme();
  expect(document.documentElement.dataset['theme']).toBeUndefined();
});

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  for (const toast of [...toasts()]) dismiss(toast.id);
  vi.useRealTimers();
});
const texts = () => toasts().map(({ text }) => text);

test('a toast goes after its time, an error stays', () => {
  done('saved');
  failed('not saved');
  vi.advanceTimersByTime(SHOWN_MS - 1);
  expect(texts()).toEqual(['saved', 'not saved']);
  vi.advanceTimersByTime(1);
  expect(texts()).toEqual(['not saved']);
});

test('at most three are shown, the newest', () => {
  for (const text of ['1', '2', '3', '4', '5']) done(text);
  expect(texts()).toEqual(['3', '4', '5']);
});

test('a toast that is looked at stays, and has time left afterwards', () => {
  done('saved');
  vi.advanceTimersByTime(SHOWN_MS - 100);
  pause();
  vi.advanceTimersByTime(60_000);
  expect(texts()).toEqual(['saved']);
  resume();
  vi.advanceTimersByTime(999);
  expect(texts()).toEqual(['saved']);
  vi.advanceTimersByTime(1);
  expect(texts()).toEqual([]);
});
