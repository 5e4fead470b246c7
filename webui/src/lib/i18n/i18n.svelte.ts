// The page's words: one catalogue a language, fetched before the first screen is drawn. English decides which keys
// there are, so that a key that does not exist does not compile; a test holds the other languages to the same keys.
import type base from '../../locales/en/base.json';
import type history from '../../locales/en/history.json';
import type pages from '../../locales/en/pages.json';

/** A text, or its plural forms by the categories of Intl.PluralRules, chosen by the argument `n`. */
export type Text = string | Partial<Record<Intl.LDMLPluralRule, string>>;
export type Catalogue = Record<string, Text>;
export type Key = keyof typeof base | keyof typeof pages | keyof typeof history;
export type Arguments = Record<string, string | number>;

export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;

type Loaded = { default: Catalogue };
/** What the sign-in needs; the screens behind it; what the history of the office is told with. */
type Part = 'base' | 'pages' | 'history';
// A map, not a template: each part becomes a chunk of its own.
const PARTS: Record<Language, Record<Part, () => Promise<Loaded>>> = {
  en: {
    base: () => import('../../locales/en/base.json'),
    pages: () => import('../../locales/en/pages.json'),
    history: () => import('../../locales/en/history.json'),
  },
  de: {
    base: () => import('../../locales/de/base.json'),
    pages: () => import('../../locales/de/pages.json'),
    history: () => import('../../locales/de/history.json'),
  },
};

let texts = $state.raw<Catalogue>({});
let language = $state<Language>('en');
let rules = new Intl.PluralRules('en');
let inUse: Part[] = ['base'];

/** The language in use, for Intl and the `lang` of the document. */
export function currentLanguage(): Language {
  return language;
}

/** The language with the reader's region, as in `en-GB`: whether a clock counts to 12 or to 24 is the region's. */
export function currentLocale(): string {
  return navigator.languages.find((tag) => tag.startsWith(`${language}-`)) ?? language;
}

/** The best of our languages for what the browser prefers. */
export function guessLanguage(preferred: readonly string[]): Language {
  const known = preferred.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag in LANGUAGES);
  return (known as Language | undefined) ?? 'en';
}

/** Switches the page to a language; what is drawn changes at once. */
export async function useLanguage(wanted: Language): Promise<void> {
  const loaded = await Promise.all(inUse.map((part) => PARTS[wanted][part]()));
  rules = new Intl.PluralRules(wanted);
  language = wanted;
  texts = Object.assign({}, ...loaded.map((part) => part.default)) as Catalogue;
  document.documentElement.lang = wanted;
}

/** Adds the words of the screens behind the sign-in. */
export const usePages = (): Promise<void> => useWords('pages');

/** Adds the words that the history of the office is told with. */
export const useHistory = (): Promise<void> => useWords('history');

async function useWords(part: Part): Promise<void> {
  if (inUse.includes(part)) return;
  inUse = [...inUse, part];
  await useLanguage(language);
}

/** The text of a key with `{name}` replaced by the arguments. A number is written as the language writes it. */
export function t(key: Key, args: Arguments = {}): string {
  const text = texts[key];
  if (text === undefined) return key;
  const form = typeof text === 'string' ? text : (text[rules.select(Number(args['n']))] ?? text.other ?? '');
  return form.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = args[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? new Intl.NumberFormat(currentLocale()).format(value) : value;
  });
}

/** Whether there is a text for a key that the server named; `key` is then one. */
export function isKey(key: string): key is Key {
  return key in texts;
}
