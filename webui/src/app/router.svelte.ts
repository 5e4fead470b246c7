// Hash routes: `#/calls/17?search=1001`. The box serves one page, and a path after the hash never reaches it.

/** Where the reader is. */
export interface Place {
  /** Path segments, decoded: `['calls', '17']`. */
  path: string[];
  query: URLSearchParams;
}

/** Reads a hash. What is not a path of ours becomes the start. */
export function parse(hash: string): Place {
  const [path = '', query = ''] = splitOnce(hash.replace(/^#\/?/, ''), '?');
  const segments = path.split('/').filter((segment) => segment !== '');
  return { path: segments.map(decode), query: new URLSearchParams(query) };
}

/** Writes a hash; the opposite of `parse`. */
export function href(path: readonly (string | number)[], query: Record<string, string> = {}): string {
  const kept = Object.entries(query).filter(([, value]) => value !== '');
  const after = kept.length > 0 ? `?${new URLSearchParams(kept)}` : '';
  return `#/${path.map((segment) => encodeURIComponent(segment)).join('/')}${after}`;
}

let place = $state.raw<Place>(parse(location.hash));

window.addEventListener('hashchange', () => {
  place = parse(location.hash);
});

/** The place now; reading it in a template follows it. */
export function here(): Place {
  return place;
}

/** Goes to a place, as a link would. */
export function go(path: readonly (string | number)[], query: Record<string, string> = {}): void {
  location.hash = href(path, query);
}

/** Changes the address without a step in the history: for filters and to take a token out of it. */
export function replace(path: readonly (string | number)[], query: Record<string, string> = {}): void {
  history.replaceState(null, '', href(path, query));
  place = parse(location.hash);
}

function splitOnce(text: string, by: string): [string, string] {
  const at = text.indexOf(by);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
