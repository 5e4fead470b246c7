// The directory of the made-up office, as the mock server keeps it.
import assert from 'node:assert/strict';
import { newPage } from './browser.mjs';
import { Refused } from './refused.mjs';

const contact = (name, more) => ({ name, company: null, work: null, mobile: null, home: null, tags: [], ...more });

export function directory() {
  return {
    contacts: {
      own: [contact('Dentist', { work: '030 5550101' })],
      office: [
        contact('Bakery', { company: 'Corner Bakers', work: '+49305550102', mobile: '+491705550103', tags: ['Supplier'] }),
        contact('Parcel Service', { work: '08005550104', home: '101' }),
      ],
      version: { own: 1, office: 1 },
    },
  };
}

/** What the box says of a table. */
const read = (text) => ({
  rows: text.trim().split('\n').slice(1).map((line, index) => {
    const [name, work] = line.split(';');
    return { line: index + 2, name, work, company: null, mobile: null, home: null, tags: null };
  }),
  ignored: ['Fax'],
});

function judged(row, book) {
  if (!/^\+?[\d ]{2,20}$/.test(row.work)) return { becomes: 'wrong', errors: { work: `${row.work} is no telephone number` } };
  const here = book.find(({ name }) => name === row.name);
  return { becomes: here ? (here.work === row.work ? 'same' : 'changed') : 'new', errors: {} };
}

export function directoryRoutes(state, request, parts, sent, tell) {
  const refuse = (status, detail, errors) => {
    throw new Refused(status, detail, errors);
  };
  const { contacts } = state;
  const [, book, encoded = ''] = parts;
  const name = decodeURIComponent(encoded);
  const etag = (which) => `${which}${contacts.version[which]}`;
  const change = (rows) => {
    contacts[book] = rows.sort((a, b) => a.name.localeCompare(b.name));
    contacts.version[book] += 1;
    tell('config');
    return { revision: 30 };
  };
  const matching = () => {
    if (request.headers['if-match'] !== `"${etag(book)}"`) refuse(412, 'the list of contacts was changed again since');
    return contacts[book].find((one) => one.name === name) ?? refuse(404, 'there is no such contact');
  };
  const STATES = ['free', 'busy', 'dnd', 'away', null];
  return {
    'GET directory': () => ({
      people: state.people.filter(({ extension }) => extension !== null).map((person, index) => ({
        name: person.name, extension: person.extension, department: ['Office', 'Yard', null][index % 3], state: STATES[index % 5],
      })),
      phonebook: contacts.office, own: contacts.own, phonebook_most: 1000, own_most: 200,
      phonebook_etag: etag('office'), own_etag: etag('own'), revision: 30,
    }),
    [`POST contacts/${book}`]: () => {
      if (contacts[book].some((one) => one.name === sent.name)) refuse(422, 'look', { name: `a contact called ${sent.name} exists already` });
      return change([...contacts[book], sent]);
    },
    [`PUT contacts/${book}/${encoded}`]: () => {
      const row = matching();
      return change(contacts[book].map((one) => (one === row ? sent : one)));
    },
    [`PUT contacts/${book}`]: () => {
      if (request.headers['if-match'] !== `"${etag(book)}"`) refuse(412, 'the list of contacts was changed again since');
      return change(sent.contacts);
    },
    [`PUT contact-files/${book}`]: () => read(sent.toString()),
    [`POST contact-files/${book}`]: () => {
      const rows = sent.rows.map((row) => judged(row, contacts[book]));
      const isSaved = !sent.is_trial && rows.every(({ becomes }) => becomes !== 'wrong');
      if (isSaved) {
        const kept = contacts[book].filter(({ name }) => !sent.rows.some((row) => row.name === name));
        change([...kept, ...sent.rows.map(({ line, tags, ...row }) => contact(row.name, { ...row, tags: tags?.split(', ') ?? [] }))]);
      }
      return { rows, problems: [], revision: isSaved ? 31 : null };
    },
    [`DELETE contacts/${book}/${encoded}`]: () => {
      const row = matching();
      return change(contacts[book].filter((one) => one !== row));
    },
  };
}

const opened = async (browser, server, scope = 'admin') => {
  Object.assign(server.state, { isSignedIn: true, scope });
  const page = await newPage(browser);
  await page.goto(`${server.address}#/directory`);
  await page.getByRole('grid', { name: 'Phonebook' }).waitFor();
  return page;
};
const names = (rows) => rows.map(({ name }) => name);

export const flows = [
  {
    name: 'contacts are imported once every row is mended, and taken back',
    run: async (browser, server) => {
      server.state.isSignedIn = true;
      const page = await newPage(browser);
      await page.goto(`${server.address}#/directory`);
      await page.getByRole('link', { name: 'Import' }).click();
      await page.getByText('Choose a file').waitFor();
      const buffer = Buffer.from('Name;Work;Fax\nMill;030 77;1\nBakery;+49305550102;\nGarage;none;\n');
      await page.locator('input[type=file]').setInputFiles({ name: 'contacts.csv', mimeType: 'text/csv', buffer });
      await page.getByText('Not taken: Fax').waitFor();
      await page.getByText('1 new, 0 changed, 1 as they are, 1 to be mended').waitFor();
      const save = page.getByRole('button', { name: /^Import \d+ row/ });
      assert.equal(await save.isDisabled(), true);
      const row = page.getByRole('listitem').filter({ hasText: 'Line 4' });
      await row.getByText('none is no telephone number').waitFor();
      await row.getByLabel('Work', { exact: true }).fill('030 78');
      await row.getByLabel('Name', { exact: true }).focus();
      await page.getByText('2 new, 0 changed, 1 as they are, 0 to be mended').waitFor();
      await save.click();
      await page.getByRole('gridcell', { name: 'Garage' }).first().waitFor();
      assert.deepEqual(server.state.contacts.office.map(({ name }) => name), ['Bakery', 'Garage', 'Mill', 'Parcel Service']);
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.getByRole('gridcell', { name: 'Garage' }).first().waitFor({ state: 'detached' });
      assert.deepEqual(server.state.contacts.office.map(({ name }) => name), ['Bakery', 'Parcel Service']);
      assert.equal(server.state.contacts.office[0].company, 'Corner Bakers');
      assert.deepEqual(page.faults, []);
    },
  },
  {
    name: 'an import is not taken back over what a colleague has changed since',
    run: async (browser, server) => {
      const page = await opened(browser, server);
      await page.getByRole('link', { name: 'Import' }).click();
      const buffer = Buffer.from('Name;Work\nMill;030 77\n');
      await page.locator('input[type=file]').setInputFiles({ name: 'contacts.csv', mimeType: 'text/csv', buffer });
      await page.getByRole('button', { name: /^Import \d+ row/ }).click();
      await page.getByRole('gridcell', { name: 'Mill' }).first().waitFor();
      const { contacts } = server.state;
      contacts.office = [contact('Archive', { work: '03099' }), ...contacts.office];
      contacts.version.office += 1;
      server.tell('config');
      await page.getByRole('gridcell', { name: 'Archive' }).first().waitFor();
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.getByText('It could not be undone. the list of contacts was changed again since').waitFor();
      assert.deepEqual(names(contacts.office), ['Archive', 'Bakery', 'Mill', 'Parcel Service']);
    },
  },
  {
    name: 'a contact is refused, added, changed and deleted, and each of these is taken back',
    run: async (browser, server) => {
      const page = await opened(browser, server);
      const { contacts } = server.state;
      await page.getByRole('button', { name: 'Add a contact' }).click();
      const form = page.getByRole('dialog');
      await form.getByLabel('Name', { exact: true }).fill('Bakery');
      await form.getByRole('button', { name: 'Save' }).click();
      await form.getByText('Write at least one number').first().waitFor();
      await form.getByLabel('Mobile number').fill('call me');
      await form.getByRole('button', { name: 'Save' }).click();
      await form.getByText('Digits, with or without + in front; at most 20').first().waitFor();
      await form.getByLabel('Mobile number').fill('+49 (0)170 555-0105');
      await form.getByRole('button', { name: 'Save' }).click();
      await form.getByText('a contact called Bakery exists already').first().waitFor();
      await form.getByLabel('Name', { exact: true }).fill('Florist');
      await form.getByRole('button', { name: 'Save' }).click();
      await page.getByText('The contact Florist was added').waitFor();
      assert.deepEqual(names(contacts.office), ['Bakery', 'Florist', 'Parcel Service']);
      await page.getByRole('button', { name: 'Undo' }).last().click();
      await page.getByRole('button', { name: 'Delete Florist' }).waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Change Bakery' }).click();
      await form.getByLabel('Company').fill('');
      await form.getByLabel('Name', { exact: true }).fill('Baker');
      await form.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('button', { name: 'Delete Baker', exact: true }).click();
      await page.getByText('The contact Baker was deleted').waitFor();
      assert.deepEqual(names(contacts.office), ['Parcel Service']);
      await page.getByRole('button', { name: 'Undo' }).last().click();
      await page.getByRole('button', { name: 'Change Baker', exact: true }).waitFor();
      assert.equal(contacts.office[0].company, null);
    },
  },
  {
    name: 'the directory is searched by name, company and number, and people by department',
    run: async (browser, server) => {
      const page = await opened(browser, server);
      const search = page.getByRole('searchbox');
      await search.fill('corner');
      await page.getByRole('status').filter({ hasText: '1 found' }).waitFor();
      assert.equal(await page.getByRole('link', { name: '+49305550102' }).getAttribute('href'), 'tel:+49305550102');
      await search.fill('0800 555-01');
      await page.getByRole('gridcell', { name: 'Parcel Service', exact: true }).waitFor();
      await search.fill('nobody at all');
      await page.getByText('Nobody here goes by “nobody at all”.').first().waitFor();
      await search.fill('');
      await page.getByLabel('Department').selectOption('Yard');
      await page.getByRole('gridcell', { name: 'Workshop', exact: true }).waitFor();
      assert.equal(await page.getByRole('gridcell', { name: 'Front Desk' }).count(), 0);
    },
  },
  {
    name: 'f76 contacts have tags, and are narrowed to one',
    run: async (browser, server) => {
      const page = await opened(browser, server);
      await page.getByRole('button', { name: 'Change Parcel Service' }).click();
      const form = page.getByRole('dialog');
      await form.getByLabel('Tags').fill('a, b, c, d, e, f');
      await form.getByRole('button', { name: 'Save' }).click();
      await form.getByText('At most 5 tags of at most 24 characters').first().waitFor();
      await form.getByLabel('Tags').fill('Supplier, Daily,Supplier');
      await form.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('gridcell', { name: 'Daily, Supplier' }).waitFor();
      assert.deepEqual(server.state.contacts.office[1].tags, ['Daily', 'Supplier']);
      await page.getByLabel('Tag', { exact: true }).selectOption('Daily');
      await page.getByRole('gridcell', { name: 'Bakery', exact: true }).waitFor({ state: 'detached' });
      await page.getByRole('gridcell', { name: 'Parcel Service', exact: true }).waitFor();
      await page.getByText('No contact here has the tag Daily.').waitFor();
      await page.getByLabel('Tag', { exact: true }).selectOption('');
      await page.getByRole('searchbox').fill('supplier');
      await page.getByRole('status').filter({ hasText: '2 found' }).waitFor();
      assert.deepEqual(page.faults, []);
    },
  },
  {
    name: 'who is no administrator changes contacts of their own alone, and by PIN none',
    run: async (browser, server) => {
      const page = await opened(browser, server, 'user');
      await page.getByRole('button', { name: 'Change Dentist' }).waitFor();
      assert.equal(await page.getByRole('button', { name: 'Change Bakery' }).count(), 0);
      await page.getByRole('button', { name: 'Add a contact' }).click();
      await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('Doctor');
      await page.getByRole('dialog').getByLabel('Number at home').fill('030 5550106');
      await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
      await page.getByRole('button', { name: 'Change Doctor' }).waitFor();
      assert.deepEqual(names(server.state.contacts.own), ['Dentist', 'Doctor']);
      const byPin = await opened(browser, server, 'home');
      assert.equal(await byPin.getByRole('button', { name: /^Change|Add a contact/ }).count(), 0);
    },
  },
];
