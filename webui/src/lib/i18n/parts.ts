// The words that screens fetch besides those of the sign-in.
import { useWords, type Words } from './i18n.svelte';

// Each import by its name: so each part becomes a chunk of its own.
const ENTERING: Words = {
  en: () => import('../../locales/en/entering.json'),
  de: () => import('../../locales/de/entering.json'),
};
const PAGES: Words = {
  en: () => import('../../locales/en/pages.json'),
  de: () => import('../../locales/de/pages.json'),
};
const HISTORY: Words = {
  en: () => import('../../locales/en/history.json'),
  de: () => import('../../locales/de/history.json'),
};
const LADDER: Words = {
  en: () => import('../../locales/en/ladder.json'),
  de: () => import('../../locales/de/ladder.json'),
};
const PHONES: Words = {
  en: () => import('../../locales/en/phones.json'),
  de: () => import('../../locales/de/phones.json'),
};
const RULES: Words = {
  en: () => import('../../locales/en/rules.json'),
  de: () => import('../../locales/de/rules.json'),
};
const DEPARTMENTS: Words = {
  en: () => import('../../locales/en/departments.json'),
  de: () => import('../../locales/de/departments.json'),
};
const DIRECTORY: Words = {
  en: () => import('../../locales/en/directory.json'),
  de: () => import('../../locales/de/directory.json'),
};
const DIVERSIONS: Words = {
  en: () => import('../../locales/en/diversions.json'),
  de: () => import('../../locales/de/diversions.json'),
};
const EXTENSIONS: Words = {
  en: () => import('../../locales/en/extensions.json'),
  de: () => import('../../locales/de/extensions.json'),
};
const IMPORT: Words = {
  en: () => import('../../locales/en/import.json'),
  de: () => import('../../locales/de/import.json'),
};
const RIGHTS: Words = {
  en: () => import('../../locales/en/rights.json'),
  de: () => import('../../locales/de/rights.json'),
};
const GROUPS: Words = {
  en: () => import('../../locales/en/groups.json'),
  de: () => import('../../locales/de/groups.json'),
};
const ACCOUNTS: Words = {
  en: () => import('../../locales/en/accounts.json'),
  de: () => import('../../locales/de/accounts.json'),
};
const AUTHORIZATIONS: Words = {
  en: () => import('../../locales/en/authorizations.json'),
  de: () => import('../../locales/de/authorizations.json'),
};
const SITES: Words = {
  en: () => import('../../locales/en/sites.json'),
  de: () => import('../../locales/de/sites.json'),
};
const CALLERS: Words = {
  en: () => import('../../locales/en/callers.json'),
  de: () => import('../../locales/de/callers.json'),
};
const TOLL: Words = {
  en: () => import('../../locales/en/toll.json'),
  de: () => import('../../locales/de/toll.json'),
};
const CALLER_IDS: Words = {
  en: () => import('../../locales/en/callerids.json'),
  de: () => import('../../locales/de/callerids.json'),
};
const CONSOLE: Words = {
  en: () => import('../../locales/en/console.json'),
  de: () => import('../../locales/de/console.json'),
};
const CODES: Words = {
  en: () => import('../../locales/en/codes.json'),
  de: () => import('../../locales/de/codes.json'),
};

/** Adds the words of the setup and of the reset, which the screens behind the sign-in use too. */
export const useEntering = (): Promise<void> => useWords(ENTERING);

/** Adds the words of the screens behind the sign-in. */
export const usePages = (): Promise<void> => useWords(ENTERING, PAGES);

/** Adds the words that the history of the office is told with, those of rights among them. */
export const useHistory = (): Promise<void> => useWords(HISTORY, RIGHTS);

/** Adds the words about the messages of a call. */
export const useLadder = (): Promise<void> => useWords(LADDER);

/** Adds the words of the screen of phones. */
export const usePhones = (): Promise<void> => useWords(PHONES);

/** Adds the words of the screens about rules and times. */
export const useRules = (): Promise<void> => useWords(RULES);

/** Adds the words about departments. */
export const useDepartments = (): Promise<void> => useWords(DEPARTMENTS);

/** Adds the words of the directory. */
export const useDirectory = (): Promise<void> => useWords(DIRECTORY);

/** Adds the words of the screen of diversions, which tells targets as rules do. */
export const useDiversions = (): Promise<void> => useWords(RULES, DIVERSIONS);

/** Adds the words of the extensions at a glance, which tells diversions as their own screen does. */
export const useExtensions = (): Promise<void> => useWords(RULES, DIVERSIONS, EXTENSIONS);

/** Adds the words about people from a table. */
export const useImport = (): Promise<void> => useWords(IMPORT);

/** Adds the words about rights and roles. */
export const useRights = (): Promise<void> => useWords(RIGHTS);

/** Adds the words about groups of people. */
export const useGroups = (): Promise<void> => useWords(GROUPS);

/** Adds the words about accounts that calls are charged to. */
export const useAccounts = (): Promise<void> => useWords(ACCOUNTS);

/** Adds the words about codes that let calls out. */
export const useAuthorizations = (): Promise<void> => useWords(AUTHORIZATIONS);

/** Adds the words about sites. */
export const useSites = (): Promise<void> => useWords(SITES);

/** Adds the words about callers who are put through or not. */
export const useCallers = (): Promise<void> => useWords(CALLERS);

/** Adds the words about the limits of calls to the outside. */
export const useToll = (): Promise<void> => useWords(TOLL);

/** Adds the words about the numbers under which people call. */
export const useCallerIds = (): Promise<void> => useWords(CALLER_IDS);

/** Adds the words of the console, which says how colleagues are as the directory does. */
export const useConsole = (): Promise<void> => useWords(DIRECTORY, CONSOLE);

/** Adds the words about feature codes. */
export const useCodes = (): Promise<void> => useWords(CODES);
