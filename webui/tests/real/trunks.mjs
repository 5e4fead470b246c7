// A trunk that is set up in the page, with a real carrier's server on the other side.
import assert from 'node:assert/strict';
import { test, toast } from './house.mjs';

const USER = '12125550101';

export const trunk = test('a trunk is set up in the page: what is wrong is said, and mended it registers', async (browser, house) => {
  await house.office(['Desk North']);
  const carrier = await house.carrier();
  const page = await house.page(browser, '#/trunks');
  await page.getByRole('link', { name: 'Add a trunk' }).first().click();
  await page.getByLabel('Name', { exact: true }).fill('carrier');
  await page.getByLabel('Server').fill(`127.0.0.1:${carrier.port}`);
  await page.getByLabel('User', { exact: true }).fill(USER);
  await page.getByLabel('Secret').fill('not-what-they-gave');
  await page.getByRole('button', { name: 'Add and connect' }).click();
  await toast(page, 'carrier added').waitFor();
  const shown = page.getByRole('region', { name: 'Trunk carrier' });
  await shown.getByText('Down', { exact: true }).waitFor();
  await shown.getByText(/it refuses user or secret \(40[13]\): enter both as the carrier gave them/).waitFor();
  await page.getByLabel('Secret').fill(`secret-${USER}`);
  await page.getByRole('button', { name: 'Save' }).click();
  await shown.getByText('Registered', { exact: true }).waitFor();
  assert.equal(await shown.getByText('200 OK').count(), 2);
  const told = JSON.stringify([await house.admin.get('trunks'), await house.admin.get('revisions?limit=50')]);
  assert.ok(!/secret-1|not-what/.test(told + house.box.program.said + (await page.content())), 'nobody is told a secret');

  await page.getByRole('link', { name: 'Trunks' }).first().click();
  await page.getByRole('button', { name: 'Add a number' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Number', { exact: true }).fill(`+${USER}`);
  await dialog.getByLabel('Leads to').fill('1001');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Desk North').waitFor();
  await page.getByRole('button', { name: 'Add a route' }).click();
  await dialog.getByLabel('Name').fill('out');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('list', { name: 'Routes' }).getByText('every number').waitFor();

  // The carrier goes: it is seen, and what comes back is seen at once.
  await carrier.program.end('SIGTERM');
  await page.getByRole('button', { name: 'Test now: carrier' }).click();
  await shown.getByText('no answer').first().waitFor();
  await shown.getByText('Down', { exact: true }).or(shown.getByText('In use, with faults')).first().waitFor();
});
