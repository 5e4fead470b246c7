// Departments: a table of people brings one in, a new name holds for all, and who is in it goes along.
import assert from 'node:assert/strict';
import { test, toast } from './house.mjs';

const TABLE = Buffer.from('Name;Extension;Department\nDesk North;1001;Yard\nGate;1003;Yard\n');

export const renamed = test('f14 a table of people makes a department, and a new name holds for everybody in it', async (browser, house) => {
  const [north] = await house.office(['Desk North', 'Desk South']);
  const page = await house.page(browser, '#/people/import');
  await page.locator('input[type=file]').setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: TABLE });
  await page.getByText('1 new, 1 changed, 0 as they are, 0 to be mended').waitFor();
  await page.getByRole('button', { name: /^Import \d+ row/ }).click();
  await page.getByRole('dialog').getByText('Passwords of the new phones').first().waitFor();

  const row = (name) => page.getByRole('list', { name: 'Departments' }).getByRole('listitem').filter({ hasText: name });
  const form = page.getByRole('dialog');
  await page.goto(`${house.box.address}#/people/departments`);
  await page.reload();
  await row('Yard').getByText('2 people').waitFor();
  await row('Yard').getByRole('button', { name: 'Rename Yard' }).click();
  await form.getByLabel('Name', { exact: true }).fill('Outdoor');
  await form.getByRole('button', { name: 'Save' }).click();
  await row('Outdoor').getByText('2 people').waitFor();
  assert.equal((await house.admin.get(`people/${north.person.id}`)).department, 'Outdoor');

  await page.getByRole('link', { name: 'Directory' }).click();
  await page.getByLabel('Department', { exact: true }).selectOption('Outdoor');
  await page.getByRole('gridcell', { name: 'Desk South', exact: true }).waitFor({ state: 'detached' });
  await page.getByRole('gridcell', { name: 'Gate', exact: true }).waitFor();

  await page.goto(`${house.box.address}#/people/departments`);
  await row('Outdoor').getByRole('button', { name: 'Delete Outdoor' }).click();
  await form.getByText('2 people are in Outdoor.').waitFor();
  await form.getByRole('button', { name: 'Delete Outdoor' }).click();
  const note = toast(page, 'The department Outdoor was deleted');
  await row('Outdoor').waitFor({ state: 'detached' });
  assert.equal((await house.admin.get(`people/${north.person.id}`)).department, null);
  await note.getByRole('button', { name: 'Undo' }).click();
  await row('Outdoor').getByText('2 people').waitFor();
  assert.equal((await house.admin.get(`people/${north.person.id}`)).department, 'Outdoor');
});

export const taken = test('f11 the form says whose an extension is, and which code stands in its way', async (browser, house) => {
  await house.office(['Desk North']);
  const table = await house.admin.get('feature-codes');
  const codes = [{ feature: 'echo_test', code: '811', enabled: true }];
  await house.admin.ask('PUT', 'feature-codes', { profile: table.profile, codes }, { 'If-Match': `"${table.etag}"` });
  const page = await house.page(browser, '#/people/new');
  const number = page.getByLabel('Number', { exact: true });
  await number.fill('1001');
  await page.getByText('1001 is the extension of Desk North: choose another.').waitFor();
  await number.fill('811');
  await page.getByText(/^811 is taken by the code 811/).waitFor();
  await number.fill('1002');
  await page.getByText(/choose another/).waitFor({ state: 'detached' });
});
