// How hard a password is to guess, in four words. The box has the last word; this only helps to choose.

export type Strength = 'short' | 'weak' | 'fair' | 'strong';

/** Parts that guessers try first. */
const USUAL = /(passw|kennwort|passwort|qwert|asdf|12345|abc|letmein|admin|bellbox|welcome|office|telefon|phone|test)/i;

/** Judges a password; `own` are words that everybody who knows the person tries: the name, the address, the office. */
export function strength(password: string, minimum: number, own: readonly string[] = []): Strength {
  if ([...password].length < minimum) return 'short';
  const words = own.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length > 2);
  const lower = password.toLowerCase();
  const stripped = words.reduce((left, word) => left.replaceAll(word, ''), lower).replace(USUAL, '');
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u].filter((kind) => kind.test(password)).length;
  // Repeated characters and runs add nothing.
  const worth = new Set(stripped).size + Math.max(0, stripped.length - minimum) / 2 + kinds * 1.5;
  if (worth < 10) return 'weak';
  return worth < 16 ? 'fair' : 'strong';
}
