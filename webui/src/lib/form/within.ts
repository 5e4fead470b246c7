/** Whether a text is a whole number from `least` to `most`. */
export function isWithin(text: string, least: number, most: number): boolean {
  return /^\d{1,6}$/.test(text.trim()) && Number(text) >= least && Number(text) <= most;
}
