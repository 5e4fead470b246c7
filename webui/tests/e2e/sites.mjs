// Sites, as the mock server keeps them, and what people do with them.
import assert from 'node:assert/strict';
import { newPage } from './browser.mjs';
import { Refused } from './refused.mjs';

const refuse = (...why) => {
  throw new Refused(...why);
};

export function siteRoutes(state, request, parts, sent, tell) {
  state.sites ??= [{ name: 'North', time_zone: 'Europe/Oslo', language: null, number: null, hold_music: true, managers: [] }];
  const etag = () => `s${JSON.stringify(state.sites).length}`;
  const change = (sites) => {
    state.sites = sites;
    state.revisions.unshift({ ...state.revisions[0], id: state.revisions[0].id + 1, at: new Date().toISOString() });
    tell('config');
    return { revision: state.revisions[0].id };
  };
  const at = () => {
    if (request.headers['if-match'] !== `"${etag()}"`) refuse(412, 'this was changed meanwhile');
    return state.sites.find(({ name }) => name === decodeURIComponent(parts[1]));
  };
  const people = (site) => state.people.filter((one) => one.site === site.name).length;
  return {
    'GET sites': () => ({ sites: state.sites.map((site) => ({ time_groups: 0, ...site, people: people(site) })), numbers: ['+4930123450'], etag: etag() }),
    'POST sites': () => {
      if (state.sites.some(({ name }) => name === sent.name)) refuse(422, 'look', { name: `a site called ${sent.name} exists already` });
      return change([...state.sites, sent]);
    },
    [`PUT sites/${parts[1]}`]: () => {
      const site = at();
      for (const one of state.people) if (one.site === site.name) one.site = sent.name;
      return change(state.sites.map((one) => (one === site ? sent : one)));
    },
    [`DELETE sites/${parts[1]}`]: () => {
      const site = at();
      if (people(site) > 0) refuse(409, 'people work there: Workshop; give them another site first');
      return change(state.sites.filter((one) => one !== site));
    },
  };
}

export const flows = [
  {
    name: 'a site is added, given to somebody, and stays while they work there',
    run: async (browser, server) => {
      server.state.isSignedIn = true;
      const page = await newPage(browser);
      await page.goto(`${server.address}#/people/sites`);
      await page.getByRole('button', { name: 'Add a site' }).click();
      const form = page.getByRole('dialog');
      await form.getByLabel('Name', { exact: true }).fill('North');
      await form.getByRole('button', { name: 'Save' }).click();
      await form.getByText('a site called North exists already').first().waitFor();
      await form.getByLabel('Name', { exact: true }).fill('Depot');
      await form.getByLabel('Number of their calls').selectOption('+4930123450');
      await form.getByRole('button', { name: 'Save' }).click();
      const depot = page.getByRole('list', { name: 'Sites' }).getByRole('listitem').filter({ hasText: 'Depot' });
      await depot.getByText('+4930123450').waitFor();
      await depot.getByRole('button', { name: 'Change Depot' }).click();
      await form.getByLabel('Managers').fill('1001, 1002');
      assert.ok(await form.getByLabel('Music for those who wait').isChecked());
      await form.getByLabel('Music for those who wait').uncheck();
      await form.getByRole('button', { name: 'Save' }).click();
      await form.waitFor({ state: 'detached' });
      assert.deepEqual(server.state.sites.at(-1).managers, ['1001', '1002']);
      assert.equal(server.state.sites.at(-1).hold_music, false);
      await depot.getByText('no music for those who wait').waitFor();
      assert.equal(await depot.getByRole('link', { name: '0 time groups' }).getAttribute('href'), '#/times/site%3ADepot');
      await page.goto(`${server.address}#/people/2`);
      await page.getByLabel('Site', { exact: true }).selectOption('Depot');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.locator('[role=status] .toast', { hasText: /^\s*Saved/ }).waitFor();
      assert.equal(server.state.people[1].site, 'Depot');
      await page.goto(`${server.address}#/people/sites`);
      await depot.getByText('1 person').waitFor();
      await depot.getByRole('button', { name: 'Delete Depot' }).click();
      await page.getByText('people work there: Workshop').waitFor();
      await depot.getByRole('button', { name: 'Change Depot' }).click();
      await form.getByLabel('Name', { exact: true }).fill('Yard');
      await form.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Yard', { exact: true }).waitFor();
      assert.equal(server.state.people[1].site, 'Yard');
      assert.deepEqual(page.faults, []);
    },
  },
];
