// What people do with time groups of sites and with rows of another system.
import assert from 'node:assert/strict';
import { signedIn } from './rules.mjs';

export const flows = [
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
