// Whether phones are there, as real ones come and go.
import { test } from './house.mjs';
import { Phone } from './phone.mjs';

export const comesAndGoes = test('a phone is seen to come, to fail, to call and to go', async (browser, house) => {
  const [{ desk, person }] = await house.office(['Desk North']);
  const page = await house.page(browser, '#/phones');
  const row = page.getByRole('row', { name: /1001a/ });
  await row.getByText('Never seen').waitFor();
  await row.getByText('not since the box started').waitFor();
  const phone = await house.phone(desk);
  // Without a reload.
  await row.getByText('Registered', { exact: true }).waitFor();
  await row.getByText(/^since Today/).waitFor();
  await row.getByText(/^127\.0\.0\.1:\d+ UDP$/).waitFor();
  await row.getByText('10 minutes').waitFor();
  await row.getByText(/^baresip v/).waitFor();

  await row.getByRole('link', { name: '1001a' }).click();
  await page.getByRole('heading', { name: 'Phone 1001a' }).waitFor();
  await page.getByText(new RegExp(`^sip:.*@127\\.0\\.0\\.1:\\d+`)).waitFor();
  await page.getByText('No calls yet.').waitFor();
  await phone.dials('1999');
  await phone.callEnds();
  await page.getByRole('link', { name: '1999 is no number of this office' }).waitFor();

  // Another device with another password: the phone itself stays as it is.
  await Phone.isRefused(house.box, { ...desk, secret: 'from-another-office' });
  await page.getByText('The password is wrong').waitFor();
  await page.getByText('Registered', { exact: true }).waitFor();

  // A new secret: what is registered by the one before is not any more.
  const { phones } = await house.admin.get(`people/${person.id}`);
  await house.admin.post(`people/${person.id}/phones/${phones[0].id}/secret`);
  await page.getByText('Not registered', { exact: true }).waitFor();
  await page.getByText('It is registered from nowhere.').waitFor();
  await page.getByText('See that the phone has power and network').waitFor();
  await page.getByRole('link', { name: '1999 is no number of this office' }).click();
  await page.getByText('What happened').waitFor();
});
