// Rights that come and go while somebody looks at the page: by a group within a group, and by what the group carries.
import assert from 'node:assert/strict';
import { newPage } from '../e2e/browser.mjs';
import { signIn, test } from './house.mjs';

const LOGIN = 'south@office.example';
const PASSWORD = 'nine loud kettles';

export const joined = test('f112 who joins a group has its rights at once on an open page, and loses them at once', async (browser, house) => {
  house.admin = await house.box.claim();
  const { person } = await house.addPerson('Desk South', '1002', { email: LOGIN });
  await house.admin.post(`people/${person.id}/password`, { password: PASSWORD });
  await house.admin.post('profiles', { name: 'Watch', rights: [{ area: 'live', may: 'see' }] });
  await house.admin.post('groups', { name: 'Yard', profile: null, members: [], managers: [] });
  await house.admin.post('groups', { name: 'House', profile: 'Watch', members: [{ kind: 'group', id: 'Yard' }], managers: [] });
  const page = await newPage(browser);
  await page.goto(`${house.box.address}#/rights`);
  await signIn(page, LOGIN, PASSWORD);
  await page.getByRole('heading', { name: 'What may I do?', level: 1 }).waitFor();
  const live = page.locator('nav[aria-label="Main menu"]').getByRole('link', { name: 'Live calls' });
  assert.equal(await live.count(), 0);

  const admin = await house.page(browser, '#/groups');
  const yard = admin.getByRole('list', { name: 'Groups' }).getByRole('listitem').filter({ has: admin.getByRole('heading', { name: 'Yard' }) });
  await yard.getByRole('button', { name: 'Change Yard' }).click();
  const form = admin.getByRole('dialog');
  await form.getByLabel('Add a member', { exact: true }).selectOption(`person ${person.id}`);
  await form.getByRole('button', { name: 'Add a member: add' }).click();
  await form.getByRole('button', { name: 'Save' }).click();
  await admin.getByText('Desk South (by Yard)').waitFor();
  await live.waitFor();
  await page.getByText('As the group House').waitFor();

  await yard.getByRole('button', { name: 'Change Yard' }).click();
  await form.getByRole('button', { name: /^Take out Desk South/ }).click();
  await form.getByRole('button', { name: 'Save' }).click();
  await live.waitFor({ state: 'detached' });
  await page.getByText('As the group House').waitFor({ state: 'detached' });
});
