import { describe, expect, test } from 'vitest';
import { guessLanguage, isKey, LANGUAGES, t, useLanguage, useWords, type Catalogue, type Text, type Words } from './i18n.svelte';
import { usePages } from './parts';

/** The help has articles, and the page of the certificate lists: both have tests of their own. */
const files = import.meta.glob<{ default: Catalogue }>(['../../locales/*/*.json', '!../../locales/*/{help,certificate}.json'], { eager: true });
const PARTS = Object.keys(files).flatMap((file) => /\/en\/(\w+)\.json$/.exec(file)?.[1] ?? []);
const helps = import.meta.glob<{ default: Record<string, { text: string[] }> }>('../../locales/*/help.json', { eager: true });
const catalogue = (language: string, part: string) => files[`../../locales/${language}/${part}.json`]!.default;
const others = Object.keys(LANGUAGES).filter((language) => language !== 'en');
const forms = (text: Text) => (typeof text === 'string' ? [text] : Object.values(text));
const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

describe.each(others.flatMap((language) => PARTS.map((part) => [language, part] as const)))('%s %s', (language, part) => {
  const english = catalogue('en', part);
  const translated = catalogue(language, part);

  test('has the keys of English', () => {
    expect(Object.keys(translated)).toEqual(Object.keys(english));
  });

  test.each(Object.keys(english))('%s has the forms that its language needs, and the same arguments', (key) => {
    const [text, other] = [english[key]!, translated[key]!];
    expect(typeof other).toBe(typeof text);
    if (typeof other !== 'string') {
      const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      expect(Object.keys(other).sort()).toEqual([...needed].sort());
    }
    const all = (one: Text) => [...new Set(forms(one).flatMap(names))].sort();
    expect(all(other)).toEqual(all(text));
    for (const form of forms(other)) expect(form).not.toBe('');
  });
});

test('a part has no key of another', () => {
  const keys = PARTS.flatMap((part) => Object.keys(catalogue('en', part)));
  expect(keys.length).toBe(new Set(keys).size);
});

test('each language has the same help', () => {
  const english = helps['../../locales/en/help.json']!.default;
  for (const { default: help } of Object.values(helps)) {
    expect(Object.keys(help)).toEqual(Object.keys(english));
    for (const [name, article] of Object.entries(help)) expect(article.text.length).toBe(english[name]!.text.length);
  }
});

test('numbers, plurals and names are put in', async () => {
  expect(t('form.faults', { n: 1 })).toBe('One field needs a look.');
  expect(t('form.faults', { n: 2 })).toBe('2 fields need a look.');
  await useLanguage('de');
  expect(t('form.faults', { n: 1 })).toBe('Ein Feld ist noch nicht richtig.');
  expect(document.documentElement.lang).toBe('de');
  await usePages();
  expect(t('people.added', { name: '{n} <b>' })).toBe('{n} <b> hinzugefügt');
});

test('the first language that we have is taken', () => {
  expect(guessLanguage(['fr-FR', 'de-AT', 'en'])).toBe('de');
  expect(guessLanguage(['es'])).toBe('en');
  expect(guessLanguage([])).toBe('en');
});

test('words that come late take none away that were added meanwhile', async () => {
  const part = (key: string) => Promise.resolve({ default: { [key]: key } as Catalogue });
  let arrive = () => {};
  let hasBegun = false;
  const late = () => {
    if (hasBegun) return part('late');
    hasBegun = true;
    return new Promise<{ default: Catalogue }>((resolve) => (arrive = () => resolve({ default: { late: 'late' } })));
  };
  const [slow, fast]: Words[] = [{ en: late, de: late }, { en: () => part('soon'), de: () => part('soon') }];
  const first = useWords(slow!);
  await useWords(fast!);
  arrive();
  await first;
  expect([isKey('late'), isKey('soon')]).toEqual([true, true]);
});
