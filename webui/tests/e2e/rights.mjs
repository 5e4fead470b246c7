// What rights and roles open: menus, buttons and fields follow them.
import assert from 'node:assert/strict';
import { newPage } from './browser.mjs';

const SEES = (...areas) => areas.map((area) => ({ area, may: 'see' }));
const CHANGES = (...areas) => areas.map((area) => ({ area, may: 'change' }));

const opened = async (browser, server, hash, rights) => {
  Object.assign(server.state, { isSignedIn: true, scope: 'admin', ...(rights ? { rights } : {}) });
  const page = await newPage(browser);
  await page.goto(`${server.address}${hash}`);
  return page;
};
const menu = async (page) => (await page.locator('nav[aria-label="Main menu"] li a').allInnerTexts()).map((text) => text.trim().split('\n')[0]);

export const flows = [
  {
    name: 'an office manager changes the name of a user, and is shown no more than that',
    run: async (browser, server) => {
      const page = await opened(browser, server, '#/people/2', [...SEES('people', 'codes'), ...CHANGES('basics', 'times', 'phonebook')]);
      const name = page.getByLabel('Name', { exact: true });
      await name.fill('Joinery');
      assert.equal(await page.getByLabel('E-mail').count(), 0);
      assert.equal(await page.getByRole('button', { name: /^Delete/ }).count(), 0);
      await page.getByRole('button', { name: 'Save' }).click();
      await page.locator('[role=status] .toast', { hasText: 'Saved' }).waitFor();
      assert.equal(await page.getByRole('button', { name: 'Undo' }).count(), 0, 'taking back is not theirs');
      assert.equal(server.state.people[1].name, 'Joinery');
      assert.deepEqual((await menu(page)).filter((entry) => ['Overview', 'Live calls', 'People', 'Trunks', 'System'].includes(entry)), ['People']);
      await page.goto(`${server.address}#/people`);
      await page.getByRole('grid').waitFor();
      assert.equal(await page.getByRole('link', { name: 'Add a person' }).count(), 0);
      assert.deepEqual(page.faults, []);
    },
  },
  {
    name: 'a technician looks at trunks and at live calls without a button',
    run: async (browser, server) => {
      const page = await opened(browser, server, '#/live', SEES('live', 'numbers', 'people', 'overview', 'security'));
      await page.getByRole('grid').waitFor();
      assert.equal(await page.getByRole('button', { name: /^(End|Hang up)/ }).count(), 0);
      await page.goto(`${server.address}#/trunks`);
      await page.getByRole('heading', { name: 'Trunks', level: 1 }).waitFor();
      await page.getByRole('heading', { name: 'Routes', exact: false }).first().waitFor();
      assert.equal(await page.getByRole('link', { name: 'Add a trunk' }).count(), 0);
      assert.equal(await page.getByRole('button', { name: 'Add a route' }).count(), 0);
      assert.deepEqual(page.faults, []);
    },
  },
  {
    name: 'a role is given, and whoever answers for it is named',
    run: async (browser, server) => {
      const page = await opened(browser, server, '#/rights');
      const billing = page.locator('dt', { hasText: 'Billing' }).locator('xpath=following-sibling::dd[1]');
      await billing.getByText('Nobody. Front Desk answers for it').waitFor();
      await page.goto(`${server.address}#/people/3`);
      await page.getByLabel('Billing').check();
      await page.getByRole('button', { name: 'Save' }).click();
      await page.locator('[role=status] .toast', { hasText: 'Saved' }).waitFor();
      assert.deepEqual(server.state.people[2].roles, ['billing']);
      await page.goto(`${server.address}#/rights`);
      await billing.getByRole('link', { name: 'Accounts' }).waitFor();
      assert.deepEqual(page.faults, []);
    },
  },
];
