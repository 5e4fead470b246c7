// Accounts that calls are charged to, as the mock server keeps them, and what people do with them.
import assert from 'node:assert/strict';
import { newPage } from './browser.mjs';
import { Refused } from './refused.mjs';

const refuse = (...why) => {
  throw new Refused(...why);
};

export function accountRoutes(state, request, parts, sent, tell) {
  state.accounts ??= [
    { number: '0471', name: 'Harbour Authority' },
    { number: '2204', name: 'Lighthouse Keepers’ Association, renovation of the north pier' },
  ];
  const etag = () => `a${JSON.stringify(state.accounts).length}`;
  const change = (rows) => {
    state.accounts = rows.toSorted((one, other) => (one.number < other.number ? -1 : 1));
    state.revisions.unshift({ ...state.revisions[0], id: state.revisions[0].id + 1, at: new Date().toISOString() });
    tell('config');
    return { revision: state.revisions[0].id };
  };
  const at = () => {
    if (request.headers['if-match'] !== `"${etag()}"`) refuse(412, 'this was changed meanwhile');
    return state.accounts.find(({ number }) => number === parts[1]);
  };
  return {
    'GET accounts': () => ({ accounts: state.accounts, etag: etag() }),
    'GET calls/accounts': () => state.accounts,
    'POST accounts': () => {
      const isTaken = state.accounts.some(({ number }) => number === sent.number);
      if (isTaken) refuse(422, 'look', { number: `there is an account ${sent.number} already: write another number` });
      return change([...state.accounts, sent]);
    },
    'PUT accounts/#': () => {
      const before = at();
      return change(state.accounts.map((one) => (one === before ? sent : one)));
    },
    'DELETE accounts/#': () => {
      const before = at();
      return change(state.accounts.filter((one) => one !== before));
    },
  };
}

export const flows = [
  {
    name: 'an account is added, renamed and deleted, and what cannot be is said at its field',
    run: async (browser, server) => {
      server.state.isSignedIn = true;
      const page = await newPage(browser);
      await page.goto(`${server.address}#/trunks`);
      await page.getByRole('link', { name: 'Account codes' }).click();
      await page.getByRole('button', { name: 'Add an account' }).click();
      const form = page.getByRole('dialog');
      await form.getByLabel('Number', { exact: true }).fill('47x');
      await form.getByRole('button', { name: 'Save' }).click();
      await form.getByText('1 to 8 digits.', { exact: true }).first().waitFor();
      await form.getByLabel('Number', { exact: true }).fill('0471');
      await form.getByLabel('Name', { exact: true }).fill('Ferry');
      await form.getByRole('button', { name: 'Save' }).click();
      await form.getByText('there is an account 0471 already').first().waitFor();
      await form.getByLabel('Number', { exact: true }).fill('471');
      await form.getByRole('button', { name: 'Save' }).click();
      const ferry = page.getByRole('list', { name: 'Account codes' }).getByRole('listitem').filter({ hasText: 'Ferry' });
      await ferry.getByText('471', { exact: true }).waitFor();
      await ferry.getByRole('button', { name: 'Change Ferry' }).click();
      await form.getByLabel('Name', { exact: true }).fill('Ferry Line');
      await form.getByRole('button', { name: 'Save' }).click();
      await ferry.getByText('Ferry Line').waitFor();
      assert.deepEqual(server.state.accounts.at(-1), { number: '471', name: 'Ferry Line' });
      await ferry.getByRole('button', { name: 'Delete Ferry Line' }).click();
      await page.getByText('The account Ferry Line was deleted').waitFor();
      await ferry.waitFor({ state: 'detached' });
      assert.deepEqual(page.faults, []);
    },
  },
  {
    name: 'many accounts are searched by number and by name',
    run: async (browser, server) => {
      server.state.isSignedIn = true;
      server.state.accounts = Array.from({ length: 20 }, (_, index) => ({ number: String(100 + index), name: `Case ${index}` }));
      const page = await newPage(browser);
      await page.goto(`${server.address}#/trunks/accounts`);
      await page.getByRole('searchbox').fill('119');
      await page.getByRole('listitem').filter({ hasText: 'Case 19' }).waitFor();
      const list = page.getByRole('list', { name: 'Account codes' }).getByRole('listitem');
      assert.equal(await list.count(), 1);
      await page.getByRole('searchbox').fill('case 1');
      await list.nth(10).waitFor();
      assert.equal(await list.count(), 11);
      await page.getByRole('searchbox').fill('nobody');
      await page.getByText('No account has nobody in it.').waitFor();
      assert.deepEqual(page.faults, []);
    },
  },
  {
    name: 'the calls of one account are listed, taken along as a table, and shown in full again',
    run: async (browser, server) => {
      server.state.isSignedIn = true;
      const page = await newPage(browser);
      await page.goto(`${server.address}#/trunks/accounts`);
      await page.getByRole('link', { name: 'Calls of Harbour Authority' }).click();
      const rows = page.getByRole('grid').getByRole('row');
      const of = server.state.calls.filter((call) => call.charged_to?.number === '0471').length;
      await page.getByText(`${of} calls`).waitFor({ state: 'attached' });
      assert.equal(await rows.count(), of + 1);
      const table = page.getByRole('link', { name: 'Table (CSV)' });
      assert.equal(await table.getAttribute('href'), '/api/calls/export?account=0471');
      await rows.nth(1).getByRole('link').first().click();
      await page.getByRole('link', { name: '0471 Harbour Authority' }).waitFor();
      await page.getByRole('link', { name: 'All calls' }).click();
      const filter = page.getByLabel('Account', { exact: true });
      await page.waitForFunction(() => document.querySelector('select')?.value === '0471');
      await filter.selectOption('');
      await rows.nth(of + 1).waitFor();
      await rows.filter({ hasText: '0471 Harbour Authority' }).first().waitFor();
      assert.equal(await table.getAttribute('href'), '/api/calls/export');
      assert.deepEqual(page.faults, []);
    },
  },
];
