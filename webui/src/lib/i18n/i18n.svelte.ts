// The page's words: one catalogue a language, fetched before the first screen is drawn. English decides which keys
// there are, so that a key that does not exist does not compile; a test holds the other languages to the same keys.
import type accounts from '../../locales/en/accounts.json';
import type authorizations from '../../locales/en/authorizations.json';
import type base from '../../locales/en/base.json';
import type callers from '../../locales/en/callers.json';
import type callerids from '../../locales/en/callerids.json';
import type codes from '../../locales/en/codes.json';
import type console from '../../locales/en/console.json';
import type departments from '../../locales/en/departments.json';
import type directory from '../../locales/en/directory.json';
import type diversions from '../../locales/en/diversions.json';
import type entering from '../../locales/en/entering.json';
import type extensions from '../../locales/en/extensions.json';
import type groups from '../../locales/en/groups.json';
import type history from '../../locales/en/history.json';
import type imported from '../../locales/en/import.json';
import type ladder from '../../locales/en/ladder.json';
import type pages from '../../locales/en/pages.json';
import type phones from '../../locales/en/phones.json';
import type rights from '../../locales/en/rights.json';
import type rules from '../../locales/en/rules.json';
import type sites from '../../locales/en/sites.json';
import type toll from '../../locales/en/toll.json';

/** A text, or its plural forms by the categories of Intl.PluralRules, chosen by the argument `n`. */
export type Text = string | Partial<Record<Intl.LDMLPluralRule, string>>;
export type Catalogue = Record<string, Text>;
/** One line a file, so that two new ones do not meet. */
export type Key =
  | keyof typeof accounts
  | keyof typeof authorizations
  | keyof typeof base
  | keyof typeof callerids
  | keyof typeof callers
  | keyof typeof codes
  | keyof typeof console
  | keyof typeof departments
  | keyof typeof directory
  | keyof typeof diversions
  | keyof typeof entering
  | keyof typeof extensions
  | keyof typeof groups
  | keyof typeof history
  | keyof typeof imported
  | keyof typeof ladder
  | keyof typeof pages
  | keyof typeof phones
  | keyof typeof rights
  | keyof typeof rules
  | keyof typeof sites
  | keyof typeof toll;
export type Arguments = Record<string, string | number>;

export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;

/** One file of words in each language. */
export type Words = Record<Language, () => Promise<{ default: Catalogue }>>;
/** What the sign-in needs; the parts that other screens add are in parts.ts, so that they cost it nothing. */
const BASE: Words = {
  en: () => import('../../locales/en/base.json'),
  de: () => import('../../locales/de/base.json'),
};

let texts = $state.raw<Catalogue>({});
let language = $state<Language>('en');
let plurals = new Intl.PluralRules('en');
let inUse: Words[] = [BASE];

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
  const parts = inUse;
  const loaded = await Promise.all(parts.map((words) => words[wanted]()));
  // Words were added meanwhile: without them these would take them away.
  if (parts !== inUse) return useLanguage(wanted);
  plurals = new Intl.PluralRules(wanted);
  language = wanted;
  texts = Object.assign({}, ...loaded.map((part) => part.default)) as Catalogue;
  document.documentElement.lang = wanted;
}

/** Adds words, where they are not in use yet. */
export async function useWords(...parts: Words[]): Promise<void> {
  const missing = parts.filter((words) => !inUse.includes(words));
  if (missing.length === 0) return;
  inUse = [...inUse, ...missing];
  await useLanguage(language);
}

/** The text of a key with `{name}` replaced by the arguments. A number is written as the language writes it. */
export function t(key: Key, args: Arguments = {}): string {
  const text = texts[key];
  if (text === undefined) return key;
  const form = typeof text === 'string' ? text : (text[plurals.select(Number(args['n']))] ?? text.other ?? '');
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
