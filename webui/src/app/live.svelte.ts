// What changes in the office, as it changes: one event stream a browser, and polling while there is none.
//
// Browsers allow six connections to a host, so of all tabs only the one that holds a lock opens the stream and tells
// the others. Locks need a secure context; without them each tab opens its own.
//
//   waiting --lock--> open --error--> broken --retry--> open
//                                     (polls every 10 s; each reopening refreshes everything)

export const TOPICS = ['status', 'trunks', 'attempts', 'calls', 'sound', 'voicemail', 'config'] as const;
export type Topic = (typeof TOPICS)[number];
type Listener = () => void;

const EVENTS = '/api/events';
/** A break shorter than this is not worth a bar across the screen. */
const GRACE_MS = 3_000;
const POLL_MS = 10_000;
const RETRY_MS = 5_000;

interface Word {
  topic?: Topic;
  isUp?: boolean;
  ask?: boolean;
}

const listeners = new Map<Topic, Set<Listener>>(TOPICS.map((topic) => [topic, new Set<Listener>()]));
let isUp = $state(true);
let stop: (() => void) | undefined;

/** Whether events arrive; false shows the "reconnecting" bar. */
export function isConnected(): boolean {
  return isUp;
}

/** Calls back at each event of these topics, at each poll and after a gap. Returns the way to end it. */
export function listen(topics: readonly Topic[], then: Listener): () => void {
  for (const topic of topics) listeners.get(topic)?.add(then);
  return () => {
    for (const topic of topics) listeners.get(topic)?.delete(then);
  };
}

/** Starts listening, once signed in. */
export function connect(): void {
  if (stop) return;
  const channel = 'BroadcastChannel' in window ? new BroadcastChannel('bellbox.live') : undefined;
  let source: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let grace: ReturnType<typeof setTimeout> | undefined;
  let release: (() => void) | undefined;
  let isOver = false;
  let isLeader = false;

  const poll = setInterval(() => {
    if (!isUp && !document.hidden) tellAll();
  }, POLL_MS);

  const setUp = (up: boolean) => {
    clearTimeout(grace);
    grace = undefined;
    isUp = up;
  };
  const say = (word: Word) => channel?.postMessage(word);

  const open = () => {
    source = new EventSource(EVENTS);
    source.onopen = () => {
      // What happened since the screen was read and before the stream, nobody told: read it again, also the first time.
      tellAll();
      for (const topic of TOPICS) say({ topic });
      setUp(true);
      say({ isUp: true });
    };
    source.onerror = () => {
      grace ??= setTimeout(() => {
        isUp = false;
        say({ isUp: false });
      }, GRACE_MS);
      // The browser tries again by itself, except after a refusal.
      if (source?.readyState === EventSource.CLOSED) retry = setTimeout(open, RETRY_MS);
    };
    source.addEventListener('resync', () => {
      tellAll();
      for (const topic of TOPICS) say({ topic });
    });
    for (const topic of TOPICS) {
      source.addEventListener(topic, () => {
        tell(topic);
        say({ topic });
      });
    }
  };

  if (channel) {
    channel.onmessage = ({ data }: MessageEvent<Word>) => {
      if (data.topic) tell(data.topic);
      if (data.isUp !== undefined && !isLeader) setUp(data.isUp);
      if (data.ask && isLeader) say({ isUp });
    };
  }
  const lead = () => {
    isLeader = true;
    if (!isOver) open();
  };
  if (channel && navigator.locks) {
    say({ ask: true });
    void navigator.locks.request('bellbox.live', () => {
      if (isOver) return;
      lead();
      return new Promise<void>((resolve) => {
        release = resolve;
      });
    });
  } else lead();

  stop = () => {
    isOver = true;
    clearInterval(poll);
    clearTimeout(grace);
    clearTimeout(retry);
    source?.close();
    channel?.close();
    release?.();
  };
}

/** Ends it, at sign-out. */
export function disconnect(): void {
  stop?.();
  stop = undefined;
  isUp = true;
}

function tell(topic: Topic): void {
  for (const then of listeners.get(topic) ?? []) then();
}

function tellAll(): void {
  // Who listens to several topics hears once.
  for (const then of new Set([...listeners.values()].flatMap((set) => [...set]))) then();
}
