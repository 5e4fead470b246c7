import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Greeting } from '../../lib/api/box';
import { OwnGreeting } from './greeting.svelte';

const fetched = vi.fn<typeof fetch>();
beforeEach(() => vi.stubGlobal('fetch', fetched));
afterEach(() => {
  vi.unstubAllGlobals();
  fetched.mockReset();
});

const heard = (id: number | null): Greeting => ({
  callers_hear: id === null ? 'spoken' : 'own',
  greeting: id === null ? null : { id, at: '2026-07-01T08:00:00Z', length_ms: 1000 },
  name: null,
  greeting_most_s: 120,
  name_most_s: 8,
});
const answer = (greeting: Greeting) => fetched.mockResolvedValueOnce(new Response(JSON.stringify(greeting)));
const asked = (nth: number) => {
  const [url, init] = fetched.mock.calls[nth]!;
  return [init?.method, url, init?.body];
};

test('a file goes as it is, and what was heard before comes back', async () => {
  const own = new OwnGreeting();
  answer(heard(7));
  await own.refresh();
  answer(heard(9));
  const file = new Blob(['RIFF']);
  const undo = await own.take('greeting', file);
  expect(asked(1)).toEqual(['PUT', '/api/greeting/greeting', file]);
  expect(fetched.mock.calls[1]![1]?.headers).toMatchObject({ 'X-Bellbox': '1', 'Content-Type': 'application/octet-stream' });
  expect([own.now?.greeting?.id, own.taking]).toEqual([9, undefined]);
  answer(heard(7));
  await undo();
  expect(asked(2)).toEqual(['POST', '/api/greeting/greeting/use', '{"id":7}']);
  expect(own.now?.greeting?.id).toBe(7);
});

test('where the box spoke before, it speaks again', async () => {
  const own = new OwnGreeting();
  answer(heard(null));
  await own.refresh();
  answer(heard(9));
  const undo = await own.take('greeting', new Blob(['RIFF']));
  answer(heard(null));
  await undo();
  expect(asked(2)).toEqual(['POST', '/api/greeting/greeting/use', '{"id":null}']);
});

test('a file that is refused changes nothing', async () => {
  const own = new OwnGreeting();
  answer(heard(7));
  await own.refresh();
  fetched.mockResolvedValueOnce(new Response('{"detail":"x","errors":{"file":"this is an MP3 file"}}', { status: 422 }));
  await expect(own.take('greeting', new Blob(['ID3']))).rejects.toMatchObject({ errors: { file: 'this is an MP3 file' } });
  expect([own.now?.greeting?.id, own.taking]).toEqual([7, undefined]);
});
