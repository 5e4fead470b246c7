// Calls between phones that the page made credentials for.
import assert from 'node:assert/strict';
import { test } from './house.mjs';

/** Adds somebody through the form; what the page shows once. */
async function add(page, name, extension) {
  await page.getByRole('link', { name: 'Add a person' }).click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Number', { exact: true }).fill(extension);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: `For ${name}, shown once` });
  await dialog.waitFor();
  const [server, user, secret] = await dialog.locator('dd code').allTextContents();
  assert.equal(server, '127.0.0.1');
  await page.getByRole('button', { name: 'I have entered or copied them' }).click();
  await page.getByRole('link', { name }).waitFor();
  assert.equal(await page.getByText(secret).count(), 0);
  return { extension, user, secret };
}

export const talk = test('two phones get in by what the page shows once, and their call is seen, and its story told', async (browser, house) => {
  await house.office([]);
  const page = await house.page(browser, '#/people');
  const desk = await add(page, 'Desk North', '1001');
  const hall = await add(page, 'Exhibition Hall', '1002');
  const row = (name) => page.getByRole('row', { name });
  await row('Desk North').getByText('0 of 1 online').waitFor();
  const caller = await house.phone({ ...desk, hz: 440 });
  const callee = await house.phone({ ...hall, hz: 620 });
  // Without a reload.
  await row('Desk North').getByText('1 of 1 online').waitFor();
  await row('Exhibition Hall').getByText('1 of 1 online').waitFor();

  await page.getByRole('link', { name: 'Live calls' }).click();
  await page.getByText('Nobody is on the phone').waitFor();
  await caller.dials('1002');
  await callee.rings();
  const call = page.getByRole('row', { name: /Desk North 1001.*Exhibition Hall 1002/ });
  await call.getByText('Ringing', { exact: true }).waitFor();
  await callee.answers();
  await caller.talks();
  await call.getByText('Talking', { exact: true }).waitFor();
  await callee.hears(440);
  await caller.hears(620);
  await call.getByText(/^0:0[1-9]$/).waitFor();
  // By its event: nothing on the page asks again.
  await call.getByText('Good', { exact: true }).waitFor();
  await call.getByText(/^G\.711 [Aµ]$/).waitFor();
  await call.getByRole('button', { name: 'Figures' }).click();
  await call.getByText('Exhibition Hall 1002').last().waitFor();
  assert.equal(await call.getByText(/^from the phone: [\d.]+% lost, jitter \d+ ms$/).count(), 2);

  await page.getByRole('link', { name: 'Overview' }).click();
  await row('Exhibition Hall').getByText('Talking').waitFor();
  await row('Exhibition Hall').getByText(/^127\.0\.0\.1:\d+ UDP$/).waitFor();
  await row('Exhibition Hall').getByText(/^baresip v/).waitFor();
  await page.getByRole('link', { name: 'Live calls' }).click();
  await caller.hangsUp();
  await callee.callEnds();
  await page.getByText('Nobody is on the phone').waitFor();

  await page.getByRole('link', { name: 'Calls', exact: true }).click();
  const past = page.getByRole('row', { name: /Desk North 1001.*Exhibition Hall 1002/ });
  await past.getByText('Answered').waitFor();
  await past.getByText('1001 hung up').waitFor();
  await past.getByRole('link').click();
  await page.getByRole('heading', { name: '1001 hung up' }).waitFor();
  const told = await page.locator('.line .what').allTextContents();
  const expected = [/^1001 dialled 1002/, /^decided/, /rings$/, /answered, PCMU$/, /^over: 1001 hung up/];
  const places = expected.map((one) => told.findIndex((line) => one.test(line)));
  assert.ok(places.every((place, index) => place >= 0 && place >= (places[index - 1] ?? 0)), `${places} in ${told.join(' | ')}`);
  await page.getByText(/^ring 1002 for 25 s$/).waitFor();

  // Every message of it, without what proves the password.
  await page.getByText('Messages of the protocol').click();
  const messages = page.getByRole('list', { name: 'Messages of the protocol' });
  for (const one of [/the box to 1002a: INVITE$/, /1002a to the box: 180 Ringing \(INVITE\)$/, /the box to 1001a: 200 OK \(INVITE\)$/, /1001a to the box: BYE$/]) {
    await messages.getByRole('button', { name: one }).first().waitFor();
  }
  for (const asked of await messages.getByRole('button', { name: /1001a to the box: INVITE$/ }).all()) {
    await asked.click();
    await page.locator('pre').filter({ hasText: 'INVITE sip:1002@' }).waitFor();
    assert.doesNotMatch(await page.locator('pre').textContent(), /response="|nonce="/);
  }
});

export const ended = test('an administrator ends a call that rings and one that is up', async (browser, house) => {
  const [north, south] = await house.office(['Desk North', 'Desk South']);
  const caller = await house.phone(north.desk);
  const callee = await house.phone(south.desk);
  const page = await house.page(browser, '#/live');
  await caller.dials('1002');
  await callee.rings();
  await page.getByRole('button', { name: 'Stop ringing: Desk North to Desk South' }).click();
  await caller.callEnds();
  await callee.callEnds();
  await page.getByText('Nobody is on the phone').waitFor();
  await caller.dials('1002');
  await callee.rings();
  await callee.answers();
  await page.getByRole('button', { name: 'Hang up for both: Desk North to Desk South' }).click();
  await caller.callEnds();
  await callee.callEnds();
  await page.getByText('Nobody is on the phone').waitFor();
});
