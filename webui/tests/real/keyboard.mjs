// Every screen by keyboard alone: everything is reached, seen and left again.
import assert from 'node:assert/strict';
import { newPage } from '../e2e/browser.mjs';
import { ADMIN } from './box.mjs';
import { signIn, test } from './house.mjs';
import { focused, missed, stops, tabTo } from './keys.mjs';
import { leaveMessage } from './message.mjs';

const PIN = '739116';

/** Tab from the top to the end: nothing is left out, everything can be seen, and the way out is open. */
async function walk(page, screen) {
  const found = await stops(page);
  const width = page.viewportSize().width;
  assert.equal(found[0].name, 'Skip to content', screen);
  assert.deepEqual(found.filter((stop) => !stop.isVisible).map(({ name }) => name), [], `${screen} at ${width} px: the focus is not to be seen`);
  assert.deepEqual(await missed(page), [], `${screen} at ${width} px: not reached`);
}

export const reach = test('Tab reaches everything on every screen, and its place is always seen', async (browser, house) => {
  const [north, south] = await house.office(['Desk North', 'Desk South']);
  await house.admin.post(`people/${south.person.id}/pin`, { pin: PIN });
  const [caller, callee] = await Promise.all([house.phone(north.desk), house.phone(south.desk)]);
  await leaveMessage(house, caller, '1002', 3);
  await caller.dials('1002');
  await callee.rings();
  await callee.answers();
  const views = [
    { width: 1280, height: 800 },
    { width: 390, height: 844 },
  ];
  const screens = { overview: '[role=grid]', live: '[role=grid]', calls: '[role=grid]', 'calls/1': '.line', people: '[role=grid]' };
  Object.assign(screens, { 'people/new': 'form', [`people/${north.person.id}`]: 'form', me: 'h1', system: 'ol', nowhere: 'h1' });
  await Promise.all(views.map((view) => walkAll(browser, house.box, view, screens)));
});

async function walkAll(browser, box, view, screens) {
  const page = await newPage(browser, view);
  await page.goto(box.address);
  await signIn(page, ADMIN.email, ADMIN.password);
  await page.getByRole('navigation', { name: 'Main menu' }).waitFor();
  const open = async (there, screen) => {
    await there.goto(`${box.address}#/${screen}`);
    // Anew, so that Tab begins at the top.
    await there.reload();
  };
  for (const [screen, ready] of Object.entries(screens)) {
    await open(page, screen);
    await page.locator(ready).first().waitFor();
    await walk(page, screen);
  }
  const owner = await newPage(browser, view);
  await owner.goto(box.address);
  await signIn(owner, '1002', PIN);
  await owner.getByRole('heading', { name: 'Voicemail' }).waitFor();
  await open(owner, 'voicemail');
  await owner.getByRole('button', { name: 'Play the message of Desk North' }).waitFor();
  await walk(owner, 'voicemail');
  await tabTo(owner, 'Play the message of Desk North');
  await owner.keyboard.press('Enter');
  await tabTo(owner, 'Position');
  await stops(owner);
}

export const overlays = test('what opens over a screen takes the focus and gives it back', async (browser, house) => {
  const [north] = await house.office(['Desk North']);
  const page = await house.page(browser, `#/people/${north.person.id}`);
  await page.getByRole('button', { name: 'Add a phone' }).waitFor();
  const inside = () => page.evaluate(() => document.querySelector('dialog[open]')?.contains(document.activeElement) ?? false);
  const opens = async (opener, close) => {
    await tabTo(page, opener);
    const { name } = await focused(page);
    await page.keyboard.press('Enter');
    await page.locator('dialog[open]').waitFor();
    // Everything inside, round and round; the page behind is out of reach.
    for (let stop = 0; stop < 12; stop += 1) {
      await page.keyboard.press('Tab');
      const now = await focused(page);
      assert.ok(now === undefined || (await inside()), `${opener}: ${now?.name} is behind the dialog`);
    }
    await close();
    await page.locator('dialog[open]').waitFor({ state: 'detached' });
    assert.equal((await focused(page))?.name, name, `${opener} gets the focus back`);
  };
  const escape = () => page.keyboard.press('Escape');
  await opens('Search and commands', escape);
  await opens('Help', escape);
  await opens('New password', escape);
  await opens('Add a phone', async () => {
    await escape();
    assert.equal(await page.locator('dialog[open]').count(), 1, 'what is shown once stays');
    await page.getByRole('button', { name: 'I have entered or copied them' }).focus();
    await page.keyboard.press('Enter');
  });
});
