// What people do on the page, from the first boot on.
import assert from 'node:assert/strict';
import { before, restores, restoresAtSetup, undoes } from './backup.mjs';
import { judge, newPage } from './browser.mjs';
import { reads } from './ladder.mjs';
import { sounding } from './office.mjs';
import { edits, ordersRoutes, seesWhy, setsUp, tests } from './trunks.mjs';

const test = (name, run) => ({
  name,
  run: async (browser, server) => {
    const page = await newPage(browser);
    await run(page, server, browser);
    assert.deepEqual(page.faults, []);
  },
});
const signedIn = (name, hash, run) =>
  test(name, async (page, server, browser) => {
    server.state.isSignedIn = true;
    await page.goto(server.address + hash);
    await run(page, server, browser);
  });
const toast = (page, text) => page.locator('[role=status] .toast', { hasText: text }).waitFor();

export const firstBoot = test('a new box is set up, and the administrator is in', async (page, server) => {
  server.state.hello.needs_setup = true;
  await page.goto(`${server.address}#/setup?token=token-of-the-console`);
  await page.getByLabel('Office name').waitFor();
  assert.ok(!page.url().includes('token-of'), 'the token leaves the address');
  assert.equal(await page.getByLabel('Country').inputValue(), 'GB');
  assert.equal(await page.getByLabel('Time zone').inputValue(), 'Europe/Berlin');
  await page.getByRole('button', { name: 'Set up and sign in' }).click();
  await page.getByText('4 fields need a look').waitFor();
  assert.ok(await page.getByLabel('Office name').evaluate((field) => field === document.activeElement), 'the first fault has the focus');
  await page.getByLabel('Office name').fill('Harbour Office');
  await page.getByLabel('Name', { exact: true }).fill('Front Desk');
  await page.getByLabel('E-mail').fill('desk@office.example');
  await page.getByLabel('Password').fill('office2026');
  await page.getByText('Easy to guess').waitFor();
  await page.getByRole('button', { name: 'Set up and sign in' }).click();
  await page.getByText('it is easy to guess').waitFor();
  await page.getByLabel('Password').fill('correct horse battery');
  await page.getByText('Strong').waitFor();
  await page.getByRole('button', { name: 'Set up and sign in' }).click();
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
});

export const restored = signedIn('a backup is checked, and only then put in place', '#/system', restores);

export const restoredAtSetup = test('a new box takes a backup instead of the setup', async (page, server) => {
  server.state.hello.needs_setup = true;
  await page.goto(`${server.address}#/setup?token=token-of-the-console`);
  await restoresAtSetup(page, server);
});

export const putBack = signedIn('the office before a restore is put back', '#/overview', async (page, server) => {
  server.state.before = before;
  await page.goto(`${server.address}#/system`);
  await undoes(page, server);
});

export const signIn = test('who signs in wrongly is told, and by PIN sees calls and voicemail', async (page, server) => {
  await page.goto(server.address);
  await page.getByLabel('E-mail or extension').fill('1001');
  await page.getByLabel('Password or PIN').fill('0000');
  await page.getByLabel('Password or PIN').press('Enter');
  await page.getByText('the name or the password is wrong').waitFor();
  await page.getByLabel('Password or PIN').fill('4711');
  await page.getByLabel('Password or PIN').press('Enter');
  await page.getByRole('heading', { name: 'Voicemail' }).waitFor();
  await page.getByRole('link', { name: /4 new messages/ }).first().waitFor();
  assert.deepEqual((await page.locator('nav[aria-label="Main menu"] li a').allInnerTexts()).map((text) => text.replace(/\s+/g, ' ')), ['Calls', 'Voicemail 4 (4 new messages)', 'Directory', 'Console', 'Codes', 'Me']);
  await page.goto(`${server.address}#/people`);
  await page.getByRole('heading', { name: 'Not found' }).waitFor();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  assert.equal(server.state.isSignedIn, false);
});

export const trust = test('anybody finds the certificate, for this device and for a phone, in both languages', async (page, server) => {
  await page.goto(server.address);
  await page.getByRole('link', { name: 'Does the browser warn of this page?' }).click();
  await page.getByRole('heading', { name: 'Trust this box' }).waitFor();
  assert.equal(await page.locator('.fingerprint').textContent(), server.state.authority.fingerprint);
  await page.getByRole('heading', { name: 'This device: Linux: Chrome and Chromium' }).waitFor();
  await page.getByText('http://192.168.1.10:8080/certificate').waitFor();
  assert.equal(await page.getByRole('link', { name: 'Download the certificate' }).getAttribute('href'), '/ca.crt');
  assert.ok(!(await page.getByText('Safari').isVisible()), 'other devices are closed');
  await page.getByText('iPhone and iPad').click();
  await page.getByText('Certificate Trust Settings').waitFor();
  await page.getByRole('button', { name: /Deutsch/ }).click();
  await page.getByRole('heading', { name: 'Dieser Box vertrauen' }).waitFor();
  assert.deepEqual(server.log.filter((line) => !/hello|me$/.test(line)), ['GET /api/authority'], 'nothing that needs a sign-in');
});

export const reset = test('an administrator gets a new password by the link of the console', async (page, server) => {
  for (const [token, text] of [['used', 'was used already'], ['late', 'has expired'], ['guess', 'does not hold']]) {
    await page.goto(`${server.address}#/reset?token=${token}`);
    await page.getByLabel('E-mail').waitFor();
    assert.ok(!page.url().includes(token), 'the token leaves the address');
    await page.getByLabel('Password').fill('correct horse battery');
    await page.getByRole('button', { name: 'Save and sign in' }).click();
    await page.getByText(text).waitFor();
    await page.getByText('bellboxd reset-admin DIR').waitFor();
  }
  await page.getByRole('link', { name: 'Go to the sign-in' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.goto(`${server.address}#/reset?token=token-of-the-console`);
  await page.getByLabel('Password').fill('short');
  await page.getByRole('button', { name: 'Save and sign in' }).click();
  await page.getByText('Use at least 10 characters.').waitFor();
  await page.getByLabel('Password').fill('correct horse battery');
  await page.getByRole('button', { name: 'Save and sign in' }).click();
  await page.getByText('write the e-mail address of an administrator').waitFor();
  await page.getByLabel('E-mail').fill('desk@office.example');
  await page.getByRole('button', { name: 'Save and sign in' }).click();
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
});

export const noMailbox = test('whoever has no extension is told that there is no mailbox, and nothing fails', async (page, server) => {
  server.state.isSignedIn = true;
  server.state.people[0].extension = null;
  await page.goto(`${server.address}#/voicemail`);
  await page.getByText('You have no mailbox').waitFor();
  await page.goto(`${server.address}#/me`);
  await page.getByRole('heading', { name: 'Front Desk' }).waitFor();
  assert.deepEqual(server.log.filter((line) => /greeting/.test(line)), []);
});

export const certificate = signedIn('a certificate is uploaded, taken back, and left for the box\'s own', '#/system', async (page, server) => {
  await page.getByText('The box’s own', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Upload a certificate' }).click();
  await page.getByLabel('Certificate with its chain', { exact: true }).fill('-----BEGIN CERTIFICATE-----\nx');
  await page.getByLabel('Private key', { exact: true }).fill('-----BEGIN PRIVATE KEY-----\nother');
  await page.getByRole('button', { name: 'Use it now' }).click();
  await page.getByText('the key is not that of the first certificate').waitFor();
  const file = { name: 'key.pem', mimeType: 'text/plain', buffer: Buffer.from('-----BEGIN PRIVATE KEY-----\ngood') };
  await page.getByLabel('Take it from a file: Private key').setInputFiles(file);
  await page.getByRole('button', { name: 'Use it now' }).click();
  await toast(page, 'The uploaded certificate is in use');
  await page.getByText('Expires in 18 days').waitFor();
  await page.getByText('Not for 192.168.1.10: there browsers warn').waitFor();
  await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
  await page.getByText('The box’s own', { exact: true }).waitFor();
  assert.ok(server.log.includes('POST /api/certificate/undo'));
  assert.equal(server.log.filter((line) => line === 'GET /api/system').length, 1, 'health is not polled');
});

export const ended = signedIn('a login session that ends elsewhere leads back to the sign-in', '#/people', async (page, server) => {
  await page.getByRole('grid').waitFor();
  server.state.isSignedIn = false;
  server.tell('config');
  await page.getByText('Your session has ended').waitFor();
});

export const live = signedIn('a call that ends leaves the screen, and one is hung up', '#/live', async (page, server) => {
  await page.getByRole('button', { name: 'Hang up for both: Front Desk to Workshop' }).waitFor();
  server.state.live = server.state.live.filter((call) => call.id !== 815);
  const began = Date.now();
  server.tell('calls');
  await page.getByText('Warehouse', { exact: true }).waitFor({ state: 'detached' });
  assert.ok(Date.now() - began < 2000, 'by its event, not by a poll');
  await page.getByRole('button', { name: 'Hang up for both: Front Desk to Workshop' }).click();
  await page.getByText('Workshop', { exact: true }).waitFor({ state: 'detached' });
  assert.ok(server.log.includes('POST /api/live/812/hangup'));
});

export const sound = signedIn('how a call sounds is shown while it is up, with the reason', '#/live', async (page, server) => {
  const row = page.getByRole('row', { name: /Front Desk/ });
  await row.getByText('Good', { exact: true }).waitFor();
  await row.getByText('G.711 A', { exact: true }).waitFor();
  await page.getByText('G.711 A ↔ G.711 µ').waitFor();
  Object.assign(server.state.live[0], sounding('poor', ['1001', 'PCMA', 'good'], ['1002', 'PCMA', 'poor']));
  const began = Date.now();
  server.tell('sound');
  await row.getByText('Poor', { exact: true }).waitFor();
  assert.ok(Date.now() - began < 2000, 'by its event, not by a poll');
  await row.getByRole('button', { name: 'Poor G.711 A Figures' }).click();
  await row.getByText('from the phone: 11.5% lost, jitter 3 ms').waitFor();
  await row.getByText('Workshop 1002').last().waitFor();
  // They go on to change while somebody looks at them.
  Object.assign(server.state.live[0], sounding('good', ['1001', 'PCMA', 'good'], ['1002', 'PCMA', 'good']));
  server.tell('sound');
  await row.getByText('from the phone: 11.5% lost').waitFor({ state: 'detached' });
  await row.getByText('ITU-T G.107').waitFor();
  await page.getByRole('heading', { name: 'Live calls' }).click();
  await row.getByText('ITU-T G.107').waitFor({ state: 'detached' });
});

export const soundByTouch = {
  name: 'the figures of a call are opened by a finger on a phone',
  run: async (browser, server) => {
    server.state.isSignedIn = true;
    const page = await newPage(browser, { width: 390, height: 844 });
    await page.goto(`${server.address}#/live`);
    await page.getByRole('button', { name: 'Poor G.711 A ↔ G.711 µ Figures' }).tap();
    await page.getByText('from the phone: 11.5% lost, jitter 3 ms').waitFor();
    assert.deepEqual(await judge(page), []);
  },
};

export const phones = signedIn('phones tell whether they are reached, as it changes, and lead to their calls', '#/phones', async (page, server) => {
  const row = (name) => page.getByRole('row', { name: new RegExp(name) });
  await row('1001a').getByText('Registered', { exact: true }).waitFor();
  await row('1002a').getByText('Does not answer').waitFor();
  await row('1004a').getByText('Never seen').waitFor();
  await row('1003a').getByText('the password is wrong').waitFor();
  server.state.reach['1001a'] = 'unreachable';
  // The event alone brings it: while the stream is open, nothing is polled.
  server.tell('status');
  await row('1001a').getByText('Does not answer').waitFor();
  await page.getByLabel('Search phones').fill('accounts');
  assert.equal(await page.getByRole('row').count(), 2);
  await page.getByRole('link', { name: '1003a' }).click();
  await page.getByRole('heading', { name: 'Phone 1003a' }).waitFor();
  await page.getByText('sip:1003a').waitFor();
  await page.getByText('192.168.10.34').waitFor();
  await page.getByRole('heading', { name: 'Last calls of 1003' }).waitFor();
  const calls = page.locator('.calls a');
  await calls.nth(3).waitFor();
  await calls.first().click();
  await page.getByText('What happened').waitFor();
  await page.goto(`${server.address}#/phones/none`);
  await page.getByText('There is no phone none any more').waitFor();
});

export const tollGuard = signedIn('limits of calls to the outside are seen, changed and taken back', '#/security', async (page, server) => {
  const card = page.locator('section', { has: page.getByRole('heading', { name: 'Calls to the outside' }) });
  await card.getByRole('listitem').filter({ hasText: '1003 Accounts' }).getByText('12 calls refused').waitFor();
  await card.getByText('10 calls at once, costly calls at night too').waitFor();
  await card.getByRole('button', { name: 'Change the limits' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('At the same time').first().fill('0');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText('1 to 1').first().waitFor();
  await form.getByLabel('At the same time').first().fill('2');
  await form.getByLabel('No costly calls between').fill('25:00-06:00');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText('a span of the day is two different times').waitFor();
  await form.getByLabel('No costly calls between').fill('22:00-06:00');
  await form.getByRole('button', { name: 'Remove the limits of 1004' }).click();
  await form.getByRole('button', { name: 'Add an extension' }).click();
  await form.getByLabel('Extension').selectOption('1002');
  await form.getByLabel('Begun within an hour').last().fill('5');
  await form.getByRole('button', { name: 'Save' }).click();
  await toast(page, 'Saved');
  const { at_once, per_hour, night, extensions } = server.state.toll;
  assert.deepEqual([at_once, per_hour, night], [2, 60, '22:00-06:00']);
  assert.deepEqual(extensions, [{ extension: '1002', at_once: null, per_hour: 5, at_night: false }]);
  await card.getByText('22:00-06:00').waitFor();
  await card.getByText('5 calls an hour').waitFor();
});

export const officeCallers = signedIn('callers from outside are kept out and let in again', '#/security', async (page, server) => {
  const card = page.locator('section', { has: page.getByRole('heading', { name: 'Callers who reach nobody' }) });
  await card.getByText('+4940* blocked: sells windows').waitFor();
  await card.getByText('Callers without a number hear that such calls are not taken.').waitFor();
  await card.getByRole('button', { name: 'Change the callers' }).click();
  const form = page.getByRole('dialog');
  await form.getByRole('button', { name: 'Add a caller' }).click();
  const added = form.getByRole('group').last();
  await added.getByLabel('Number', { exact: true }).fill('nobody');
  await form.getByRole('button', { name: 'Save' }).click();
  await added.getByText('Write digits, as in').waitFor();
  await added.getByLabel('Number', { exact: true }).fill('+49 40 *');
  await added.getByText('on the list already').waitFor();
  await added.getByLabel('Number', { exact: true }).fill('+49 (89) 12-34');
  await added.getByLabel('Note', { exact: true }).fill('too often');
  await added.getByLabel('Until', { exact: true }).fill('2027-03-01T09:00');
  await form.getByRole('button', { name: 'Remove +49405551*' }).click();
  await form.getByLabel('Blocked callers', { exact: true }).selectOption('busy');
  await form.getByLabel('Callers without a number', { exact: true }).selectOption('');
  await form.getByRole('button', { name: 'Save' }).click();
  await toast(page, 'Saved');
  await card.getByText('+49891234 blocked: too often').waitFor();
  const { callers, blocked_hear, anonymous_hear } = server.state.callers;
  assert.deepEqual([blocked_hear, anonymous_hear, callers.length], ['busy', null, 2]);
  assert.deepEqual(callers[1], { number: '+49891234', allow: false, until: '2027-03-01T08:00:00.000Z', note: 'too often' });
});

export const ownCallers = signedIn('whose calls one takes is said in a list of one\'s own', '#/answering', async (page, server) => {
  const card = page.locator('section', { has: page.getByRole('heading', { name: 'Whose calls are taken' }) });
  await card.getByText('Nobody is on the list.').waitFor();
  await card.getByRole('button', { name: 'Change the callers' }).click();
  const form = page.getByRole('dialog');
  await form.getByRole('button', { name: 'Add a caller' }).click();
  await form.getByLabel('Number', { exact: true }).fill('0170 5550100');
  await form.getByLabel('Their calls are').selectOption('allowed');
  await form.getByRole('button', { name: 'Save' }).click();
  await toast(page, 'Saved');
  await card.getByText('01705550100 put through').waitFor();
  assert.equal(server.state.answering.callers[0].allow, true);
});

export const attack = signedIn('who tries wrong passwords is seen as it happens, and an address is let in again', '#/overview', async (page, server) => {
  const card = page.locator('section', { has: page.getByRole('heading', { name: 'Failed registrations' }) });
  await card.getByText('No phone has this user name').first().waitFor();
  await card.getByRole('link', { name: 'See all 4 under Security' }).click();
  const entry = (text) => page.getByRole('listitem').filter({ hasText: text });
  await entry('1003a-x7k2 (1003 Accounts)').getByText('Not slowed').waitFor();
  await page.getByText('41,400 a minute').waitFor();
  await entry('2001:db8:7::/64').getByText('90 a minute').waitFor();
  server.state.attempts = [{ ...server.state.attempts[2], user: '1005a', count: 20, blocked_until: new Date(Date.now() + 60_000).toISOString() }, ...server.state.attempts];
  server.tell('attempts');
  await entry('1005a').getByText(/^Slowed until/).waitFor();
  await entry('1000').getByRole('button', { name: 'Let it try again now: 203.0.113.66 (1000)' }).click();
  await toast(page, '203.0.113.66 may try again.');
  await entry('1000').getByText('Not slowed').waitFor();
  await entry('1005a').getByText(/^Slowed until/).waitFor();
  assert.ok(server.log.includes('POST /api/attempts/203.0.113.66/unblock'));
  await page.keyboard.press('/');
  await page.keyboard.type('secur');
  await page.getByRole('option', { name: 'Security' }).waitFor();
});

export const broken = signedIn('a lost connection is said, what was there stays, and all is new afterwards', '#/live', async (page, server) => {
  await page.getByText('Workshop', { exact: true }).waitFor();
  server.state.isDown = true;
  server.drop();
  await page.getByText('Reconnecting').waitFor();
  assert.ok(await page.getByText('Workshop', { exact: true }).isVisible());
  server.state.live = [];
  server.state.isDown = false;
  await page.getByText('Nobody is on the phone').waitFor();
  await page.getByText('Reconnecting').waitFor({ state: 'detached' });
});

export const oneStream = signedIn('two tabs share one stream, and both hear', '#/live', async (page, server) => {
  await page.getByText('Workshop', { exact: true }).waitFor();
  const second = await page.context().newPage();
  await second.goto(`${server.address}#/live`);
  await second.getByText('Workshop', { exact: true }).waitFor();
  server.state.live = [];
  server.tell('calls');
  await page.getByText('Nobody is on the phone').waitFor();
  await second.getByText('Nobody is on the phone').waitFor();
  assert.equal(server.log.filter((line) => line === 'GET /api/events').length, 1);
  await page.close();
  server.state.live = [{ id: 900, from: '1003', from_name: 'Accounts', to: '1004', to_name: 'Warehouse', state: 'talking', since: new Date().toISOString(), ...sounding('none', ['1003', 'PCMA', 'none']) }];
  await second.getByText('Accounts', { exact: true }).waitFor();
});

export const calls = signedIn('calls are searched, paged and read', '#/calls', async (page) => {
  await page.getByRole('row').nth(50).waitFor();
  await page.getByRole('button', { name: 'Load more' }).click();
  await page.getByRole('row').nth(100).waitFor();
  await page.getByLabel('Number, name or reason').fill('left a message');
  await page.waitForFunction(() => document.querySelectorAll('[role=row]').length < 40);
  assert.ok(page.url().includes('q=left+a+message'));
  await page.getByLabel('Number, name or reason').fill('no such thing');
  await page.getByText('No call fits').waitFor();
  await page.getByRole('button', { name: 'Show all calls' }).click();
  await page.getByRole('row').nth(2).getByRole('gridcell').nth(2).click();
  await page.getByText('What was decided, and why').waitFor();
  await page.getByText('ring 1005 for 25 s').waitFor();
});

export const messages = signedIn('the messages of a call are read by pointer and by key, and copied', '#/calls/811', reads);

export const voicemail = signedIn('a message is played, sought in, deleted and taken back', '#/voicemail', async (page, server) => {
  await page.getByRole('button', { name: 'Play the message of Unknown caller' }).click();
  const audio = page.locator('audio');
  await page.waitForFunction(() => document.querySelector('audio')?.currentTime > 0.2);
  await page.getByRole('button', { name: 'Ahead 5 seconds' }).click();
  await page.waitForFunction(() => document.querySelector('audio').currentTime > 5);
  await page.getByLabel('Speed').selectOption('2×');
  assert.equal(await audio.evaluate((element) => element.playbackRate), 2);
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByLabel('Position').fill('12');
  await page.waitForFunction(() => document.querySelector('audio').currentTime === 12);
  await page.getByRole('button', { name: 'Delete the message of Unknown caller' }).click();
  await page.getByText('Unknown caller').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo' }).waitFor();
  assert.equal(server.state.messages.find(({ id }) => id === 38).folder, 'trash');
  await page.getByRole('button', { name: 'Undo' }).click();
  await toast(page, 'Undone');
  await page.getByText('Unknown caller').waitFor();
  assert.equal(server.state.messages.find(({ id }) => id === 38).folder, 'new');
});

export const waiting = signedIn('new messages are counted in the menu and on the overview, as they come and go', '#/overview', async (page, server) => {
  const entry = page.getByRole('navigation', { name: 'Main menu' }).getByRole('link', { name: 'Voicemail' });
  const counts = (n) => page.waitForFunction((text) => [...document.querySelectorAll('nav li a')].some((link) => link.textContent.includes(text)), `(${n} new message${n === 1 ? '' : 's'})`);
  const figure = page.locator('.figure', { hasText: 'New messages' });
  await counts(4);
  await figure.getByText('4', { exact: true }).waitFor();
  // By phone, meanwhile.
  const fresh = server.state.messages.filter(({ folder }) => folder === 'new');
  for (const message of fresh.slice(1)) message.folder = 'saved';
  server.tell('voicemail');
  await counts(1);
  await figure.getByText('1', { exact: true }).waitFor();
  fresh[0].folder = 'trash';
  server.tell('voicemail');
  await page.waitForFunction(() => document.querySelector('nav li .count') === null);
  assert.equal((await entry.innerText()).trim(), 'Voicemail');
  await page.getByText('Mailbox of 1003 is full').waitFor();
  await page.locator('.issue', { hasText: 'Mailbox of 1003' }).getByRole('link', { name: 'Open People' }).click();
  await page.getByRole('heading', { name: 'Accounts' }).waitFor();
  server.state.full = ['1004'];
  await page.goBack();
  server.tell('status');
  await page.getByText('Mailbox of 1004 is full').waitFor();
  await page.getByText('Mailbox of 1003 is full').waitFor({ state: 'detached' });
});

export const greeting = signedIn('a greeting is chosen, heard, refused and taken back', '#/voicemail', async (page, server) => {
  await page.getByText('Your name in your own voice').waitFor();
  await page.getByRole('button', { name: 'Play what the box says' }).click();
  await page.waitForFunction(() => document.querySelector('audio')?.currentTime > 0.2);
  await page.getByRole('button', { name: 'Close' }).click();
  const choose = (name, text) =>
    page.getByLabel('Choose a greeting').setInputFiles({ name, mimeType: 'audio/wav', buffer: Buffer.from(text) });
  await choose('../../hello.wav', 'ID3 and more');
  await page.getByRole('alert').getByText('this is an MP3 file').waitFor();
  const input = page.getByLabel('Choose a greeting');
  const hasFocus = () => input.evaluate((field) => field === document.activeElement);
  await input.focus();
  server.state.delay = 300;
  await choose('hello.wav', 'RIFF and more');
  await page.getByText('The file is being taken').waitFor({ state: 'attached' });
  assert.ok((await hasFocus()) && (await input.getAttribute('aria-disabled')) === 'true', 'it keeps the focus while it takes no other file');
  server.state.delay = 0;
  await toast(page, 'Callers hear the new greeting');
  assert.ok(await hasFocus());
  await page.getByText('Your own greeting.').waitFor();
  assert.equal(await page.getByRole('alert').count(), 0);
  await page.getByRole('button', { name: 'Play the greeting' }).click();
  await page.waitForFunction(() => document.querySelector('audio')?.currentTime > 0.2);
  await page.getByRole('button', { name: 'Back to the box’s greeting' }).click();
  await page.getByText('Your name in your own voice').waitFor();
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await page.getByText('Your own greeting.').waitFor();
  // By phone, meanwhile.
  server.state.greeting.greeting = null;
  server.tell('voicemail');
  await page.getByText('Your name in your own voice').waitFor();
});

export const addPerson = signedIn('a person is added, and the phone’s credentials are shown once', '#/people/new', async (page, server) => {
  await page.getByLabel('Name').fill('Night Watch');
  await page.getByLabel('Number', { exact: true }).fill('1029');
  // A colleague is quicker, and no event has said so yet.
  server.state.people.push({ ...server.state.people[1], id: 99, name: 'Day Watch', extension: '1029' });
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText('it belongs to somebody else').waitFor();
  await page.getByLabel('Number', { exact: true }).fill('1030');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText('tQ7-vk2N-xP4m-Rz9d').waitFor();
  await page.keyboard.press('Escape');
  assert.ok(await page.getByText('tQ7-vk2N-xP4m-Rz9d').isVisible(), 'Escape does not lose what is shown once');
  await page.getByRole('button', { name: 'I have entered or copied them' }).click();
  await page.getByRole('link', { name: 'Night Watch' }).waitFor();
  assert.ok(server.state.people.some((person) => person.name === 'Night Watch'));
  await page.getByRole('button', { name: 'Undo' }).click();
  await toast(page, 'Undone');
  assert.ok(server.log.some((line) => /POST \/api\/revisions\/\d+\/undo/.test(line)));
});

export const takenExtension = signedIn('f11 whose an extension is, is said while it is typed', '#/people/new', async (page, server) => {
  const number = page.getByLabel('Number', { exact: true });
  await number.fill('1002');
  await page.getByText('1002 is the extension of Workshop: choose another.').first().waitFor();
  assert.equal(await number.getAttribute('aria-invalid'), 'true');
  await number.fill('1031');
  await page.getByText('1002 is the extension of Workshop').waitFor({ state: 'detached' });
  await number.fill('7012');
  server.state.codes = { ...server.state.codes, etag: 'c2', codes: [...server.state.codes.codes, { ...server.state.codes.codes[3], feature: 'pickup', code: '70', does: 'a pickup' }] };
  server.tell('config');
  await page.getByText('7012 is taken by the code 70 for a pickup: choose another.').first().waitFor();
  await page.getByLabel('Name', { exact: true }).fill('Night Watch');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  assert.ok(!server.log.some((line) => line.startsWith('POST /api/people')), 'what is taken is not sent');
  await page.goto(`${server.address}#/people/2`);
  await page.getByLabel('Number', { exact: true }).waitFor();
  assert.equal(await page.getByLabel('Number', { exact: true }).getAttribute('aria-invalid'), null, 'nobody stands in their own way');
});

export const conflict = signedIn('who saves over somebody else’s change is asked first', '#/people/2', async (page, server) => {
  await page.getByLabel('Ring time in seconds').fill('400');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Write 5 to 120 seconds, or 0 to ring until the caller gives up').waitFor();
  await page.getByLabel('Ring time in seconds').fill('40');
  Object.assign(server.state.people[1], { etag: 'newer', name: 'Workshop North' });
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Somebody else has changed this meanwhile').waitFor();
  await page.getByRole('button', { name: 'Overwrite with mine' }).click();
  await toast(page, 'Saved');
  assert.equal(server.state.people[1].ring_s, 40);
});

export const outside = signedIn('how far an extension may call is explained, saved and taken back', '#/people/2', async (page, server) => {
  const person = server.state.people[1];
  await page.getByText('The whole country, mobile phones too').waitFor();
  await page.getByLabel('Outside calls').selectOption('International');
  await page.getByText('A stolen phone can cost much').waitFor();
  await page.getByLabel('Account code before calls outside').selectOption('Asked for, may be skipped');
  await page.getByLabel('Pickup group').fill('Yard');
  await page.getByLabel('Ring during a call').click();
  await page.getByLabel('Beep before intercom calls').click();
  await page.getByLabel('Show who calls from outside').click();
  await page.getByLabel('Private lamp').click();
  await page.getByLabel('Hide the number outside').click();
  await page.getByRole('button', { name: 'Save' }).click();
  await toast(page, 'Saved');
  const { permission, account, pickup_group, call_waiting, intercom_beep, shows_callers, private_lamp, hides_number } = person;
  assert.deepEqual([permission, account, pickup_group, call_waiting, intercom_beep, shows_callers, private_lamp, hides_number], ['international', 'optional', 'Yard', false, false, false, true, true]);
  await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
  await toast(page, 'Undone');
});

export const removePerson = signedIn('a phone and a person are removed, and can be taken back', '#/people/3', async (page, server) => {
  await page.getByRole('button', { name: 'Remove 1003a' }).click();
  await toast(page, '1003a removed');
  await page.getByRole('button', { name: 'Delete Accounts' }).click();
  await toast(page, 'Accounts deleted');
  assert.ok(!server.state.people.some((person) => person.id === 3));
});

export const codes = signedIn('codes are read, changed, refused and taken over from another system', '#/codes', async (page, server) => {
  const entry = (text) => page.getByRole('listitem').filter({ hasText: text });
  await entry('Forwarding every call').or(entry('forwarding every call')).getByText('delivered: *72').waitFor();
  await page.getByRole('button', { name: 'Change *43: the echo test' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Code').fill('echo');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText('2 to 6 of 0 to 9').first().waitFor();
  await form.getByLabel('Code').fill('*60');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText('*60 is the code for the time of day').waitFor();
  await form.getByLabel('Code').fill('*44');
  await form.getByRole('button', { name: 'Save' }).click();
  await toast(page, 'Saved');
  await entry('the echo test').getByText('delivered: *43').waitFor();
  const taken = page.waitForResponse((one) => one.url().endsWith('/api/feature-codes') && one.request().method() === 'PUT');
  await page.getByLabel('Codes as in').selectOption('freepbx');
  await taken;
  await entry('the echo test').getByText('*44').waitFor();
  assert.equal(server.state.codes.profile, 'freepbx');
  assert.equal(server.state.codes.codes.find(({ feature }) => feature === 'forward_always').code, '*21');
  await page.getByRole('button', { name: 'Change *44: the echo test' }).click();
  await form.getByRole('button', { name: 'As delivered: *43' }).click();
  await form.getByRole('button', { name: 'Save' }).click();
  await entry('the echo test').getByText('*43').waitFor();
  server.state.scope = 'home';
  await page.reload();
  await entry('the echo test').waitFor();
  assert.equal(await page.getByRole('button', { name: /^Change/ }).count(), 0);
});

export const timeMachine = signedIn('the office of another day is found, compared and put back', '#/calls/816', async (page, server) => {
  server.state.revisions.forEach((revision, index) => (revision.at = `2026-0${9 - index}-11T08:00:00.000Z`));
  await page.getByRole('link', { name: 'Change 12' }).click();
  await page.getByRole('heading', { name: 'Change 12' }).waitFor();
  await page.getByText('Changed since').waitFor();
  await page.getByRole('button', { name: 'Put the office back as it was' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Put it back' }).click();
  await toast(page, 'The office is as it was after change 12');
  assert.ok(server.log.includes('POST /api/revisions/12/restore'));
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await toast(page, 'Undone');
  await page.getByRole('link', { name: 'System' }).first().click();
  await page.getByRole('link', { name: 'Open change 16' }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'Open change 12' }).count(), 0);
  await page.getByLabel('As of').fill('2026-08-11T09:59');
  await page.getByLabel('As of').press('Tab');
  await page.getByRole('link', { name: 'Open change 12' }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'Open change 16' }).count(), 0);
  await page.getByLabel('As of').fill('2026-08-11T10:00');
  await page.getByLabel('As of').press('Tab');
  await page.getByRole('link', { name: 'Open change 13' }).waitFor();
});

export const me = signedIn('settings of one’s own apply at once and are taken back', '#/me', async (page, server) => {
  const own = server.state.people[0];
  await page.getByLabel('Say the caller before each message').click();
  await toast(page, 'Saved');
  assert.equal(own.say_caller, false);
  await page.getByRole('button', { name: 'Undo' }).click();
  await toast(page, 'Undone');
  assert.equal(own.say_caller, true);
  const changed = page.waitForResponse((one) => one.url().endsWith('/api/me') && one.request().method() === 'PUT');
  await page.getByLabel('Newest message first').click();
  await changed;
  assert.equal(own.newest_first, true);
  const moved = page.waitForResponse((one) => one.url().endsWith('/api/me') && one.request().method() === 'PUT');
  await page.getByLabel('Time zone').selectOption('Atlantic/Canary');
  await moved;
  assert.deepEqual([own.time_zone, own.say_time], ['Atlantic/Canary', true]);
  const ring = page.getByLabel('Ring time in seconds');
  await ring.fill('');
  await ring.press('Tab');
  await page.getByText('5 to 120').waitFor();
  const rang = page.waitForResponse((one) => one.url().endsWith('/api/me') && one.request().method() === 'PUT');
  await ring.fill('0');
  await ring.press('Tab');
  await rang;
  assert.equal(own.ring_s, 0);
  await page.getByLabel('Language of page and phone').selectOption('Deutsch');
  await page.getByText('Sprache von Seite und Telefon').waitFor();
  assert.equal(await page.locator('html').getAttribute('lang'), 'de');
});

export const meQuickly = signedIn('settings changed quickly, one after the other, all hold', '#/me', async (page, server) => {
  const own = server.state.people[0];
  await page.getByLabel('Newest message first').waitFor();
  let letGo;
  const allChosen = new Promise((resolve) => (letGo = resolve));
  await page.route('**/api/me', async (route) => {
    if (route.request().method() === 'GET') await allChosen;
    await route.continue();
  });
  const first = page.waitForResponse((one) => one.url().endsWith('/api/me') && one.request().method() === 'PUT');
  await page.getByLabel('Newest message first').click();
  await first;
  await page.getByLabel('Time zone').selectOption('Atlantic/Canary');
  await page.getByLabel('Language of page and phone').selectOption('Deutsch');
  await page.getByLabel('Ring time in seconds').fill('4');
  letGo();
  await page.getByText('Sprache von Seite und Telefon').waitFor();
  assert.equal(await page.getByLabel('Klingelzeit in Sekunden').inputValue(), '4', 'what is being typed stays');
  assert.deepEqual([own.newest_first, own.time_zone, own.language], [true, 'Atlantic/Canary', 'de']);
  assert.equal(await page.getByLabel('Zeitzone').inputValue(), 'Atlantic/Canary');
});

export const trunkDown = signedIn('a trunk that is down says why, and is tried at once', '#/trunks', seesWhy);

export const trunkTested = signedIn('a trunk is tested by a call, and what came of it is said', '#/trunks/trunk/carrier', tests);

export const trunkNew = signedIn('a trunk is set up, changed, deleted and taken back', '#/trunks', setsUp);

export const routeOrder = signedIn('routes are put in order by keys and by dragging', '#/trunks', ordersRoutes);

export const routesAndNumbers = signedIn('routes and numbers are added and deleted', '#/trunks', edits);
