// The box starts anew: waiting until it is back, and loading the page that it has then.

/** A start takes a second or two; the page asks about as often. */
const ASK_MS = 700;

/** The time after which somebody should look at the box. */
export const LONG_MS = 60_000;

/** Loads the page again once the box was gone and is back, or `isNew` says that it is the new one. */
export function loadWhenBack(isNew: (status: number, answer: { needs_setup?: boolean }) => boolean, path: '/api/me' | '/api/hello'): void {
  let wasGone = false;
  const ask = async () => {
    try {
      const answer = await fetch(path, { cache: 'no-store', signal: AbortSignal.timeout(5_000) });
      const body = (await answer.json()) as { needs_setup?: boolean };
      if (wasGone || isNew(answer.status, body)) {
        location.hash = '';
        location.reload();
        return;
      }
    } catch {
      wasGone = true;
    }
    setTimeout(() => void ask(), ASK_MS);
  };
  setTimeout(() => void ask(), ASK_MS);
}
