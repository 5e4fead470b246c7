// Short notes at the edge of the screen. At most three; errors stay until they are dismissed.

export interface Toast {
  id: number;
  text: string;
  kind: 'done' | 'error';
  /** Offered as "Undo" while the toast is shown. */
  undo?: () => Promise<void> | void;
}

const MAX_TOASTS = 3;
/** Long enough to read, turn round and reach the button. */
export const SHOWN_MS = 10_000;

let next = 1;
let shown = $state<Toast[]>([]);
const timers = new Map<number, { left: number; since: number; handle: ReturnType<typeof setTimeout> }>();

export function toasts(): readonly Toast[] {
  return shown;
}

/** Says that something is done, and how it is undone. */
export function done(text: string, undo?: Toast['undo']): void {
  const id = push({ text, kind: 'done', undo });
  start(id, SHOWN_MS);
}

/** Says that something failed. */
export function failed(text: string): void {
  push({ text, kind: 'error' });
}

export function dismiss(id: number): void {
  clearTimeout(timers.get(id)?.handle);
  timers.delete(id);
  shown = shown.filter((toast) => toast.id !== id);
}

/** While the pointer or the focus is on the toasts, none of them goes. */
export function pause(): void {
  for (const [id, { left, since, handle }] of timers) {
    clearTimeout(handle);
    timers.set(id, { left: Math.max(1000, left - (Date.now() - since)), since: Date.now(), handle });
  }
}

export function resume(): void {
  for (const [id, { left, handle }] of timers) {
    clearTimeout(handle);
    start(id, left);
  }
}

function push(toast: Omit<Toast, 'id'>): number {
  const id = next;
  next += 1;
  for (const old of shown.slice(0, Math.max(0, shown.length - MAX_TOASTS + 1))) dismiss(old.id);
  shown = [...shown, { id, ...toast }];
  return id;
}

function start(id: number, left: number): void {
  timers.set(id, { left, since: Date.now(), handle: setTimeout(() => dismiss(id), left) });
}
