import { expect, test } from 'vitest';
import type { Trunk } from '../../lib/api/box';
import { Draft } from './draft.svelte';
import { moved, standing, strip, words } from './health';
import { begin, PRESETS } from './presets';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-07-01T12:00:00Z');
const at = (hours: number) => new Date(NOW - hours * HOUR).toISOString();

test('a state has a word and a shape, whatever the trunk is', () => {
  const word = (enabled: boolean, way: string, health?: string, trouble: string | null = null) =>
    standing({ row: { enabled, way }, state: health === undefined ? undefined : { health, trouble } });
  expect(word(true, 'register', 'up')).toEqual({ look: 'ok', word: 'trunk.is.registered' });
  expect(word(true, 'address', 'up').word).toBe('trunk.is.reachable');
  expect(word(true, 'register', 'degraded', 'silent').look).toBe('warn');
  expect(word(true, 'register', 'down', 'wrong_secret').look).toBe('bad');
  expect(word(true, 'register', 'down', 'starting').word).toBe('trunk.is.starting');
  expect(word(true, 'register').word).toBe('trunk.is.starting');
  expect(word(false, 'register', 'down', 'switched_off')).toEqual({ look: 'idle', word: 'trunk.is.off' });
});

test('the strip is the last day, whole, with nothing made up', () => {
  const turn = (hours: number, health: string) => ({ at: at(hours), health });
  const shown = (...turns: { at: string; health: string }[]) =>
    strip(turns, NOW).map(({ health, share }) => [health, Math.round(share * 24)]);
  expect(shown()).toEqual([['unknown', 24]]);
  expect(shown(turn(6, 'down'), turn(3, 'up'))).toEqual([['unknown', 18], ['down', 3], ['up', 3]]);
  expect(shown(turn(90, 'down'), turn(60, 'up'), turn(2, 'down'), turn(1, 'up'))).toEqual([['up', 22], ['down', 1], ['up', 1]]);
  // A box whose clock is ahead of the reader's.
  expect(shown(turn(2, 'up'), turn(-1, 'down'))).toEqual([['unknown', 22], ['up', 2]]);
  expect(strip([turn(30, 'up'), turn(7, 'degraded'), turn(0.5, 'up')], NOW).reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
});

test('a row is moved, and the others keep their order', () => {
  expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
  expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
  expect(moved(['a', 'b'], 5, 0)).toEqual(['a', 'b']);
  expect(words(' +49*, +43*;+41*  ')).toEqual(['+49*', '+43*', '+41*']);
});

test('a secret is sent only when it was typed, and forgotten when the form is filled anew', () => {
  const trunk = { name: 'carrier', server: 'sip.example', user: 'u', has_secret: true, codecs: ['pcmu'], sources: ['192.0.2.1'] } as Trunk;
  const draft = new Draft(trunk);
  expect(draft.written()).not.toHaveProperty('secret');
  expect(draft.written()).toMatchObject({ codecs: ['pcmu'], sources: ['192.0.2.1'], proxy: null, channels: 10 });
  expect(draft.isChanged).toBe(false);
  draft.secret = ' with a space ';
  expect(draft.written().secret).toBe(' with a space ');
  expect(draft.isChanged).toBe(true);
  draft.take(trunk);
  expect([draft.secret, draft.isChanged]).toEqual(['', false]);
});

test('a preset fills in what such trunks have in common, and takes back what another one has filled in', () => {
  const draft = new Draft();
  draft.name = 'Main';
  begin(draft, 'twilio');
  expect(draft.written()).toMatchObject({ name: 'Main', way: 'address', server: '.pstn.twilio.com', codecs: ['pcmu', 'pcma'] });
  begin(draft, 'account');
  expect(draft.written()).toMatchObject({ name: 'Main', way: 'register', server: '', codecs: ['pcma', 'pcmu'], trusted: true });
  for (const preset of PRESETS) expect(begin(new Draft(), preset).isChanged, preset).toBe(true);
});
