// The office's time zone.

let zone = $state<string | undefined>(undefined);

/** A call of 9:00 was at 9:00 in the office, wherever the reader is. An unknown zone leaves the browser's. */
export function useTimeZone(name: string | undefined): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    zone = name;
  } catch {
    zone = undefined;
  }
}

export function currentTimeZone(): string | undefined {
  return zone;
}
