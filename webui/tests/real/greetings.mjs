// A greeting that its owner brings as a file, and what callers hear of it.
import assert from 'node:assert/strict';
import { newPage } from '../e2e/browser.mjs';
import { signIn, test } from './house.mjs';
import { LOUDNESS, tone, wav } from './sound.mjs';

const LOGIN = 'south@office.example';
const PASSWORD = 'nine loud kettles';
const GREETING_HZ = 850;

export const greeting = test('a greeting given as a file is heard by the next caller, and no file does harm', async (browser, house) => {
  const { desk } = (await house.office(['Desk North']))[0];
  const { person } = await house.addPerson('Desk South', '1002', { email: LOGIN });
  await house.admin.post(`people/${person.id}/password`, { password: PASSWORD });
  const page = await newPage(browser);
  await page.goto(`${house.box.address}#/voicemail`);
  await signIn(page, LOGIN, PASSWORD);
  await page.getByText('The box says: “Desk South cannot take your call now”').waitFor();
  // What callers hear till then, by the voice of the box itself.
  await page.getByRole('button', { name: 'Play what the box says' }).click();
  await page.waitForFunction(() => document.querySelector('audio')?.currentTime > 0.3);
  const heard = await page.locator('audio').evaluate((audio) => ({ error: audio.error, duration: audio.duration }));
  assert.ok(heard.error === null && heard.duration > 1.5, JSON.stringify(heard));
  await page.getByRole('button', { name: 'Close' }).click();
  const file = page.getByLabel('Choose a greeting');

  // A name that is markup, and no sound behind it.
  await file.setInputFiles({ name: '"><img src=x onerror=alert(1)>.wav', mimeType: 'audio/wav', buffer: Buffer.from('<script>alert(1)</script>') });
  await page.getByRole('alert').waitFor();
  assert.equal(await page.locator('img').count(), 0);
  await page.getByText('The box says: “Desk South').waitFor();

  await file.setInputFiles({ name: 'greeting.wav', mimeType: 'audio/wav', buffer: wav(tone(GREETING_HZ, 8)) });
  await page.getByText('Callers hear the new greeting from the next call on').waitFor();
  await page.getByText('Your own greeting.', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Play the greeting' }).click();
  await page.waitForFunction(() => document.querySelector('audio')?.currentTime > 0.3);
  const caller = await house.phone(desk);
  await caller.dials('*991002');
  await caller.talks();
  await caller.hears(GREETING_HZ, { amplitude: LOUDNESS * 0.5 });
  await caller.hangsUp();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('The box says: “Desk South').waitFor();
});
