// Every screen as the real box fills it, light and dark, wide and on a phone; pictures of all are kept.
import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { judge, misfits, newPage } from '../e2e/browser.mjs';
import { ADMIN, TARGET } from './box.mjs';
import { fill } from './filled.mjs';
import { signIn, test } from './house.mjs';

const PICTURES = join(TARGET, 'page-pictures');
const VIEWS = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];

const newest = async (house) => (await house.admin.get('calls')).calls.find((call) => call.went === 'voicemail').id;
/** Where each is, what shows that it is there, and what is done to it. */
const SCREENS = {
  overview: { hash: 'overview', ready: '[role=grid]' },
  live: { hash: 'live', ready: '[role=grid]' },
  calls: { hash: 'calls', ready: '[role=grid]' },
  story: { hash: async (house) => `calls/${await newest(house)}`, ready: '.line' },
  voicemail: { hash: 'voicemail', ready: '.messages' },
  player: { hash: 'voicemail', ready: '.messages', act: (page) => page.locator('.play').first().click() },
  saved: { hash: 'voicemail?folder=saved', ready: '.messages' },
  trash: { hash: 'voicemail?folder=trash', ready: '.messages' },
  people: { hash: 'people', ready: '[role=grid]' },
  person: { hash: 'people/2', ready: 'form' },
  'new-person': { hash: 'people/new', ready: 'form', act: (page) => page.getByLabel('Number', { exact: true }).fill('1020') },
  phones: { hash: 'phones', ready: '[role=grid]' },
  phone: { hash: 'phones/1001a', ready: '.calls li' },
  trunks: { hash: 'trunks', ready: 'h1' },
  'new-trunk': { hash: 'trunks/add', ready: 'form' },
  import: { hash: 'people/import', ready: 'input[type=file]' },
  directory: { hash: 'directory', ready: '[role=grid]' },
  diversions: { hash: 'diversions', ready: 'main ul li' },
  console: { hash: 'console', ready: 'main .card' },
  codes: { hash: 'codes', ready: 'main li' },
  me: { hash: 'me', ready: 'h1' },
  contacts: { hash: 'directory/import', ready: 'h1' },
  extensions: { hash: 'extensions', ready: '[role=grid]' },
  callerids: { hash: 'caller-ids', ready: 'h1' },
  accounts: { hash: 'trunks/accounts', ready: 'h1' },
  authorizations: { hash: 'trunks/codes', ready: 'h1' },
  departments: { hash: 'people/departments', ready: 'h1' },
  sites: { hash: 'people/sites', ready: 'h1' },
  rights: { hash: 'rights', ready: 'dl dt' },
  groups: { hash: 'groups', ready: 'h1' },
  profiles: { hash: 'rights/profiles', ready: 'h1' },
  security: { hash: 'security', ready: 'h1' },
  system: { hash: 'system', ready: 'ol' },
  help: { hash: 'live', ready: '[role=grid]', act: (page) => page.keyboard.press('?'), then: 'dialog[open] section p' },
  palette: { hash: 'live', ready: '[role=grid]', act: (page) => page.keyboard.press('/'), then: 'dialog[open] [role=option]' },
  'not-found': { hash: 'nowhere', ready: 'h1' },
};

/** Light and dark. What axe finds in a screen it finds in the other views too; the mock's tests ask it of all. */
async function look(page, name) {
  const { width } = page.viewportSize();
  for (const colorScheme of ['light', 'dark']) {
    const find = width > 720 && colorScheme === 'light' ? judge : misfits;
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.screenshot({ path: join(PICTURES, `${name}-${width}-${colorScheme}.png`) });
    assert.deepEqual(await find(page), [], `${name}, ${colorScheme} at ${width} px`);
  }
}

export const pictures = test('every screen of a busy office is in order, light and dark, wide and narrow', async (browser, house) => {
  rmSync(PICTURES, { recursive: true, force: true });
  mkdirSync(PICTURES, { recursive: true });
  const pages = await Promise.all(VIEWS.map((view) => newPage(browser, view)));
  const link = await house.box.link();
  for (const page of pages) {
    await page.goto(link);
    await page.locator('form').waitFor();
    await look(page, 'setup');
  }
  await fill(house);
  // Both views side by side: most of the time is waiting for the browser's pictures.
  await Promise.all(pages.map((page) => walk(page, house)));
});

async function walk(page, house) {
  await page.goto(house.box.address);
  await page.reload();
  await page.getByLabel('E-mail or extension').waitFor();
  await look(page, 'login');
  await signIn(page, ADMIN.email, ADMIN.password);
  await page.getByRole('navigation', { name: 'Main menu' }).waitFor();
  for (const [name, { hash, ready, act, then }] of Object.entries(SCREENS)) {
    await page.goto(`${house.box.address}#/${typeof hash === 'string' ? hash : await hash(house)}`);
    await page.locator(ready).first().waitFor();
    await act?.(page);
    if (then) await page.locator(then).first().waitFor();
    await look(page, name);
    await page.keyboard.press('Escape');
  }
}
