// Under which numbers people call outside, as the mock server keeps them, and what people do with them.
import assert from 'node:assert/strict';
import { newPage } from './browser.mjs';
import { Refused } from './refused.mjs';

const NUMBERS = ['+4930123450', '+4930123459'];

export function callerRoutes(state, request, parts, sent, tell) {
  const row = (one) => ({
    extension: one.extension,
    person: one.name,
    label: one.label,
    caller_name: one.caller_name,
    caller_number: one.caller_number,
    shown_as: one.caller_number ?? NUMBERS[0],
    hides_number: one.hides_number,
    etag: one.etag,
  });
  return {
    'GET caller-ids': () => ({ extensions: state.people.filter(({ extension }) => extension).map(row), numbers: NUMBERS }),
    'PUT caller-ids/#': () => {
      const one = state.people.find(({ extension }) => extension === parts[1]);
      if (request.headers['if-match'] !== `"${one.etag}"`) throw new Refused(412, 'this was changed meanwhile');
      Object.assign(one, sent, { etag: `${one.etag}+` });
      state.revisions.unshift({ ...state.revisions[0], id: state.revisions[0].id + 1, at: new Date().toISOString() });
      tell('config');
      return { revision: state.revisions[0].id };
    },
  };
}

export const flows = [
  {
    name: 'a number is chosen for an extension, and hidden',
    run: async (browser, server) => {
      server.state.isSignedIn = true;
      const page = await newPage(browser);
      await page.goto(`${server.address}#/caller-ids`);
      const row = page.getByRole('list', { name: 'Caller IDs' }).getByRole('listitem').filter({ hasText: '1002' });
      await row.getByText('+4930123450 (not chosen)').waitFor();
      const form = page.getByRole('dialog');
      await row.getByRole('button').click();
      await form.getByLabel('Number shown outside').selectOption('+4930123459');
      await form.getByRole('button', { name: 'Save' }).click();
      await row.getByText('+4930123459', { exact: true }).waitFor();
      await row.getByRole('button').click();
      await form.getByLabel('Hide the number outside').click();
      await form.getByRole('button', { name: 'Save' }).click();
      await row.getByText('The number is hidden').waitFor();
      assert.deepEqual([server.state.people[1].caller_number, server.state.people[1].hides_number], ['+4930123459', true]);
      assert.deepEqual(page.faults, []);
    },
  },
  {
    name: 'one changes the name that colleagues see',
    run: async (browser, server) => {
      server.state.isSignedIn = true;
      const page = await newPage(browser);
      await page.goto(`${server.address}#/me`);
      const name = page.getByLabel('Name for colleagues', { exact: true });
      await name.fill('Reception');
      await name.press('Tab');
      await page.locator('[role=status] .toast', { hasText: /^\s*Saved/ }).waitFor();
      assert.equal(server.state.people.find(({ id }) => id === server.state.own).caller_name, 'Reception');
      assert.deepEqual(page.faults, []);
    },
  },
  {
    name: 'who may see caller IDs only changes none',
    run: async (browser, server) => {
      Object.assign(server.state, { isSignedIn: true, scope: 'admin', rights: [{ area: 'caller_id', may: 'see' }] });
      const page = await newPage(browser);
      await page.goto(`${server.address}#/caller-ids`);
      const list = page.getByRole('list', { name: 'Caller IDs' });
      await list.getByText('+4930123450 (not chosen)').first().waitFor();
      assert.equal(await list.getByRole('button').count(), 0);
      assert.deepEqual(page.faults, []);
    },
  },
];
