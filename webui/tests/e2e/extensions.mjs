// Extension status of the made-up office, as the mock server keeps it, and what people do with it.
import assert from 'node:assert/strict';
import { newPage } from './browser.mjs';
import { Refused } from './refused.mjs';

const to = (kind, id) => ({ kind, id });
const diversion = (kind, on, more = {}) => ({ kind, on, when: null, until: null, to: null, list: [], ...more });

/** What is switched on, by extension. */
export function extensions() {
  return {
    switched: {
      1001: [diversion('dnd', true), diversion('secretary', false, { list: ['1002'] })],
      1002: [diversion('always', true, { to: to('number', '0170 5550100') }), diversion('follow_me', false, { list: ['1004', '0170 5550100'] })],
      1003: [diversion('busy', true, { to: to('person', '1004') }), diversion('unanswered', true), diversion('offline', true, { to: to('voicemail', '1001') })],
    },
    answersFor: { 1002: [{ extension: '1001', name: 'Front Desk', on: true }] },
    /** Whose rows are not for whoever is signed in to change. */
    beyond: [],
  };
}

function row(state, one) {
  const { switched, answersFor, beyond } = state.status;
  const call = state.live.find(({ from, to }) => from === one.extension || to === one.extension);
  const registered = one.phones.filter((phone) => phone.is_registered).length;
  const diversions = switched[one.extension] ?? [];
  return {
    extension: one.extension,
    name: one.name,
    person_id: one.id,
    label: one.label,
    department: one.department,
    site: one.site,
    state: registered === 0 ? 'offline' : (call?.state ?? 'idle'),
    phones: one.phones.length,
    phones_registered: registered,
    diversions,
    bosses: answersFor[one.extension] ?? [],
    rule: one.extension === '1004' ? 'Open' : null,
    is_diverted: diversions.some(({ on }) => on),
    may_change: !beyond.includes(one.extension),
  };
}

export function extensionRoutes(state, url, parts, sent, tell) {
  const rows = () => state.people.filter(({ extension }) => extension).map((one) => row(state, one));
  const saved = () => {
    state.revisions.unshift({ ...state.revisions[0], id: state.revisions[0].id + 1, at: new Date().toISOString() });
    tell('config');
    return { revision: state.revisions[0].id };
  };
  return {
    'GET extensions': () => {
      const sought = (url.searchParams.get('q') ?? '').toLowerCase().split(',').map((one) => one.trim()).filter((one) => one !== '');
      const has = ({ extension, name }) => sought.length === 0 || sought.some((one) => `${extension} ${name}`.toLowerCase().includes(one));
      const found = rows().filter(has).filter((one) => url.searchParams.get('on') !== 'true' || one.is_diverted);
      const limit = Number(url.searchParams.get('limit') ?? 100);
      return { extensions: found.slice(0, limit), found: found.length, all: rows().length, revision: state.revisions[0].id };
    },
    [`PUT extensions/#/diversions/${parts[3]}`]: () => {
      const [, extension, , kind] = parts;
      // Whose mailbox has no message of an assistant.
      if (kind === 'assistant' && extension === '1003') throw new Refused(409, 'record it with *39 first', {});
      if (sent.to?.id === '999') throw new Refused(422, 'look', { to: 'there is no extension 999' });
      const known = (state.status.switched[extension] ??= []);
      const one = known.find((row) => row.kind === kind);
      if (one) Object.assign(one, { on: sent.on, to: sent.to ?? one.to });
      else known.push(diversion(kind, sent.on, { to: sent.to ?? null }));
      return saved();
    },
    'POST extensions/off': () => {
      for (const extension of sent.extensions) for (const one of state.status.switched[extension] ?? []) one.on = false;
      return saved();
    },
  };
}

const opens = async (browser, server, view) => {
  server.state.isSignedIn = true;
  const page = await newPage(browser, view);
  await page.goto(`${server.address}#/extensions`);
  const grid = page.getByRole('grid', { name: 'Extension status' });
  const line = (name) => grid.getByRole('row').filter({ hasText: name });
  await line('Front Desk').waitFor();
  return { page, grid, line };
};
const dnd = (line) => line.getByRole('button', { name: /^Do not disturb/ });

export const flows = [
  {
    name: 'what is switched on for whom is seen and switched in its row',
    run: async (browser, server) => {
      const { page, line } = await opens(browser, server);
      await line('Workshop').getByText('always: to the number 0170 5550100').waitFor();
      await line('Accounts').getByText('offline: to the mailbox of 1001').waitFor();
      await line('Front Desk').getByRole('button', { name: 'Do not disturb, Front Desk 1001: On' }).click();
      await line('Front Desk').getByRole('button', { name: 'Do not disturb, Front Desk 1001: Off' }).waitFor();
      assert.equal(server.state.status.switched[1001][0].on, false);
      await page.getByText('Do not disturb, Front Desk 1001: off').waitFor();
      await line('Workshop').getByRole('button', { name: /^Follow Me/ }).click();
      await line('Workshop').getByRole('button', { name: 'Follow Me, Workshop 1002: On' }).waitFor();
      assert.equal(await line('Accounts').getByRole('button', { name: /^Follow Me/ }).count(), 0, 'nobody is on the list');
      await line('Workshop').getByRole('button', { name: 'Assistant before the mailbox, Workshop 1002: Off' }).click();
      await line('Workshop').getByRole('button', { name: 'Assistant before the mailbox, Workshop 1002: On' }).waitFor();
      await line('Accounts').getByRole('button', { name: /^Assistant/ }).click();
      await page.getByText('record it with *39 first').waitFor();
      await line('Accounts').getByRole('button', { name: 'Assistant before the mailbox, Accounts 1003: Off' }).waitFor();
      assert.deepEqual(page.faults, []);
    },
  },
  {
    name: 'a forward is set from the row, and a wrong one is not',
    run: async (browser, server) => {
      const { page, line } = await opens(browser, server);
      await line('Warehouse').getByRole('button', { name: 'Forwards of Warehouse 1004' }).click();
      const form = page.getByRole('dialog');
      await form.getByLabel('Which forward').selectOption('busy');
      await form.getByLabel('Where calls go', { exact: true }).selectOption('person');
      const id = form.getByLabel('Extension or number', { exact: true });
      await id.fill('999');
      await form.getByRole('button', { name: 'Save' }).click();
      await form.getByText('there is no extension 999').first().waitFor();
      await id.fill('1003');
      await form.getByRole('button', { name: 'Save' }).click();
      await line('Warehouse').getByText('busy: to 1003').waitFor();
      assert.equal(await page.getByRole('dialog').count(), 0);
      assert.deepEqual(page.faults, []);
    },
  },
  {
    name: 'everything is switched off for those who are chosen and shown',
    run: async (browser, server) => {
      const { page, grid, line } = await opens(browser, server);
      await line('Workshop').getByRole('checkbox').check();
      await page.getByLabel('Only with something on').check();
      await line('Warehouse').waitFor({ state: 'detached' });
      await line('Accounts').getByRole('button', { name: /^All off/ }).click();
      await line('Accounts').waitFor({ state: 'detached' });
      await page.getByLabel('Choose all shown').check();
      await page.getByRole('button', { name: 'Switch all off for 2 chosen' }).click();
      await page.getByText('No extension is like that').waitFor();
      await page.getByText('Every diversion of 2 extensions is off').waitFor();
      const on = Object.values(server.state.status.switched).flat().filter((one) => one.on);
      assert.deepEqual(on, []);
      assert.equal(await grid.count(), 0);
      assert.deepEqual(page.faults, []);
    },
  },
  {
    name: 'several extensions are searched for at once, and the table is of those',
    run: async (browser, server) => {
      const { page, grid, line } = await opens(browser, server);
      await page.getByRole('searchbox').fill('1001, work');
      await line('Accounts').waitFor({ state: 'detached' });
      assert.equal(await grid.getByRole('row').count(), 3, 'the heading and both');
      const table = await page.getByRole('link', { name: 'Table (CSV)' }).getAttribute('href');
      assert.equal(table, '/api/extensions/export?q=1001%2C+work');
      assert.deepEqual(page.faults, []);
    },
  },
  {
    name: 'the grid follows what is dialled, and rows of others are not to be changed',
    run: async (browser, server) => {
      server.state.status.beyond = ['1001'];
      const { page, line } = await opens(browser, server);
      await dnd(line('Workshop')).waitFor();
      assert.equal(await line('Front Desk').getByRole('checkbox').count(), 0);
      assert.equal(await dnd(line('Front Desk')).count(), 0);
      server.state.status.switched[1004] = [diversion('dnd', true)];
      server.tell('config');
      await line('Warehouse').getByRole('button', { name: 'Do not disturb, Warehouse 1004: On' }).waitFor();
      assert.deepEqual(page.faults, []);
    },
  },
  {
    name: 'by keyboard alone a row is gone to and switched',
    run: async (browser, server) => {
      const { page, line } = await opens(browser, server);
      await page.getByRole('checkbox', { name: 'Choose Front Desk 1001' }).focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      await line('Workshop').getByRole('button', { name: 'Do not disturb, Workshop 1002: On' }).waitFor();
      assert.deepEqual(page.faults, []);
    },
  },
];
