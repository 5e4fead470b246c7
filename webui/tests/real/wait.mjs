// Nothing here waits for a fixed time: everything waits for what it expects, with a bound, and says what it missed.

/** How long a program may take for what takes it milliseconds on a quiet machine. */
export const PATIENCE_MS = 15_000;
/** How often a condition is looked at again. */
const LOOK_AGAIN_MS = 20;

/** What `look` finds, at last; `what` says for the reader what was waited for. */
export async function until(what, look, bound = PATIENCE_MS) {
  const end = Date.now() + bound;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() >= end) throw new Error(`waited ${bound / 1000} s in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}
