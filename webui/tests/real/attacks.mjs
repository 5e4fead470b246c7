// Whoever can write a text that others see tries to make their browsers run it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { newPage } from '../e2e/browser.mjs';
import { ADMIN } from './box.mjs';
import { certificate } from './certificates.mjs';
import { signIn, test } from './house.mjs';
import { leaveMessage } from './message.mjs';
import { Caller, Refuser } from './sip.mjs';
import { tone, wav } from './sound.mjs';

const PIN = '739116';
/** Each says in its address which of them got through; names have 64 characters. */
const markup = (mark) => `"><img src=//evil.example/${mark} onerror=alert(1)>`;
const SCRIPT = "javascript:alert('person')//<svg onload=alert(1)>";
const OFFICE = markup('office');
const PERSON = markup('person');
/** What people write between digits, such as slashes and spaces, is left out of a dialled number. */
const NUMBER = '"><script><img>';
/** A user name that no phone has, in a request that proves nothing: whoever reaches the box writes it. */
const USER = '<img src=//evil.example/user onerror=alert(1)>';
/** More wrong passwords than are free, and as many as make an attack. */
const TRIES = 12;
const AGENT = `</td>${markup('agent')}<script>alert(1)</script>`;
/** Names of trunks are plain words. */
const TRUNK = 'carrier';
const ROUTE = markup('route');
/** What a carrier says beside its status. */
const PHRASE = markup('phrase');
/** Names of time groups have 40 characters. */
const GROUP = '<img src=//evil.example/group>';
/** Why a caller is blocked. */
const NOTE = markup('note');
/** The name of a certificate's owner, and the first of the names it is for. */
const OWNER = markup('owner');
const HOST = '<img src=//evil.example/host>';

/** Opens a screen, waits for a text of it, and looks whether any of what it shows became markup. */
async function shows(page, box, hash, texts) {
  await page.goto(`${box.address}#/${hash}`);
  for (const text of texts) await page.getByText(text).first().waitFor();
  assert.deepEqual(await strangers(page), [], hash);
}

/** Elements and attributes that no template of ours has. */
function strangers(page) {
  return page.evaluate(() => {
    const all = [...document.querySelectorAll('*')];
    const isStrange = (element) =>
      ['IMG', 'IFRAME', 'OBJECT', 'EMBED', 'BASE'].includes(element.tagName) ||
      (element.tagName === 'SCRIPT' && !element.src.startsWith(location.origin)) ||
      element.getAttributeNames().some((name) => name.startsWith('on')) ||
      /^\s*javascript:/i.test(element.getAttribute('href') ?? element.getAttribute('src') ?? '');
    return all.filter(isStrange).map((element) => element.outerHTML.slice(0, 120));
  });
}

/** An office whose name and administrator are markup. */
async function claimed(house) {
  house.admin = await house.box.claim({ name: OFFICE, country: 'GB', language: 'en', time_zone: 'Europe/Berlin' }, { ...ADMIN, name: SCRIPT });
}

/** Somebody's page, signed in; a dialog of the browser is a fault of it. */
async function opened(browser, box, login, secret) {
  const page = await newPage(browser);
  page.on('dialog', (dialog) => (page.faults.push(`dialog: ${dialog.message()}`), void dialog.dismiss()));
  await page.goto(box.address);
  await page.getByText(OFFICE).first().waitFor();
  await signIn(page, login, secret);
  await page.getByRole('navigation', { name: 'Main menu' }).waitFor();
  return page;
}

export const callersStayText = test('markup in names, numbers, passwords and user agents of phones is shown as text on every screen', async (browser, house) => {
  const { box } = house;
  await claimed(house);
  const attacker = await house.addPerson(PERSON, '1001');
  const victim = await house.addPerson('Desk South', '1002');
  await house.admin.post(`people/${victim.person.id}/pin`, { pin: PIN });

  // A phone that calls itself and whom it calls by markup, and calls nobody under such a number.
  const phone = await house.phone({ ...attacker.desk, display: PERSON.replaceAll('"', '\\"') });
  const caller = await Caller.open(box, attacker.desk, { agent: AGENT, display: markup('display') });
  await caller.registers();
  const status = await caller.calls(NUMBER);
  assert.ok(status >= 400 && status < 500, `${status}`);
  await leaveMessage(house, phone, '1002', 3);
  const guesser = await Caller.open(box, { extension: '1001', user: USER, secret: 'guessed' }, { agent: AGENT, display: markup('guesser') });
  await guesser.guesses(TRIES);

  const page = await opened(browser, box, ADMIN.email, ADMIN.password);
  await shows(page, box, 'overview', [PERSON, AGENT, `such as ${USER}`]);
  await shows(page, box, 'security', [USER]);
  await shows(page, box, 'phones', [PERSON, AGENT]);
  await shows(page, box, 'phones/1001a', [PERSON, AGENT]);
  await shows(page, box, 'calls', [PERSON, NUMBER]);
  const { calls } = await house.admin.get('calls');
  for (const call of calls) await shows(page, box, `calls/${call.id}`, [PERSON, 'What happened']);
  await shows(page, box, 'people', [PERSON, SCRIPT]);
  await shows(page, box, `people/${attacker.person.id}`, [PERSON]);
  await shows(page, box, 'system', [PERSON, OFFICE, `by ${SCRIPT}`]);
  await shows(page, box, 'me', [SCRIPT]);
  await shows(page, box, `calls?q=${encodeURIComponent(markup('search'))}`, [markup('search')]);
  await shows(page, box, encodeURIComponent(markup('address')), ['Not found']);
  await page.keyboard.press('/');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.type(PERSON);
  await page.getByText(`Search calls for “${PERSON}”`).waitFor();
  assert.deepEqual(await strangers(page), [], 'palette');
  await page.keyboard.press('Escape');
  await phone.dials('1002');
  await shows(page, box, 'live', [PERSON]);
  await phone.hangsUp();

  const owner = await opened(browser, box, '1002', PIN);
  await shows(owner, box, 'voicemail', [PERSON]);
  await owner.getByRole('button', { name: 'Play the message of' }).click();
  await owner.waitForFunction(() => document.querySelector('audio')?.currentTime > 0);
  const [download] = await Promise.all([owner.waitForEvent('download'), owner.getByRole('link', { name: 'Download the message of' }).click()]);
  assert.match(download.suggestedFilename(), /^[\d-]+ 1001\.wav$/);

  // Made undone and deleted, names come in notes too.
  await page.goto(`${box.address}#/people/${attacker.person.id}`);
  await page.getByRole('button', { name: 'Add a phone' }).click();
  await page.getByRole('dialog').getByText(PERSON).waitFor();
  assert.deepEqual(await strangers(page), [], 'shown once');
  await page.getByRole('button', { name: 'I have entered or copied them' }).click();
  await page.getByRole('button', { name: `Delete ${PERSON}` }).click();
  await page.locator('.toast', { hasText: PERSON }).waitFor();
  assert.deepEqual(await strangers(page), [], 'toast');
  await Promise.all([caller.end(), guesser.end()]);
});

export const settingsStayText = test('markup in names of routes and time groups, and in what a carrier answers, is shown as text', async (browser, house) => {
  const { box } = house;
  await claimed(house);
  const { admin } = house;
  const { person } = await house.addPerson(PERSON, '1001');
  const carrier = await Refuser.open(PHRASE);
  await admin.post('trunks', { name: TRUNK, server: carrier.own, user: 'user', secret: 'secret' });
  const { etag } = await admin.get('trunks');
  await admin.ask('PUT', 'routes', { routes: [{ name: ROUTE, patterns: [], trunks: [TRUNK] }] }, { 'If-Match': `"${etag}"` });
  await admin.post('time-groups/office', { name: GROUP, times: ['Mon-Sun 00:00-24:00'] });
  const rules = await admin.get(`answering/${person.id}`);
  await admin.ask('POST', `answering/${person.id}/rules`, { when: GROUP, dnd: true }, { 'If-Match': `"${rules.etag}"` });

  const answering = await admin.get(`answering/${person.id}`);
  const callers = [{ number: '+4930*', allow: false, note: NOTE }];
  const { rules: own, otherwise, diversions } = answering;
  await admin.ask('PUT', `answering/${person.id}`, { rules: own, otherwise, diversions, callers }, { 'If-Match': `"${answering.etag}"` });

  const page = await opened(browser, box, ADMIN.email, ADMIN.password);
  await shows(page, box, 'trunks', [TRUNK, ROUTE]);
  await shows(page, box, `trunks/trunk/${TRUNK}`, [TRUNK, PHRASE]);
  await shows(page, box, 'times', [GROUP]);
  await shows(page, box, `answering/${person.id}`, [GROUP]);
  await shows(page, box, 'overview', [TRUNK]);
  await shows(page, box, 'system', [`Trunk ${TRUNK}`, `Route ${ROUTE}`, GROUP, NOTE]);
  await page.goto(`${box.address}#/trunks`);
  await page.getByRole('button', { name: `Delete ${ROUTE}` }).click();
  await page.locator('.toast', { hasText: ROUTE }).waitFor();
  assert.deepEqual(await strangers(page), [], 'toast');
  await carrier.end();
});

export const filesStayText = test('markup in names of files and in certificates is shown as text', async (browser, house) => {
  const { box } = house;
  await claimed(house);
  const { person } = await house.addPerson(PERSON, '1001', { email: 'north@office.example' });
  await house.admin.post(`people/${person.id}/password`, { password: ADMIN.password });
  const page = await opened(browser, box, ADMIN.email, ADMIN.password);

  // A certificate for such a host, and of such an owner.
  const { chain, key } = certificate({ names: [HOST, 'localhost'], subject: OWNER });
  await shows(page, box, 'system', [OFFICE]);
  await page.getByRole('button', { name: 'Upload a certificate' }).click();
  const pem = (label) => page.getByLabel(`Take it from a file: ${label}`);
  const given = (text, mark) => ({ name: `${markup(mark)}.pem`, mimeType: 'application/x-pem-file', buffer: Buffer.from(text) });
  await pem('Certificate with its chain').setInputFiles(given(`${markup('chain')}\n${chain}`, 'file'));
  await pem('Private key').setInputFiles(given(key, 'file'));
  assert.deepEqual(await strangers(page), [], 'files of a certificate');
  await page.getByRole('button', { name: 'Use it now' }).click();
  await page.getByText(OWNER).first().waitFor();
  await page.getByText(HOST).first().waitFor();
  assert.deepEqual(await strangers(page), [], 'certificate');

  // A backup, on its way and when it has come.
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download a backup' }).click()]);
  const backup = { name: `${markup('backup')}.tar`, mimeType: 'application/x-tar', buffer: readFileSync(await download.path()) };
  const held = new Promise((resolve) => void page.route('**/api/backup', resolve));
  await page.getByLabel('Choose a backup').setInputFiles(backup);
  await page.getByText(backup.name).waitFor();
  assert.deepEqual(await strangers(page), [], 'a backup on its way');
  await (await held).continue();
  await page.getByRole('heading', { name: 'The backup is good' }).waitFor();
  assert.deepEqual(await strangers(page), [], 'a backup');

  // A greeting, refused and taken.
  const owner = await opened(browser, box, 'north@office.example', ADMIN.password);
  await shows(owner, box, 'voicemail', [PERSON]);
  for (const [sound, said] of [[Buffer.from(SCRIPT), /./], [wav(tone(850, 2)), 'Callers hear the new greeting']]) {
    await owner.getByLabel('Choose a greeting').setInputFiles({ name: `${markup('greeting')}.wav`, mimeType: 'audio/wav', buffer: sound });
    await owner.getByRole('alert').or(owner.locator('.toast')).filter({ hasText: said }).first().waitFor();
    assert.deepEqual(await strangers(owner), [], 'a greeting');
  }
});
