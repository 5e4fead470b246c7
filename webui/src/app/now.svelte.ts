// The time, each second, while somebody looks at it.
import { createSubscriber } from 'svelte/reactivity';

const subscribe = createSubscriber((update) => {
  const handle = setInterval(update, 1000);
  return () => clearInterval(handle);
});

/** The time now; what reads it is drawn again each second. */
export function now(): number {
  subscribe();
  return Date.now();
}
