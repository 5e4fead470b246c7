// Whoever can write a text that others see tries to make their browsers run it.
import assert from 'node:assert/strict';
import { newPage } from '../e2e/browser.mjs';
import { ADMIN } from './box.mjs';
import { signIn, test } from './house.mjs';
import { leaveMessage } from './message.mjs';
import { Caller } from './sip.mjs';

const PIN = '739116';
/** Each says in its address which of them got through; names have 64 characters. */
const markup = (mark) => `"><img src=//evil.example/${mark} onerror=alert(1)>`;
const SCRIPT = "javascript:alert('person')//<svg onload=alert(1)>";
const OFFICE = markup('office');
const PERSON = markup('person');
/** What people write between digits, such as slashes and spaces, is left out of a dialled number. */
const NUMBER = '"><script><img>';
const AGENT = `</td>${markup('agent')}<script>alert(1)</script>`;

/** Opens a screen, waits for a text of it, and looks whether any of what it shows became markup. */
async function shows(page, box, hash, texts) {
  await page.goto(`${box.address}#/${hash}`);
  for (const text of texts) await page.getByText(text).first().waitFor();
  assert.deepEqual(await strangers(page), [], hash);
}

/** Elements and attributes that no template of ours has. */
function strangers(page) {
  return page.evaluate(() => {
    const all = [...document.querySelectorAll('*')];
    const isStrange = (element) =>
      ['IMG', 'IFRAME', 'OBJECT', 'EMBED', 'BASE'].includes(element.tagName) ||
      (element.tagName === 'SCRIPT' && !element.src.startsWith(location.origin)) ||
      element.getAttributeNames().some((name) => name.startsWith('on')) ||
      /^\s*javascript:/i.test(element.getAttribute('href') ?? element.getAttribute('src') ?? '');
    return all.filter(isStrange).map((element) => element.outerHTML.slice(0, 120));
  });
}

export const markupStaysText = test('markup in names, numbers, user agents and changes is shown as text on every screen', async (browser, house) => {
  const { box } = house;
  house.admin = await box.claim({ name: OFFICE, country: 'GB', language: 'en', time_zone: 'Europe/Berlin' }, { ...ADMIN, name: SCRIPT });
  const attacker = await house.addPerson(PERSON, '1001');
  const victim = await house.addPerson('Desk South', '1002');
  await house.admin.post(`people/${victim.person.id}/pin`, { pin: PIN });
  const dialogs = [];
  const open = async (login, secret) => {
    const page = await newPage(browser);
    page.on('dialog', (dialog) => (dialogs.push(dialog.message()), void dialog.dismiss()));
    await page.goto(box.address);
    await page.getByText(OFFICE).first().waitFor();
    await signIn(page, login, secret);
    await page.getByRole('navigation', { name: 'Main menu' }).waitFor();
    return page;
  };

  // A phone that calls itself and whom it calls by markup, and calls nobody under such a number.
  const phone = await house.phone({ ...attacker.desk, display: PERSON.replaceAll('"', '\\"') });
  const caller = await Caller.open(box, attacker.desk, { agent: AGENT, display: markup('display') });
  await caller.registers();
  const status = await caller.calls(NUMBER);
  assert.ok(status >= 400 && status < 500, `${status}`);
  await leaveMessage(house, phone, '1002', 3);

  const page = await open(ADMIN.email, ADMIN.password);
  await page.getByText(OFFICE).first().waitFor();
  await shows(page, box, 'overview', [PERSON, AGENT]);
  await shows(page, box, 'calls', [PERSON, NUMBER]);
  const { calls } = await house.admin.get('calls');
  for (const call of calls) await shows(page, box, `calls/${call.id}`, [PERSON, 'What happened']);
  await shows(page, box, 'people', [PERSON, SCRIPT]);
  await shows(page, box, `people/${attacker.person.id}`, [PERSON]);
  await shows(page, box, 'system', [PERSON, OFFICE, `by ${SCRIPT}`]);
  await shows(page, box, 'me', [SCRIPT]);
  await shows(page, box, `calls?q=${encodeURIComponent(markup('search'))}`, [markup('search')]);
  await shows(page, box, encodeURIComponent(markup('address')), ['Not found']);
  await page.keyboard.press('/');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.type(PERSON);
  await page.getByText(`Search calls for “${PERSON}”`).waitFor();
  assert.deepEqual(await strangers(page), [], 'palette');
  await page.keyboard.press('Escape');
  await phone.dials('1002');
  await shows(page, box, 'live', [PERSON]);
  await phone.hangsUp();

  const owner = await open('1002', PIN);
  await shows(owner, box, 'voicemail', [PERSON]);
  await owner.getByRole('button', { name: 'Play the message of' }).click();
  await owner.waitForFunction(() => document.querySelector('audio')?.currentTime > 0);
  const [download] = await Promise.all([owner.waitForEvent('download'), owner.getByRole('link', { name: 'Download the message of' }).click()]);
  assert.match(download.suggestedFilename(), /^[\d-]+ 1001\.wav$/);

  // Made undone and deleted, names come in notes too.
  await page.goto(`${box.address}#/people/${attacker.person.id}`);
  await page.getByRole('button', { name: 'Add a phone' }).click();
  await page.getByRole('dialog').getByText(PERSON).waitFor();
  assert.deepEqual(await strangers(page), [], 'shown once');
  await page.getByRole('button', { name: 'I have entered or copied them' }).click();
  await page.getByRole('button', { name: `Delete ${PERSON}` }).click();
  await page.locator('.toast', { hasText: PERSON }).waitFor();
  assert.deepEqual(await strangers(page), [], 'toast');
  assert.deepEqual(dialogs, []);
  await caller.end();
});
