// Messages that callers leave, and what their owner does with them in the browser.
import assert from 'node:assert/strict';
import { newPage } from '../e2e/browser.mjs';
import { signIn, test } from './house.mjs';
import { leaveMessage } from './message.mjs';

const PIN = '739116';

export const messages = test('a message lights the page, is played and sought in, deleted and taken back', async (browser, house) => {
  const [north, south] = await house.office(['Desk North', 'Desk South']);
  await house.admin.post(`people/${south.person.id}/pin`, { pin: PIN });
  const page = await newPage(browser);
  await page.goto(`${house.box.address}#/voicemail`);
  await signIn(page, '1002', PIN);
  await page.getByText('No new messages').waitFor();
  const caller = await house.phone({ ...north.desk, hz: 440 });
  const beginning = Date.now();
  await leaveMessage(house, caller, '1002', 6);
  // It comes by itself.
  const fresh = page.getByRole('link', { name: /^New/ });
  await fresh.getByText('1', { exact: true }).waitFor();
  const menu = page.getByRole('navigation', { name: 'Main menu' });
  await menu.getByRole('link', { name: 'Voicemail (1 new message)' }).waitFor();
  const message = page.getByRole('listitem').filter({ hasText: 'Desk North' });
  await message.getByText('1001').waitFor();
  const at = Date.parse(await message.locator('time').getAttribute('datetime'));
  assert.ok(at >= beginning - 1000 && at <= Date.now(), 'its time is that of the call');

  const answers = [];
  page.on('response', (response) => response.url().endsWith('/audio') && answers.push(response));
  await page.getByRole('button', { name: 'Play the message of Desk North' }).click();
  await page.waitForFunction(() => document.querySelector('audio')?.currentTime > 0.5);
  const sound = await page.locator('audio').evaluate((audio) => ({ error: audio.error, isPaused: audio.paused, duration: audio.duration }));
  assert.deepEqual({ ...sound, duration: sound.duration >= 6 }, { error: null, isPaused: false, duration: true });
  assert.deepEqual([...new Set(answers.map((answer) => answer.status()))], [206]);
  assert.match(await answers[0].headerValue('content-range'), /^bytes 0-\d+\/\d+$/);
  await page.getByRole('button', { name: 'Ahead 5 seconds' }).click();
  await page.waitForFunction(() => document.querySelector('audio').currentTime > 5);
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByLabel('Position').fill('2');
  await page.waitForFunction(() => document.querySelector('audio').currentTime === 2);
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await page.waitForFunction(() => document.querySelector('audio').currentTime > 2.3);
  assert.equal(await page.locator('audio').evaluate((audio) => audio.error), null);

  await page.getByRole('button', { name: 'Delete the message of Desk North' }).click();
  await page.getByText('No new messages').waitFor();
  await menu.getByRole('link', { name: 'Voicemail', exact: true }).waitFor();
  await page.getByRole('link', { name: /^Trash/ }).click();
  await message.waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('The trash is empty').waitFor();
  await fresh.click();
  await message.waitFor();
});
