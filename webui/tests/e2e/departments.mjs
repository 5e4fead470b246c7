// Departments, as the mock server keeps them, and what people do with them.
import assert from 'node:assert/strict';
import { newPage } from './browser.mjs';
import { Refused } from './refused.mjs';

const refuse = (...why) => {
  throw new Refused(...why);
};

export function departmentRoutes(state, request, url, parts, sent, tell) {
  state.departments ??= ['Office', 'Yard'];
  const etag = () => `d${state.departments.join()}`;
  const change = (departments) => {
    state.departments = departments.sort();
    state.revisions.unshift({ ...state.revisions[0], id: state.revisions[0].id + 1, at: new Date().toISOString() });
    tell('config');
    return { revision: state.revisions[0].id };
  };
  const at = () => {
    if (request.headers['if-match'] !== `"${etag()}"`) refuse(412, 'this was changed meanwhile');
    return decodeURIComponent(parts[1]);
  };
  const isFree = (name) => {
    if (state.departments.includes(name)) refuse(422, 'look', { name: `a department called ${name} exists already` });
  };
  const people = (name) => state.people.filter((one) => one.department === name);
  const give = (name, after) => people(name).forEach((one) => (one.department = after));
  const named = new Set([...state.departments, ...state.people.flatMap(({ department }) => department ?? [])]);
  return {
    'GET departments': () => ({ departments: [...named].sort().map((name) => ({ name, people: people(name).length })), etag: etag() }),
    'POST departments': () => {
      isFree(sent.name);
      return change([...state.departments, sent.name]);
    },
    [`PUT departments/${parts[1]}`]: () => {
      const name = at();
      isFree(sent.name);
      give(name, sent.name);
      return change(state.departments.map((one) => (one === name ? sent.name : one)));
    },
    [`DELETE departments/${parts[1]}`]: () => {
      const name = at();
      const to = url.searchParams.get('to');
      if (people(name).length > 0 && to === null && url.searchParams.get('none') !== 'true') refuse(409, 'people are in it');
      give(name, to);
      return change(state.departments.filter((one) => one !== name));
    },
  };
}

export const flows = [
  {
    name: 'f14 a department is named in the form of a person, renamed for all, and deleted when they have another',
    run: async (browser, server) => {
      server.state.isSignedIn = true;
      const page = await newPage(browser);
      const workshop = server.state.people[1];
      await page.goto(`${server.address}#/people/2`);
      await page.getByRole('button', { name: 'New department' }).click();
      const form = page.getByRole('dialog');
      await form.getByLabel('Name', { exact: true }).fill('Yard');
      await form.getByRole('button', { name: 'Save' }).click();
      await form.getByText('a department called Yard exists already').first().waitFor();
      await form.getByLabel('Name', { exact: true }).fill('Tools');
      await form.getByRole('button', { name: 'Save' }).click();
      await form.waitFor({ state: 'detached' });
      assert.equal(await page.getByLabel('Department', { exact: true }).inputValue(), 'Tools');
      assert.equal(workshop.department, null, 'the form of the person is not saved yet');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.locator('[role=status] .toast', { hasText: /^\s*Saved/ }).waitFor();
      assert.equal(workshop.department, 'Tools');

      await page.goto(`${server.address}#/people/departments`);
      const row = (name) => page.getByRole('list', { name: 'Departments' }).getByRole('listitem').filter({ hasText: name });
      await row('Tools').getByText('1 person').waitFor();
      await row('Tools').getByRole('button', { name: 'Rename Tools' }).click();
      await form.getByLabel('Name', { exact: true }).fill('Machines');
      await form.getByRole('button', { name: 'Save' }).click();
      await row('Machines').getByText('1 person').waitFor();
      assert.equal(workshop.department, 'Machines');

      await row('Machines').getByRole('button', { name: 'Delete Machines' }).click();
      await form.getByLabel('They go to').selectOption('Yard');
      await form.getByRole('button', { name: 'Delete Machines' }).click();
      await row('Yard').getByText('1 person').waitFor();
      await row('Machines').waitFor({ state: 'detached' });
      assert.equal(workshop.department, 'Yard');
      await row('Office').getByRole('button', { name: 'Delete Office' }).click();
      await row('Office').waitFor({ state: 'detached' });
      assert.deepEqual(page.faults, []);
    },
  },
];
