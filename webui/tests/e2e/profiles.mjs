// Profiles, as the mock server keeps them, and what people do with them.
import assert from 'node:assert/strict';
import { newPage } from './browser.mjs';
import { Refused } from './refused.mjs';

const refuse = (...why) => {
  throw new Refused(...why);
};
const may = (may, ...areas) => areas.map((area) => ({ area, may }));
const PRESETS = [
  { preset: 'user', rights: may('see', 'phonebook', 'codes') },
  { preset: 'office', rights: [...may('see', 'people', 'caller_id', 'codes'), ...may('change', 'basics', 'times', 'phonebook')] },
];

export function profileRoutes(state, request, parts, sent, tell) {
  state.profiles ??= [{ name: 'Night shift', rights: may('see', 'live', 'calls') }];
  const etag = () => `p${JSON.stringify(state.profiles).length}`;
  const change = (profiles) => {
    state.profiles = profiles;
    state.revisions.unshift({ ...state.revisions[0], id: state.revisions[0].id + 1, at: new Date().toISOString() });
    tell('config');
    return { revision: state.revisions[0].id };
  };
  const at = () => {
    if (request.headers['if-match'] !== `"${etag()}"`) refuse(412, 'this was changed meanwhile');
    return state.profiles.find(({ name }) => name === decodeURIComponent(parts[1]));
  };
  const people = ({ name }) => state.people.filter((one) => one.profile === name).map(({ id, name }) => ({ id, name }));
  return {
    'GET profiles': () => ({ profiles: state.profiles.map((one) => ({ ...one, people: people(one), groups: [] })), presets: PRESETS, etag: etag() }),
    'POST profiles': () => {
      if (state.profiles.some(({ name }) => name === sent.name)) refuse(422, 'look', { name: `a profile called ${sent.name} exists already` });
      return change([...state.profiles, sent]);
    },
    [`PUT profiles/${parts[1]}`]: () => {
      const profile = at();
      for (const one of state.people) if (one.profile === profile.name) one.profile = sent.name;
      return change(state.profiles.map((one) => (one === profile ? sent : one)));
    },
    [`DELETE profiles/${parts[1]}`]: () => {
      const profile = at();
      if (people(profile).length > 0) refuse(409, 'people have it: Workshop; give them another one, or none, first');
      return change(state.profiles.filter((one) => one !== profile));
    },
  };
}

export const flows = [
  {
    name: 'a profile is made from a preset, given to somebody, copied, and stays while they have it',
    run: async (browser, server) => {
      server.state.isSignedIn = true;
      const page = await newPage(browser);
      await page.goto(`${server.address}#/rights`);
      await page.getByRole('link', { name: 'Profiles' }).click();
      await page.getByRole('button', { name: 'Add a profile' }).click();
      const form = page.getByRole('dialog');
      await form.getByLabel('Name', { exact: true }).fill('Night shift');
      await form.getByLabel('Begin with').selectOption('Office manager');
      assert.equal(await form.getByLabel('Time groups of the office').inputValue(), 'change');
      await form.getByLabel('Time groups of the office').selectOption('See');
      await form.getByLabel('Live calls and their messages').selectOption('See and change');
      await form.getByRole('button', { name: 'Save' }).click();
      await form.getByText('a profile called Night shift exists already').first().waitFor();
      await form.getByLabel('Name', { exact: true }).fill('Reception');
      await form.getByRole('button', { name: 'Save' }).click();
      const row = (name) => page.getByRole('list', { name: 'Profiles' }).getByRole('listitem').filter({ has: page.getByText(name, { exact: true }) });
      await row('Reception').getByText('Live calls and their messages: See and change').waitFor();
      const rights = Object.fromEntries(server.state.profiles.at(-1).rights.map(({ area, may }) => [area, may]));
      assert.deepEqual([rights.times, rights.live, rights.box, rights.basics], ['see', 'change', undefined, 'change']);

      await page.goto(`${server.address}#/people/2`);
      await page.getByLabel('Profile', { exact: true }).selectOption('Reception');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.locator('[role=status] .toast', { hasText: /^\s*Saved/ }).waitFor();
      assert.equal(server.state.people[1].profile, 'Reception');
      await page.goto(`${server.address}#/rights/profiles`);
      await row('Reception').getByText('Had by Workshop').waitFor();
      await row('Reception').getByRole('button', { name: 'Delete Reception' }).click();
      await page.getByText('people have it: Workshop').waitFor();
      await row('Reception').getByRole('button', { name: 'Copy Reception' }).click();
      assert.equal(await form.getByLabel('Live calls and their messages').inputValue(), 'change');
      await form.getByRole('button', { name: 'Save' }).click();
      await row('Reception (copy)').getByText('Nobody has it').waitFor();
      await row('Reception').getByRole('button', { name: 'Change Reception', exact: true }).click();
      await form.getByLabel('Name', { exact: true }).fill('Front desk');
      await form.getByRole('button', { name: 'Save' }).click();
      await row('Front desk').getByText('Had by Workshop').waitFor();
      assert.equal(server.state.people[1].profile, 'Front desk');
      assert.deepEqual(page.faults, []);
    },
  },
  {
    name: 'whoever makes a profile is offered no right that they do not have',
    run: async (browser, server) => {
      const rights = [...may('see', 'times'), ...may('change', 'roles', 'people', 'basics')];
      Object.assign(server.state, { isSignedIn: true, scope: 'admin', rights });
      const page = await newPage(browser);
      await page.goto(`${server.address}#/rights/profiles`);
      await page.getByRole('button', { name: 'Add a profile' }).click();
      const form = page.getByRole('dialog');
      const offered = async (label) => (await form.getByLabel(label, { exact: true }).locator('option').allInnerTexts()).map((text) => text.trim());
      assert.deepEqual(await offered('Backups and certificate'), ['Not open']);
      assert.deepEqual(await offered('Time groups of the office'), ['Not open', 'See']);
      assert.deepEqual(await offered('People and phones'), ['Not open', 'See', 'See and change']);
      await form.getByLabel('Begin with').selectOption('Office manager');
      assert.equal(await form.getByLabel('Time groups of the office').inputValue(), 'see');
      assert.deepEqual(page.faults, []);
    },
  },
  {
    name: 'a profile that is given or taken changes the menu at once',
    run: async (browser, server) => {
      Object.assign(server.state, { isSignedIn: true, scope: 'admin', rights: may('see', 'live') });
      const page = await newPage(browser);
      await page.goto(`${server.address}#/me`);
      const live = page.locator('nav[aria-label="Main menu"]').getByRole('link', { name: 'Live calls' });
      await live.waitFor();
      server.state.rights = may('see', 'codes');
      server.tell('config');
      await live.waitFor({ state: 'detached' });
      server.state.rights = may('see', 'live');
      server.tell('config');
      await live.waitFor();
      assert.deepEqual(page.faults, []);
    },
  },
];
