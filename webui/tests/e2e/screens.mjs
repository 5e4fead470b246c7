// Every screen, light and dark, wide and on a phone: nothing that axe finds, nothing in the console, nothing too wide.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { archive, before, received } from './backup.mjs';
import { choose } from './importing.mjs';
import { judge, misfits, newPage } from './browser.mjs';

const shots = process.env.SHOTS;
if (shots) mkdirSync(shots, { recursive: true });

const inside = (hash, ready) => ({ hash, ready, prepare: (server) => (server.state.isSignedIn = true) });
const SCREENS = {
  setup: { hash: '#/setup?token=abc', ready: 'form', prepare: (server) => (server.state.hello.needs_setup = true) },
  login: { hash: '', ready: 'form' },
  certificate: { hash: 'certificate', ready: '.fingerprint' },
  'certificate of others': { hash: 'certificate', ready: '.fingerprint', prepare: ({ state }) => (state.authority.is_in_use = false) },
  reset: { hash: '#/reset?token=abc', ready: 'form' },
  'reset without token': { hash: '#/reset', ready: '[role=alert]' },
  overview: inside('#/overview', '[role=grid]'),
  live: inside('#/live', '[role=grid]'),
  'sound of a call': { ...inside('#/live', '[role=grid]'), act: (page) => page.getByRole('button', { name: 'Poor' }).click() },
  calls: inside('#/calls', '[role=grid]'),
  story: inside('#/calls/811', '.line'),
  'messages of a call': {
    ...inside('#/calls/811', '.line'),
    act: async (page) => {
      await page.locator('summary').click();
      await page.locator('.ladder button').nth(3).click();
      await page.locator('pre').scrollIntoViewIfNeeded();
    },
  },
  voicemail: inside('#/voicemail', '.messages'),
  player: { ...inside('#/voicemail', '.messages'), act: (page) => page.locator('.play').first().click() },
  greeting: {
    ...inside('#/voicemail', '.messages'),
    act: async (page) => {
      await page.getByRole('button', { name: 'Play the name' }).click();
      await page.getByLabel('Choose a greeting').setInputFiles({ name: 'a.wav', mimeType: 'audio/wav', buffer: Buffer.from('ID3') });
      await page.getByRole('alert').scrollIntoViewIfNeeded();
    },
  },
  trash: inside('#/voicemail?folder=trash', '.messages'),
  people: inside('#/people', '[role=grid]'),
  person: inside('#/people/2', 'form'),
  'new person': { ...inside('#/people/new', 'form'), act: (page) => page.getByLabel('Number', { exact: true }).fill('1020') },
  once: {
    ...inside('#/people/2', 'form'),
    act: async (page) => {
      await page.getByRole('button', { name: 'Add a phone' }).click();
      await page.locator('dialog[open] svg[role=img]').waitFor();
    },
  },
  phones: inside('#/phones', '[role=grid]'),
  phone: inside('#/phones/1002a', '.calls li'),
  'calls of a phone': {
    ...inside('#/phones/1002a', '.calls li'),
    act: async (page) => {
      await page.locator('.calls summary').first().click();
      await page.locator('.ladder').scrollIntoViewIfNeeded();
    },
  },
  'phone with failures': inside('#/phones/1003a', '.calls li'),
  trunks: inside('#/trunks', 'ol li'),
  trunk: inside('#/trunks/trunk/second-way-of-another-carrier', 'form'),
  'new trunk': {
    ...inside('#/trunks/add', 'form'),
    act: async (page) => {
      await page.getByText('More settings').click();
      await page.getByRole('button', { name: 'Add and connect' }).click();
      await page.locator('[aria-invalid=true]').first().waitFor();
    },
  },
  route: {
    ...inside('#/trunks', 'ol li'),
    act: (page) => page.getByRole('button', { name: 'Change Abroad' }).click(),
  },
  'no trunks': {
    ...inside('#/trunks', 'h1'),
    prepare: ({ state }) => Object.assign(state, { isSignedIn: true, outside: { trunks: [], numbers: [], routes: [], version: 1 } }),
    act: (page) => page.getByText('No trunk yet').waitFor(),
  },
  answering: inside('#/answering', 'ol li'),
  rule: {
    ...inside('#/answering', 'ol li'),
    act: (page) => page.getByRole('button', { name: /^(Change Open|Open ändern)$/ }).click(),
  },
  diversions: inside('#/diversions', 'main ul li'),
  'follow me': {
    ...inside('#/diversions', 'main ul li'),
    act: (page) => page.getByRole('button', { name: /^(Change Follow Me|Rufverfolgung: ändern)$/ }).click(),
  },
  assistant: {
    ...inside('#/diversions', 'main ul li'),
    act: async (page) => {
      await page.getByRole('button', { name: /^(Change Assistant before the mailbox|Assistent vor der Mailbox: ändern)$/ }).click();
      await page.getByLabel(/^(Key 1|Taste 1)$/).selectOption('person');
    },
  },
  secretaries: {
    ...inside('#/diversions', 'main ul li'),
    act: async (page) => {
      await page.getByRole('button', { name: /^(Change Secretaries answer|Sekretariat nimmt ab: ändern)$/ }).click();
      await page.getByLabel(/^(Who rings when|Wer wann klingelt)$/).selectOption('boss_then_all');
    },
  },
  'what if': {
    ...inside('#/what-if', 'form'),
    act: async (page) => {
      await page.getByLabel('What is dialled').fill('1002');
      await page.getByRole('button', { name: 'What would happen?' }).click();
      await page.getByText('ring 1002 for 25 s; then').waitFor();
    },
  },
  times: inside('#/times', 'ul.stack li'),
  'time group': {
    ...inside('#/times', 'ul.stack li'),
    act: (page) => page.getByRole('button', { name: 'Add a time group' }).click(),
  },
  'night mode': {
    ...inside('#/times', '[aria-labelledby=nights] li'),
    act: (page) => page.getByRole('button', { name: 'Add a night mode' }).click(),
  },
  import: {
    ...inside('#/people/import', 'input[type=file]'),
    act: async (page) => {
      await choose(page);
      await page.locator('ol li').nth(2).waitFor();
    },
  },
  directory: inside('#/directory', '[role=grid]'),
  contact: {
    ...inside('#/directory', '[role=grid]'),
    act: (page) => page.getByRole('button', { name: /Bakery/ }).first().click(),
  },
  'contacts to import': {
    ...inside('#/directory/import', 'input[type=file]'),
  },
  console: inside('#/console', 'main li.card'),
  'console-to': {
    ...inside('#/console', 'main li.card'),
    act: (page) => page.getByRole('button', { name: /^Ask first$|^Rückfragen$/ }).first().click(),
  },
  codes: inside('#/codes', 'main li'),
  code: {
    ...inside('#/codes', 'main li'),
    act: (page) => page.getByRole('button', { name: /^(Change \*21|\*21.* ändern)/ }).click(),
  },
  me: inside('#/me', 'h1'),
  extensions: inside('#/extensions', '[role=grid]'),
  'forwards of an extension': {
    ...inside('#/extensions', '[role=grid]'),
    act: (page) => page.getByRole('button', { name: /^(Forwards of|Weiterleitungen von) Workshop/ }).click(),
  },
  'caller ids': inside('#/caller-ids', 'main li.card'),
  accounts: inside('#/trunks/accounts', 'main li.card'),
  account: {
    ...inside('#/trunks/accounts', 'main li.card'),
    act: (page) => page.getByRole('button', { name: /^Change Harbour|^Harbour Authority ändern/ }).click(),
  },
  'calls of an account': inside('#/calls?account=0471', '[role=grid]'),
  authorizations: inside('#/trunks/codes', 'main li.card'),
  authorization: {
    ...inside('#/trunks/codes', 'main li.card'),
    act: (page) => page.getByRole('button', { name: /Abroad (ändern)?$|^Change Abroad/ }).first().click(),
  },
  departments: inside('#/people/departments', 'main li.card'),
  department: {
    ...inside('#/people/departments', 'main li.card'),
    act: (page) => page.getByRole('button', { name: /Yard umbenennen$|^Rename Yard/ }).click(),
  },
  sites: inside('#/people/sites', 'main li.card'),
  site: {
    ...inside('#/people/sites', 'main li.card'),
    act: (page) => page.getByRole('button', { name: /North (ändern)?$|^Change North/ }).first().click(),
  },
  rights: inside('#/rights', 'dl dt'),
  groups: inside('#/groups', 'main li.card'),
  group: {
    ...inside('#/groups', 'main li.card'),
    act: (page) => page.getByRole('button', { name: /^Change Yard|^Yard ändern/ }).click(),
  },
  profiles: inside('#/rights/profiles', 'main li.card'),
  profile: {
    ...inside('#/rights/profiles', 'main li.card'),
    act: (page) => page.getByRole('button', { name: /^Change Night shift|^Night shift ändern/ }).click(),
  },
  security: inside('#/security', 'li.card'),
  callers: {
    ...inside('#/security', 'li.card'),
    act: (page) => page.getByRole('button', { name: /^(Change the callers|Anrufer ändern)$/ }).click(),
  },
  'toll guard': {
    ...inside('#/security', 'li.card'),
    act: (page) => page.getByRole('button', { name: /^(Change the limits|Grenzen ändern)$/ }).click(),
  },
  'security in peace': {
    ...inside('#/security', 'h1'),
    prepare: ({ state }) => Object.assign(state, { isSignedIn: true, attempts: [], flood: { per_minute: 0, dropped: 0, sources: [] } }),
    act: (page) => page.getByText('All is quiet').waitFor(),
  },
  system: inside('#/system', 'ol'),
  'past office': inside('#/system/revision/12', 'ins'),
  restore: {
    ...inside('#/system', 'ol'),
    prepare: ({ state }) => Object.assign(state, { isSignedIn: true, before, received }),
    act: (page) => page.getByText('The backup is good').waitFor(),
  },
  'restore refused': {
    ...inside('#/setup?token=token-of-the-console', 'form'),
    prepare: ({ state }) => (state.hello.needs_setup = true),
    act: async (page) => {
      await page.getByText('Restore a backup instead').click();
      await page.getByLabel('Choose a backup').setInputFiles(archive('flipped'));
      await page.getByText('is not as it was written').waitFor();
    },
  },
  upload: {
    ...inside('#/system', 'ol'),
    prepare: ({ state }) => Object.assign(state, { isSignedIn: true, certificate: { ...state.certificate, is_uploaded: true, days_left: 18, lacks: ['192.168.1.10'], has_issuer: false, unused: 'it held until 2026-06-30T00:00:00Z: order a new one' } }),
    act: async (page) => {
      await page.getByRole('button', { name: 'Upload a certificate' }).click();
      await page.getByRole('button', { name: 'Use it now' }).click();
      await page.locator('textarea[aria-invalid=true]').first().waitFor();
    },
  },
  help: {
    ...inside('#/live', '[role=grid]'),
    act: async (page) => {
      await page.keyboard.press('?');
      await page.locator('dialog[open] section p').first().waitFor();
    },
  },
  palette: {
    ...inside('#/live', '[role=grid]'),
    act: async (page) => {
      await page.keyboard.press('/');
      await page.locator('dialog[open] [role=option]').first().waitFor();
    },
  },
  'nothing here': inside('#/nowhere', 'h1'),
  'empty office': {
    ...inside('#/overview', 'h1'),
    prepare: ({ state }) => Object.assign(state, { isSignedIn: true, people: state.people.slice(0, 1).map((one) => ({ ...one, phones: [] })), live: [] }),
    act: (page) => page.getByText('There is no phone yet').waitFor(),
  },
  'no calls': {
    ...inside('#/live', 'h1'),
    prepare: ({ state }) => Object.assign(state, { isSignedIn: true, live: [] }),
    act: (page) => page.getByText('Nobody is on the phone').waitFor(),
  },
};

const VIEWS = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];

export const all = Object.entries(SCREENS).map(([name, { hash, ready, prepare, act }]) => ({
  name: `${name} is in order, light and dark, wide and narrow`,
  run: async (browser, server) => {
    prepare?.(server);
    for (const view of VIEWS) {
      const page = await newPage(browser, view);
      await page.goto(server.address + hash);
      await page.locator(ready).first().waitFor();
      await act?.(page);
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        if (shots) await page.screenshot({ path: `${shots}/${name.replaceAll(' ', '-')}-${view.width}-${colorScheme}.png` });
        assert.deepEqual(await judge(page), [], `${colorScheme} at ${view.width} px`);
      }
      await page.context().close();
    }
  },
}));

export const german = {
  name: 'every screen fits in German on a phone',
  run: async (browser, server) => {
    server.state.people[0].language = 'de';
    for (const [name, { hash, ready, prepare }] of Object.entries(SCREENS)) {
      if (!hash.startsWith('#/') || /^#\/(setup|reset)/.test(hash)) continue;
      prepare?.(server);
      const page = await newPage(browser, { width: 390, height: 844, locale: 'de-DE' });
      await page.goto(server.address + hash);
      await page.locator(ready).first().waitFor();
      assert.equal(await page.locator('html').getAttribute('lang'), 'de');
      assert.deepEqual(await misfits(page), [], name);
      if (shots) await page.screenshot({ path: `${shots}/de-${name.replaceAll(' ', '-')}.png` });
      await page.context().close();
    }
  },
};
