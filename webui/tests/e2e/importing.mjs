// People from a table, as the mock server reads and judges them.
import assert from 'node:assert/strict';
import { newPage } from './browser.mjs';

const FILE = { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from('Extension;Name;Floor\n1020;Yard;North\n1002;Workshop;\n10x;Lawn;\n') };

/** What the box says of such a file. */
export function importRoutes(state, sent) {
  const becomes = (row) => {
    if (!/^\d{2,10}$/.test(row.extension)) return { becomes: 'wrong', errors: { extension: 'an extension is 2 to 10 digits: write such a number' } };
    return { becomes: state.people.some(({ extension }) => extension === row.extension) ? 'same' : 'new', errors: {} };
  };
  return {
    'PUT people/table': () => ({
      rows: sent.toString().trim().split('\n').slice(1).map((line, index) => {
        const [extension, name] = line.split(';');
        return { line: index + 2, extension, name, email: null, department: null, site: null, pickup_group: null, voicemail: null };
      }),
      ignored: ['Floor'],
    }),
    'POST people/table': () => {
      const rows = sent.rows.map(becomes);
      const isSaved = !sent.is_trial && rows.every((row) => row.becomes !== 'wrong');
      const added = sent.rows.filter((_, index) => rows[index].becomes === 'new');
      if (isSaved) state.people.push(...added.map((row, index) => ({ ...state.people[1], ...row, id: 90 + index, phones: [] })));
      const credentials = isSaved && sent.with_phones ? added.map(({ extension }) => ({ phone: `${extension}a`, user: `${extension}a-n4w1`, secret: 'kT7-example-Zq' })) : [];
      return { rows, problems: [], revision: isSaved ? 40 : null, credentials };
    },
  };
}

export const choose = (page) => page.locator('input[type=file]').setInputFiles(FILE);

export const flows = [
  {
    name: 'people are imported once every row is mended, and their new passwords shown once',
    run: async (browser, server) => {
      server.state.isSignedIn = true;
      const page = await newPage(browser);
      await page.goto(`${server.address}#/people`);
      await page.getByRole('link', { name: 'Import' }).click();
      await page.getByText('Choose a file').waitFor();
      await choose(page);
      await page.getByText('Columns that mean nothing here: Floor').waitFor();
      await page.getByText('1 new, 0 changed, 1 as they are, 1 to be mended').waitFor();
      const save = page.getByRole('button', { name: /^Import \d+ row/ });
      assert.equal(await save.isDisabled(), true);
      const row = page.getByRole('listitem').filter({ hasText: 'Line 4' });
      await row.getByText('an extension is 2 to 10 digits').waitFor();
      await row.getByLabel('Extension').fill('1021');
      await row.getByLabel('Name').focus();
      await page.getByText('2 new, 0 changed, 1 as they are, 0 to be mended').waitFor();
      await page.getByRole('button', { name: 'Leave out line 2' }).click();
      await page.getByText('1 new, 0 changed, 1 as they are, 0 to be mended').waitFor();
      await save.click();
      const once = page.getByRole('dialog');
      await once.getByText('1021a-n4w1').waitFor();
      assert.ok(server.state.people.some(({ extension, name }) => extension === '1021' && name === 'Lawn'));
      await once.getByRole('button', { name: 'I have entered or copied them' }).click();
      await page.getByRole('gridcell', { name: 'Lawn' }).first().waitFor();
    },
  },
];
