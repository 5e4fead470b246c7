import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { usePages } from '../lib/i18n/parts';
import { endPlaced, place, placing, putAway } from './placing.svelte';

interface Asked {
  method: string;
  answer: (status: number, body?: unknown) => void;
}

/** What was asked of the box and waits for its answer. */
let asked: Asked[] = [];
const next = () => vi.waitFor(() => asked.shift() ?? Promise.reject(new Error('nothing was asked')));
const shown = (state: string, story: string | null = null) => ({ call: 7, state, story });

beforeEach(async () => {
  await usePages();
  vi.useFakeTimers();
  asked = [];
  vi.stubGlobal('fetch', (_: string, init: RequestInit) =>
    new Promise<Response>((resolve) => {
      asked.push({ method: init.method!, answer: (status, body = {}) => resolve(new Response(JSON.stringify(body), { status })) });
    }),
  );
});
afterEach(() => {
  putAway();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const rung = async () => {
  const placed = place('1002', 'Workshop');
  (await next()).answer(200, shown('phone'));
  (await next()).answer(200, shown('phone'));
  await placed;
};

test('a number is called once, however often it is clicked', async () => {
  const first = place('1002', 'Workshop');
  await place('1002', 'Workshop');
  const order = await next();
  expect(asked).toEqual([]);
  order.answer(200, shown('phone'));
  (await next()).answer(200, shown('rings'));
  await first;
  await vi.waitFor(() => expect(placing.now?.state).toBe('rings'));
});

test('an answer that is overtaken by a newer one counts no more', async () => {
  await rung();
  const end = endPlaced();
  (await next()).answer(404);
  const early = await next();
  const again = endPlaced();
  (await next()).answer(404);
  (await next()).answer(200, shown('talks'));
  await again;
  early.answer(200, shown('rings'));
  await end;
  expect(placing.now?.state).toBe('talks');
});

test('of a call that the box knows no more is asked a few times, and then it is over', async () => {
  await rung();
  const end = endPlaced();
  (await next()).answer(404);
  for (let tries = 0; tries < 5; tries += 1) {
    expect(placing.now?.state).toBe('phone');
    (await next()).answer(404);
    await vi.advanceTimersByTimeAsync(1_000);
  }
  await end;
  expect(placing.now).toMatchObject({ state: 'over', story: 'The call is over' });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toEqual([]);
});

test('a box that cannot be reached is asked on', async () => {
  await rung();
  const end = endPlaced();
  (await next()).answer(404);
  for (let tries = 0; tries < 20; tries += 1) {
    (await next()).answer(503);
    await vi.advanceTimersByTimeAsync(1_000);
  }
  (await next()).answer(200, shown('over', '1002 hung up'));
  await end;
  await vi.waitFor(() => expect(placing.now?.story).toBe('1002 hung up'));
});

test('a login session that is over asks no more', async () => {
  await rung();
  const end = endPlaced();
  (await next()).answer(404);
  (await next()).answer(401);
  await end;
  expect(placing.now).toBeUndefined();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toEqual([]);
});
