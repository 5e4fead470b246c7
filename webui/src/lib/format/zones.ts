// Time zones to choose from.

/** The browser's time zone. */
export function guessTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}

/** All zones that the browser knows, and the guessed one in any case. */
export function timeZones(): { value: string; label: string }[] {
  const known = new Set([...Intl.supportedValuesOf('timeZone'), guessTimeZone(), 'UTC']);
  return [...known].sort().map((value) => ({ value, label: value.replaceAll('_', ' ') }));
}
