// On which system the reader is, as far as the browser says: only to show the right steps first.

export const SYSTEMS = ['windows', 'macos', 'ios', 'android', 'linux', 'firefox'] as const;
export type System = (typeof SYSTEMS)[number];

/** `touches` is `navigator.maxTouchPoints`: an iPad says that it is a Mac, but no Mac has a touch screen. */
export function systemOf(userAgent: string, touches: number): System {
  if (/Android/.test(userAgent)) return 'android';
  if (/iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && touches > 1)) return 'ios';
  if (/Windows/.test(userAgent)) return 'windows';
  if (/Macintosh/.test(userAgent)) return 'macos';
  return /Firefox\//.test(userAgent) ? 'firefox' : 'linux';
}
