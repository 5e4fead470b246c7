// Numbers of contacts, and what a search finds.
import type { Colleague, Contact } from '../../lib/api/directory';

export const KINDS = ['work', 'mobile', 'home'] as const;
export type Kind = (typeof KINDS)[number];

/** Those that somebody has, the first of them the one to call. */
export function numbersOf(contact: Contact): { kind: Kind; number: string }[] {
  return KINDS.flatMap((kind) => {
    const number = contact[kind];
    return typeof number === 'string' ? [{ kind, number }] : [];
  });
}

/** What the box takes of them. */
const MOST_TAGS = 5;
const LONGEST_TAG = 24;

/** The tags in a text with commas between them, each once. */
export function tagsIn(written: string): string[] {
  return [...new Set(written.split(/[,;]/).map((tag) => tag.trim()).filter((tag) => tag !== ''))].sort();
}

/** Whether the box takes so many, and so long ones. */
export const areTags = (tags: readonly string[]): boolean =>
  tags.length <= MOST_TAGS && tags.every((tag) => [...tag].length <= LONGEST_TAG);

/** Without what only helps the eye. */
const plain = (number: string): string => number.replace(/[\s\-./()\u2010\u2011\u2013]/g, '');

/** Whether this can be called, as the box reads it; empty is for the caller to judge. */
export function isNumber(written: string): boolean {
  const number = plain(written.trim().startsWith('+') ? written.replace('(0)', '') : written);
  return /^\+?\d{2,20}$/.test(number) && number.length <= 20;
}

/** Whether all words of a search are in it: in names as they are written, in numbers as they are dialled. */
export function isFound(one: Contact | Colleague, search: string): boolean {
  const isContact = !('extension' in one);
  const texts = isContact ? [one.name, one.company ?? '', ...(one.tags ?? [])] : [one.name, one.department ?? ''];
  const numbers = isContact ? numbersOf(one).map(({ number }) => number) : [one.extension];
  const text = [...texts, ...numbers].join('\n').toLocaleLowerCase();
  const wanted = search.trim().toLocaleLowerCase();
  const dialled = plain(wanted);
  if (/^\+?\d+$/.test(dialled)) return numbers.some((number) => number.includes(dialled)) || text.includes(wanted);
  return wanted.split(/\s+/).every((word) => text.includes(word));
}
