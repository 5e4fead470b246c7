import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { box } from './box';
import { Problem } from './problem';
import { address, onSignedOut, send } from './send';

const fetched = vi.fn<typeof fetch>();
beforeEach(() => vi.stubGlobal('fetch', fetched));
afterEach(() => {
  vi.unstubAllGlobals();
  fetched.mockReset();
});

const answer = (status: number, body: string) => fetched.mockResolvedValueOnce(new Response(body, { status }));
const caught = (work: Promise<unknown>) => work.then(() => undefined, (error: unknown) => error as Problem);

test('values are escaped, and what is empty is left out', () => {
  expect(address('/api/people/{id}/phones/{phone}', { path: { id: 'a/b', phone: 7 } })).toBe('/api/people/a%2Fb/phones/7');
  expect(address('/api/calls', { query: { q: 'a&b', before: undefined, limit: 0, x: '' } })).toBe('/api/calls?q=a%26b&limit=0');
});

test('a write says that it comes from the page, and from which version', async () => {
  answer(200, '{"is_done":true}');
  await box.removePhone(2, 20, 'abc');
  const [url, init] = fetched.mock.calls[0]!;
  expect(url).toBe('/api/people/2/phones/20');
  expect(init?.method).toBe('DELETE');
  expect(init?.headers).toMatchObject({ 'X-Bellbox': '1', 'If-Match': '"abc"' });
  expect(init?.body).toBeUndefined();
});

test('a read says neither, and no body is no JSON', async () => {
  answer(200, '{"calls":[]}');
  expect(await box.live()).toEqual({ calls: [] });
  expect(fetched.mock.calls[0]![1]?.headers).toEqual({ Accept: 'application/json', 'Accept-Language': 'en-US' });
});

test('a refusal is a problem with its sentence and its fields', async () => {
  answer(422, '{"title":"no","detail":"look at these","errors":{"name":"it is too long"}}');
  const problem = await caught(send('get', '/api/me'));
  expect(problem).toBeInstanceOf(Problem);
  expect(problem).toMatchObject({ status: 422, message: 'look at these', errors: { name: 'it is too long' }, isConflict: false });
});

test('a page of somebody else is a problem too', async () => {
  answer(502, '<html>');
  expect(await caught(send('get', '/api/me'))).toMatchObject({ status: 502, errors: {} });
});

test('no connection is status 0', async () => {
  fetched.mockRejectedValueOnce(new TypeError('failed to fetch'));
  expect(await caught(send('get', '/api/me'))).toMatchObject({ status: 0, isOffline: true });
});

test('an answer that does not come is given up', async () => {
  vi.useFakeTimers();
  fetched.mockImplementationOnce(
    (_, init) => new Promise((_resolve, reject) => init!.signal!.addEventListener('abort', () => reject(init!.signal!.reason))),
  );
  const problem = caught(send('get', '/api/me'));
  await vi.advanceTimersByTimeAsync(20_000);
  expect(await problem).toMatchObject({ status: 0 });
  vi.useRealTimers();
});

test('a login session that is over is told', async () => {
  const then = vi.fn();
  onSignedOut(then);
  answer(401, '{"detail":"sign in first"}');
  await caught(send('get', '/api/me'));
  expect(then).toHaveBeenCalledOnce();
  answer(403, '{}');
  await caught(send('get', '/api/people'));
  expect(then).toHaveBeenCalledOnce();
});
