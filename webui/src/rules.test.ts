// What the policy of the page, or the house, does not allow, and no other check would notice.
import { expect, test } from 'vitest';
import lock from '../package-lock.json?raw';

const sources = import.meta.glob<string>(['./**/*.{svelte,ts,css}', '!./api.d.ts', '!./rules.test.ts'], {
  eager: true,
  query: '?raw',
  import: 'default',
});
const FORBIDDEN: [string, RegExp][] = [
  ['a style attribute', /\sstyle=["'{]/],
  ['markup from data', /\{@html/],
  ['code from text', /\beval\(|new Function\(/],
  ['an address elsewhere', /https?:\/\/(?!www\.w3\.org\/)/],
];
const MOST_LINES = 400;

test.each(Object.entries(sources))('%s keeps the rules', (name, text) => {
  const found = FORBIDDEN.filter(([, pattern]) => pattern.test(text)).map(([what]) => what);
  expect(found).toEqual([]);
  expect(text.split('\n').length, name).toBeLessThanOrEqual(MOST_LINES);
});

test('the lock file names no registry: npm run lock takes them out', () => {
  expect(lock).not.toContain('"resolved"');
});
