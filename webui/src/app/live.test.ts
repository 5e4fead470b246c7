import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { connect, disconnect, isConnected, listen } from './live.svelte';
import { Resource } from './resource.svelte';

class Stream extends EventTarget {
  static readonly CLOSED = 2;
  static all: Stream[] = [];
  onopen?: () => void;
  onerror?: () => void;
  readyState = 0;
  close = vi.fn();
  constructor(readonly url: string) {
    super();
    Stream.all.push(this);
  }
}
const newest = () => Stream.all.at(-1)!;

beforeEach(() => {
  vi.useFakeTimers();
  Stream.all = [];
  vi.stubGlobal('EventSource', Stream);
  // Without locks each tab has its own stream.
  vi.stubGlobal('BroadcastChannel', undefined);
  Reflect.deleteProperty(window, 'BroadcastChannel');
});
afterEach(() => {
  disconnect();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('who listens hears its topics, and all of them when the stream opens', () => {
  const [calls, config] = [vi.fn(), vi.fn()];
  const stop = [listen(['calls'], calls), listen(['config', 'status'], config)];
  connect();
  connect();
  expect(Stream.all.length).toBe(1);
  newest().onopen!();
  expect([calls.mock.calls.length, config.mock.calls.length]).toEqual([1, 1]);
  newest().dispatchEvent(new Event('calls'));
  expect([calls.mock.calls.length, config.mock.calls.length]).toEqual([2, 1]);
  newest().dispatchEvent(new Event('resync'));
  expect([calls.mock.calls.length, config.mock.calls.length]).toEqual([3, 2]);
  stop.forEach((end) => end());
  newest().dispatchEvent(new Event('calls'));
  expect(calls.mock.calls.length).toBe(3);
});

test('a short break is not shown; a long one is, polls, and ends', () => {
  const calls = vi.fn();
  const stop = listen(['calls'], calls);
  connect();
  newest().onopen!();
  newest().onerror!();
  vi.advanceTimersByTime(2_900);
  newest().onopen!();
  vi.advanceTimersByTime(5_000);
  expect(isConnected()).toBe(true);
  newest().onerror!();
  vi.advanceTimersByTime(3_000);
  expect(isConnected()).toBe(false);
  calls.mockClear();
  vi.advanceTimersByTime(20_000);
  expect(calls.mock.calls.length).toBe(2);
  newest().onopen!();
  expect(isConnected()).toBe(true);
  stop();
});

test('a stream that the browser gave up is opened again', () => {
  connect();
  const first = newest();
  first.readyState = Stream.CLOSED;
  first.onerror!();
  vi.advanceTimersByTime(5_000);
  expect(Stream.all.length).toBe(2);
  disconnect();
  expect(newest().close).toHaveBeenCalled();
});

test('a burst of events is one request, and a slow answer does not beat a newer one', async () => {
  const answers: ((value: string) => void)[] = [];
  const load = vi.fn(() => new Promise<string>((resolve) => answers.push(resolve)));
  const made = new Resource(load);
  for (let i = 0; i < 20; i += 1) made.refreshSoon();
  vi.advanceTimersByTime(40);
  expect(load).toHaveBeenCalledTimes(1);
  const second = made.refresh();
  answers[1]!('new');
  answers[0]!('old');
  await second;
  await vi.advanceTimersByTimeAsync(0);
  expect(made.data).toBe('new');
});

test('what was there stays when a later attempt fails', async () => {
  const load = vi.fn<() => Promise<string>>().mockResolvedValueOnce('seen').mockRejectedValueOnce(new TypeError('offline'));
  const made = new Resource(load);
  await made.refresh();
  await made.refresh();
  expect(made.data).toBe('seen');
  expect(made.problem?.isOffline).toBe(true);
  expect(made.isLoading).toBe(false);
});
