// The whole office as a file, and another box that becomes it.
import assert from 'node:assert/strict';
import { newPage } from '../e2e/browser.mjs';
import { signIn, test } from './house.mjs';
import { ADMIN } from './box.mjs';
import { leaveMessage } from './message.mjs';
import { until } from './wait.mjs';

const LOGIN = 'south@office.example';
const PASSWORD = 'nine loud kettles';

/** What an office is: everybody with their phones, every change, every call, and the messages of one with their sound. */
async function officeOf(box) {
  const admin = await box.signIn(ADMIN.email, ADMIN.password);
  const south = await box.signIn(LOGIN, PASSWORD);
  const { messages } = await south.get('voicemail');
  const { people } = await admin.get('people');
  return {
    people: people.map(({ name, extension, email, phones, has_pin, voicemail }) => ({ name, extension, email, phones: phones.map(({ user }) => user), has_pin, voicemail })),
    revisions: (await admin.get('revisions')).revisions,
    calls: (await admin.get('calls')).calls,
    messages,
    sounds: await Promise.all(messages.map(({ id }) => south.get(`voicemail/${id}/audio`))),
  };
}

export const backup = test('a backup taken in the page makes an empty box the same office', async (browser, house) => {
  const [north] = await house.office(['Desk North']);
  const { person } = await house.addPerson('Desk South', '1002', { email: LOGIN });
  await house.admin.post(`people/${person.id}/password`, { password: PASSWORD });
  const caller = await house.phone(north.desk);
  await leaveMessage(house, caller, '1002', 3);
  const before = await until('the message lies in the mailbox', async () => {
    const office = await officeOf(house.box);
    return office.messages.length === 1 && office;
  });
  await caller.end();

  const page = await house.page(browser, '#/system');
  const coming = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download a backup' }).click();
  const download = await coming;
  assert.match(download.suggestedFilename(), /^bellbox-.*\.tar$/);
  const file = await download.path();

  const other = await house.anotherBox();
  const first = await newPage(browser);
  await first.goto(await other.link());
  await first.getByText('Restore a backup instead').click();
  const field = first.getByLabel('Choose a backup');
  await field.setInputFiles({ name: 'letter.tar', mimeType: 'application/x-tar', buffer: Buffer.from('Dear office') });
  await first.getByText('This file is no backup of a Bellbox').waitFor();
  await field.setInputFiles(file);
  await first.getByRole('heading', { name: 'The backup is good' }).waitFor();
  await first.getByText('Harbour Office').waitFor();
  await first.getByRole('button', { name: 'Restore this office' }).click();
  await first.getByRole('heading', { name: 'Sign in' }).waitFor();
  await signIn(first, ADMIN.email, ADMIN.password);
  await first.getByRole('heading', { name: 'Overview' }).waitFor();

  assert.deepEqual(await officeOf(other), before);
  // The phone of old signs in there with the secret that it has.
  await house.phone(north.desk, other);
  await first.goto(`${other.address}#/people`);
  await first.getByRole('row', { name: 'Desk North' }).getByText('1 of 1 online').waitFor();
});
