// What people do with time groups of sites, with rows of another system, and with those that an extension's calls go by.
import assert from 'node:assert/strict';
import { signedIn } from './rules.mjs';

export const flows = [
  {
    name: 'f50 the time groups that an extension goes by are changed in place, with a word on who else does',
    run: async (browser, server) => {
      const page = await signedIn(browser, server, '#/caller-ids');
      await page.getByRole('link', { name: 'Time of day of 1001' }).click();
      await page.getByRole('heading', { name: 'Time of day of Front Desk, 1001' }).waitFor();
      const list = page.getByRole('list', { name: 'Time groups' });
      assert.deepEqual(await list.getByRole('heading', { level: 2 }).allTextContents(), server.state.times.filter((group) => group.used_by.length > 0).map(({ name }) => name));
      assert.equal(await page.getByRole('button', { name: /^Delete / }).count(), 0);
      await page.getByRole('button', { name: 'Change Holidays' }).click();
      const form = page.getByRole('dialog');
      await form.getByText('Used by 1001: a change holds for all of them.').waitFor();
      await form.getByLabel('Times, one in a line').fill('holidays DE\n2026-12-24');
      await form.getByRole('button', { name: 'Save' }).click();
      await form.waitFor({ state: 'detached' });
      await list.getByText('holidays DE, 2026-12-24').waitFor();
      assert.deepEqual(page.faults, []);
    },
  },
  {
    name: 'f48 rows of another system are shown as what they mean, mended, taken over, and taken back',
    run: async (browser, server) => {
      const page = await signedIn(browser, server, '#/times');
      await page.getByRole('button', { name: 'Take over rows' }).click();
      const form = page.getByRole('dialog');
      await form.getByRole('button', { name: 'Show what they mean' }).click();
      await form.getByText('fill this in').first().waitFor();
      await form.getByLabel('Rows', { exact: true }).fill('9-17|mon-fri|*|*\n10:00-12:00|sat|*|*');
      await form.getByRole('button', { name: 'Show what they mean' }).click();
      const rows = form.getByRole('list', { name: 'What they mean' }).getByRole('listitem');
      await rows.filter({ hasText: 'Row 1' }).getByText('Times: times are written as in 09:00-17:00').waitFor();
      await rows.filter({ hasText: 'Row 2' }).getByText('sat 10:00-12:00').waitFor();
      await form.getByLabel('Rows', { exact: true }).fill('09:00-17:00|mon-fri|*|*\n10:00-12:00|sat|*|*');
      await form.getByRole('button', { name: 'Show what they mean' }).click();
      await form.getByLabel('Name', { exact: true }).fill('Old hours');
      await form.getByRole('button', { name: 'Take over 2 rows' }).click();
      await form.waitFor({ state: 'detached' });
      await page.getByRole('heading', { name: 'Old hours' }).waitFor();
      assert.deepEqual(server.state.times.at(-1).times, ['mon-fri 09:00-17:00', 'sat 10:00-12:00']);
      await page.getByText('2 rows were taken over into Old hours').waitFor();
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.getByRole('heading', { name: 'Old hours' }).waitFor({ state: 'detached' });
      assert.deepEqual(page.faults, []);
    },
  },
  {
    name: 'f47 a site has time groups of its own, by its own clock, which others see as shared',
    run: async (browser, server) => {
      Object.assign(server.state, { scope: 'user', managed: ['Island'] });
      const page = await signedIn(browser, server, '#/times');
      await page.getByLabel('Time groups of').selectOption('site:Island');
      await page.getByRole('button', { name: 'Delete Open' }).waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Add a time group' }).click();
      const form = page.getByRole('dialog');
      assert.equal(await form.getByLabel('Time zone').inputValue(), 'Atlantic/Canary');
      await form.getByLabel('Name', { exact: true }).fill('Siesta');
      await form.getByLabel('Times, one in a line').fill('daily 14:00-16:00');
      await form.getByRole('button', { name: 'Save' }).click();
      await form.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Delete Siesta' }).waitFor();
      const { site, time_zone } = server.state.times.at(-1);
      assert.deepEqual([site, time_zone], ['Island', 'Atlantic/Canary']);
      await page.getByLabel('Time groups of').selectOption('me');
      await page.getByRole('button', { name: 'Delete Siesta' }).waitFor({ state: 'detached' });
      const siesta = page.getByRole('list', { name: 'Time groups' }).getByRole('listitem').filter({ hasText: 'Siesta' });
      await siesta.getByText('Shared: Island', { exact: true }).waitFor();
      assert.deepEqual(page.faults, []);
    },
  },
];
