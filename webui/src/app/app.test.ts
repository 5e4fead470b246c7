import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { here, href, parse, replace } from './router.svelte';
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
  expect(routesFor('home').map(({ name }) => name)).toEqual(['calls', 'voicemail', 'directory', 'codes', 'me']);
  expect(startFor('home').name).toBe('voicemail');
  expect(startFor('user').name).toBe('voicemail');
  expect(startFor('admin').name).toBe('overview');
  expect(routesFor('admin').length).toBe(15);
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
