// A phone with a wrong password is seen on the page, and an administrator lets it try again.
import assert from 'node:assert/strict';
import { test } from './house.mjs';
import { Phone } from './phone.mjs';
import { Caller } from './sip.mjs';

/** More than are free, and as many as make an attack. */
const TRIES = 12;

export const guessing = test('a phone with a wrong password is listed, and is let in with the right one after a word', async (browser, house) => {
  const [{ desk }] = await house.office(['Desk North']);
  const page = await house.page(browser, '#/security');
  await page.getByText('All is quiet').waitFor();
  await Phone.isRefused(house.box, { ...desk, secret: 'guessed' });
  const entry = page.getByRole('listitem').filter({ hasText: desk.user });
  await entry.getByText('from 127.0.0.1').waitFor();
  await entry.getByText('The password is wrong').waitFor();

  const caller = await Caller.open(house.box, { ...desk, secret: 'guessed too' }, { agent: 'SIPp/3.6', display: 'Desk' });
  await caller.guesses(TRIES);
  await entry.getByText(/^Slowed until/).waitFor();
  // The wait is short: on a busy machine it is over before another screen has been looked at.
  await entry.getByRole('button', { name: /^Let it try again now: 127.0.0.1/ }).click();
  await page.getByText('127.0.0.1 may try again.').waitFor();
  await entry.getByText('Not slowed').waitFor();
  await house.box.program.says(/127\.0\.0\.1 may try passwords of phones again at once, by order of/);
  caller.desk.secret = desk.secret;
  await caller.registers();
  await caller.end();
  await page.getByRole('link', { name: 'Overview' }).click();
  await page.getByRole('heading', { name: 'Failed registrations' }).waitFor();
  await page.getByText(/has tried 10 wrong passwords, last of the phone/).waitFor();
  await page.getByRole('link', { name: /under Security/ }).click();
  await entry.getByText('Not slowed').waitFor();
  assert.deepEqual(page.faults, []);
});
