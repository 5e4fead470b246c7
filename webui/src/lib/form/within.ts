/** Whether a text is a whole number from `least` to `most`. */
export function isWithin(text: string, least: number, most: number): boolean {
  return /^\d{1,6}$/.test(text.trim()) && Number(text) >= least && Number(text) <= most;
}

/** Whether phones may ring for so many seconds; 0: until the caller gives up. */
export const isRingTime = (text: string): boolean => isWithin(text, 0, 0) || isWithin(text, 5, 120);
