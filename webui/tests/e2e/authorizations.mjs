// Authorization codes, as the mock server keeps them, and what people do with them.
import assert from 'node:assert/strict';
import { newPage } from './browser.mjs';
import { Refused } from './refused.mjs';

const refuse = (...why) => {
  throw new Refused(...why);
};

export function authorizationRoutes(state, request, parts, sent, tell) {
  state.authorizations ??= [{ name: 'Abroad', permission: 'international', extensions: null, enabled: true }];
  const etag = () => `a${JSON.stringify(state.authorizations).length}`;
  const change = (rows) => {
    state.authorizations = rows;
    state.revisions.unshift({ ...state.revisions[0], id: state.revisions[0].id + 1, at: new Date().toISOString() });
    tell('config');
    return { revision: state.revisions[0].id };
  };
  const at = () => {
    if (request.headers['if-match'] !== `"${etag()}"`) refuse(412, 'this was changed meanwhile');
    return state.authorizations.find(({ name }) => name === decodeURIComponent(parts[1]));
  };
  const row = ({ pin, ...rest }) => {
    if (pin) state.pins = [...(state.pins ?? []), pin];
    return rest;
  };
  return {
    'GET authorizations': () => ({ authorizations: state.authorizations, etag: etag() }),
    'POST authorizations': () => {
      if (sent.pin === '1234') refuse(422, 'look', { pin: 'the PIN is a sequence: use something irregular' });
      return change([...state.authorizations, row(sent)]);
    },
    [`PUT authorizations/${parts[1]}`]: () => {
      const before = at();
      return change(state.authorizations.map((one) => (one === before ? row(sent) : one)));
    },
    [`DELETE authorizations/${parts[1]}`]: () => {
      const before = at();
      return change(state.authorizations.filter((one) => one !== before));
    },
  };
}

export const flows = [
  {
    name: 'an authorization code is added, given to some, switched off and deleted, and never shown',
    run: async (browser, server) => {
      server.state.isSignedIn = true;
      const page = await newPage(browser);
      await page.goto(`${server.address}#/trunks`);
      await page.getByRole('link', { name: 'Authorization codes' }).click();
      await page.getByRole('button', { name: 'Add a code' }).click();
      const form = page.getByRole('dialog');
      await form.getByLabel('Name', { exact: true }).fill('Hotline');
      await form.getByRole('button', { name: 'Save' }).click();
      await form.getByText('Enter something here').or(form.locator('[aria-invalid=true]')).first().waitFor();
      await form.getByLabel('Code', { exact: true }).fill('1234');
      await form.getByRole('button', { name: 'Save' }).click();
      await form.getByText('the PIN is a sequence').first().waitFor();
      await form.getByLabel('Code', { exact: true }).fill('580264');
      await form.getByLabel('Lets out', { exact: true }).selectOption('premium');
      await form.getByLabel('Who may use it', { exact: true }).fill('1002 1003');
      await form.getByRole('button', { name: 'Save' }).click();
      const hotline = page.getByRole('list', { name: 'Authorization codes' }).getByRole('listitem').filter({ hasText: 'Hotline' });
      await hotline.getByText('Everything · for 1002, 1003').waitFor();
      assert.deepEqual(server.state.pins, ['580264']);
      await hotline.getByRole('button', { name: 'Change Hotline' }).click();
      assert.equal(await form.getByLabel('Code', { exact: true }).inputValue(), '');
      await form.getByRole('switch', { name: 'In use' }).uncheck();
      await form.getByRole('button', { name: 'Save' }).click();
      await hotline.getByText('not in use').waitFor();
      assert.deepEqual(server.state.pins, ['580264'], 'its digits stay');
      await hotline.getByRole('button', { name: 'Delete Hotline' }).click();
      await page.getByText('The code Hotline was deleted').waitFor();
      await hotline.waitFor({ state: 'detached' });
      assert.deepEqual(page.faults, []);
    },
  },
];
