// What people change for themselves, as the box has it then.
import assert from 'node:assert/strict';
import { newPage } from '../e2e/browser.mjs';
import { signIn, test, toast } from './house.mjs';

const LOGIN = 'south@office.example';
const PASSWORD = 'nine loud kettles';
const PIN = '739116';
const NEW_PIN = '284605';
/** What each switch of the mailbox is called, and the field that it changes. */
const OPTIONS = {
  'Ask for the PIN on my own phone too': 'pin_on_own_phone',
  'Say the time before each message': 'say_time',
  'Say the caller before each message': 'say_caller',
  'Newest message first, by phone': 'newest_first',
};

/** Somebody with a password, a PIN and a mailbox, on their own page. */
async function owner(browser, house) {
  house.admin = await house.box.claim();
  const { person } = await house.addPerson('Desk South', '1002', { email: LOGIN });
  await house.admin.post(`people/${person.id}/password`, { password: PASSWORD });
  await house.admin.post(`people/${person.id}/pin`, { pin: PIN });
  const page = await newPage(browser);
  await page.goto(`${house.box.address}#/me`);
  await signIn(page, LOGIN, PASSWORD);
  await page.getByRole('heading', { name: 'Desk South' }).waitFor();
  return { page, me: async () => (await house.box.signIn(LOGIN, PASSWORD)).get('me') };
}

export const mailbox = test('each option of a mailbox is kept at once, undone by its note, and there after a reload', async (browser, house) => {
  const { page, me } = await owner(browser, house);
  for (const [label, field] of Object.entries(OPTIONS)) {
    const before = (await me())[field];
    const option = page.getByRole('switch', { name: label });
    assert.equal(await option.isChecked(), before, label);
    await option.click();
    await toast(page, 'Saved').waitFor();
    assert.equal((await me())[field], !before, label);
    await toast(page, 'Saved').getByRole('button', { name: 'Undo' }).click();
    await toast(page, 'Undone').waitFor();
    assert.equal((await me())[field], before, `${label}, undone`);
    await option.click();
    await toast(page, 'Saved').waitFor();
    await page.reload();
    await option.waitFor();
    assert.equal(await option.isChecked(), !before, `${label}, after a reload`);
  }
  const ring = page.getByLabel('Ring time in seconds');
  await ring.fill('4');
  await ring.press('Tab');
  await page.getByText('Write 5 to 120 seconds, or 0 to ring until the caller gives up.').first().waitFor();
  await ring.fill('40');
  await ring.press('Tab');
  await toast(page, 'Saved').waitFor();
  assert.equal((await me()).ring_s, 40);
  // Without a mailbox its options are nothing to ask for.
  await page.getByRole('switch', { name: 'Callers may leave messages' }).click();
  await page.getByRole('switch', { name: 'Say the time before each message' }).waitFor({ state: 'detached' });
  assert.equal((await me()).has_voicemail, false);
});

export const language = test('another language is on the page at once, in what the box says, and at the next sign-in', async (browser, house) => {
  const { page, me } = await owner(browser, house);
  await page.getByLabel('Language of page and phone').selectOption('de');
  await page.getByRole('heading', { name: 'Diese Seite' }).waitFor();
  assert.equal((await me()).language, 'de');
  // A sentence of the box, not of the page.
  await page.getByLabel('Bisheriges Passwort oder PIN').fill(PASSWORD);
  await page.getByLabel('Neue PIN').fill('1002');
  await page.getByRole('button', { name: 'PIN ändern' }).click();
  await page.getByText('in der PIN steht die Nebenstelle').first().waitFor();
  const other = await newPage(browser);
  await other.goto(`${house.box.address}#/me`);
  await signIn(other, LOGIN, PASSWORD);
  await other.getByRole('heading', { name: 'Diese Seite' }).waitFor();
  await page.getByRole('button', { name: 'Rückgängig' }).click();
  await page.getByLabel('Language of page and phone').waitFor();
});

export const pin = test('a new PIN opens the page and the old one does not any more', async (browser, house) => {
  const { page } = await owner(browser, house);
  const change = async (current, to) => {
    await page.getByLabel('Current password or PIN').fill(current);
    await page.getByLabel('New PIN').fill(to);
    await page.getByRole('button', { name: 'Change the PIN' }).click();
  };
  await change('not my password', NEW_PIN);
  await page.getByText('it is wrong').first().waitFor();
  await house.box.signIn('1002', PIN);
  await change(PASSWORD, NEW_PIN);
  await toast(page, 'PIN changed').waitFor();
  await assert.rejects(house.box.signIn('1002', PIN), { status: 401 });
  const phone = await newPage(browser, { width: 390, height: 844 });
  await phone.goto(house.box.address);
  await signIn(phone, '1002', NEW_PIN);
  await phone.getByRole('heading', { name: 'Voicemail' }).waitFor();
});
