// The way in: the first boot, the sign-in, and what happens when the box goes and comes back.
import assert from 'node:assert/strict';
import { newPage } from '../e2e/browser.mjs';
import { ADMIN } from './box.mjs';
import { signIn, test } from './house.mjs';
import { fill, tabTo } from './keys.mjs';

/** What the menu calls each screen, and its heading where that is another. */
const SCREENS = ['Overview', 'Live calls', 'Calls', 'Voicemail', 'People', 'Me', 'System'];
const HEADINGS = { Me: ADMIN.name };

export const firstBoot = test('from the link of the console to a working office, by keyboard alone', async (browser, { box }) => {
  const page = await newPage(browser);
  await page.goto(await box.link());
  await page.getByLabel('Office name').waitFor();
  assert.ok(!page.url().includes('token'), 'the token leaves the address');
  await fill(page, 'Office name', 'Harbour Office');
  await fill(page, 'Country', 'Germany');
  await tabTo(page, 'Language of the box');
  await fill(page, 'Time zone', 'Europe/Berlin');
  await fill(page, 'Name', ADMIN.name);
  await fill(page, 'E-mail', ADMIN.email);
  await fill(page, 'Password', ADMIN.password);
  await tabTo(page, 'Set up and sign in');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Overview' }).waitFor();

  await tabTo(page, 'Sign out');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await fill(page, 'E-mail or extension', ADMIN.email);
  await fill(page, 'Password or PIN', ADMIN.password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
  for (const screen of SCREENS) {
    await tabTo(page, screen);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: HEADINGS[screen] ?? screen, level: 1, exact: true }).waitFor();
  }
  await page.getByText('Harbour Office').first().waitFor();
  await page.getByRole('definition').filter({ hasText: 'Europe/Berlin' }).waitFor();
  assert.equal((await box.signIn(ADMIN.email, ADMIN.password)).cookie.length > 20, true);
  // The link works once.
  await assert.rejects(box.claim(), { status: 403 });
});

export const throttled = test('who guesses has to wait, is told how long, and keeps nobody else waiting', async (browser, house) => {
  const { box } = house;
  await house.office([]);
  const page = await newPage(browser);
  await page.goto(box.address);
  for (let tries = 0; tries < 5; tries += 1) {
    const answered = page.waitForResponse(/\/api\/login$/);
    await signIn(page, ADMIN.email, 'not my password');
    assert.equal((await answered).status(), 401);
    await page.getByText('the name or the password is wrong').waitFor();
  }
  // The right one too, now; and the wait that is told grows shorter.
  await signIn(page, ADMIN.email, ADMIN.password);
  const told = page.getByText(/try again in \d+ seconds/);
  await told.waitFor();
  const seconds = async () => Number(/in (\d+) seconds/.exec(await told.textContent())?.[1]);
  const first = await seconds();
  assert.ok(first > 20 && first <= 30, `${first} s`);
  await page.waitForFunction(
    ([before]) => {
      document.querySelector('form button.main').click();
      const now = Number(/in (\d+) seconds/.exec(document.querySelector('[role=alert]')?.textContent ?? '')?.[1]);
      return now < before;
    },
    [first],
    { polling: 300 },
  );
  // Somebody at another computer, and for that account only.
  await assert.rejects(box.signIn(ADMIN.email, ADMIN.password, '127.0.0.2'), { status: 429 });
  const person = await house.addPerson('Workshop', '1001', { email: 'workshop@office.example' });
  await house.admin.post(`people/${person.person.id}/password`, { password: 'nine loud kettles' });
  await box.signIn('workshop@office.example', 'nine loud kettles', '127.0.0.2');
  await assert.rejects(box.signIn('workshop@office.example', 'nine loud kettles'), { status: 429 });
});

export const restarted = test('a box that goes and comes back is waited for, and the page goes on', async (browser, house) => {
  const { box } = house;
  await house.office(['Workshop']);
  const page = await house.page(browser, '#/people');
  await page.getByRole('link', { name: 'Workshop' }).waitFor();
  assert.equal(await box.program.end('SIGTERM'), 0, 'an open page does not hold it up');
  await page.getByText('Reconnecting').waitFor();
  assert.ok(await page.getByRole('link', { name: 'Workshop' }).isVisible(), 'what was there stays');
  await box.launch();
  // Sessions end with the daemon: it asks who is there, and goes on where it was.
  await page.getByText('Your session has ended').waitFor();
  await signIn(page, ADMIN.email, ADMIN.password);
  await page.getByRole('link', { name: 'Workshop' }).waitFor();
  assert.equal(await page.getByText('Reconnecting').count(), 0);
  // The browser itself says that the connection was refused; nothing else may be said.
  page.faults = page.faults.filter((fault) => !/ERR_(CONNECTION_REFUSED|INCOMPLETE_CHUNKED_ENCODING|EMPTY_RESPONSE)/.test(fault));
});
