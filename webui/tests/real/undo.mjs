// What was deleted comes back, and phones notice nothing but the gap.
import { Phone } from './phone.mjs';
import { test, toast } from './house.mjs';

export const person = test('somebody deleted comes back by toast and by history, with the same secret', async (browser, house) => {
  const [north] = await house.office(['Desk North', 'Desk South']);
  const page = await house.page(browser);
  const remove = async () => {
    await page.goto(`${house.box.address}#/people/${north.person.id}`);
    await page.getByRole('button', { name: 'Delete Desk North' }).click();
    await toast(page, 'Desk North deleted').waitFor();
    await page.getByRole('link', { name: 'Desk South' }).waitFor();
    await page.getByRole('link', { name: 'Desk North' }).waitFor({ state: 'detached' });
    await Phone.isRefused(house.box, north.desk);
  };
  const isBack = async () => {
    const phone = await house.phone(north.desk);
    await page.goto(`${house.box.address}#/people`);
    await page.getByRole('row', { name: 'Desk North' }).getByText('1 of 1 online').waitFor();
    await phone.end();
    house.phones = house.phones.filter((other) => other !== phone);
  };

  await remove();
  await toast(page, 'Desk North deleted').getByRole('button', { name: 'Undo' }).click();
  await toast(page, 'Undone').waitFor();
  await isBack();

  await remove();
  await toast(page, 'Desk North deleted').getByRole('button', { name: 'Dismiss' }).click();
  await page.getByRole('link', { name: 'System' }).click();
  const change = page.getByRole('listitem').filter({ hasText: 'In force' }).first();
  await change.getByText('Desk North').first().waitFor();
  await change.getByRole('button', { name: /^Undo change/ }).click();
  await toast(page, /Change \d+ undone/).waitFor();
  await isBack();
});
