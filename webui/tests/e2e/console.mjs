// One's own calls, as the mock server keeps them.
import assert from 'node:assert/strict';
import { newPage } from './browser.mjs';
import { Refused } from './refused.mjs';

const BAKERY = { number: '+491705550103', name: 'Bakery' };
const WORKSHOP = { number: '1002', name: 'Workshop' };
const ACTS = {
  talking: ['hold', 'ask', 'pass_on', 'hang_up'],
  holding: ['back', 'ask', 'pass_on', 'hang_up'],
  consulting: ['confer', 'back', 'hang_up'],
  conference: ['back', 'hang_up'],
};

/** A call with somebody outside, one that rings at a colleague, and one that is parked. */
export const ownCalls = () => ({
  state: 'talking',
  others: [BAKERY],
  since: new Date(Date.now() - 65_000).toISOString(),
});

export function consoleRoutes(state, parts, sent, tell) {
  state.ownCall ??= ownCalls();
  const becomes = (change) => {
    state.ownCall = change && { ...state.ownCall, ...change };
    tell('calls');
  };
  return {
    'GET console': () => ({
      calls: state.ownCall.state ? [{ id: 77, acts: ACTS[state.ownCall.state], ...state.ownCall }] : [],
      ringing: [{ id: 9, from: { number: '+493055512', name: '' }, at: WORKSHOP, dial: '**1002' }],
      parked: [{ id: 10, from: BAKERY, at: { number: '*851', name: '' }, dial: '*851' }],
      park: '*88',
    }),
    'POST console/#': () => {
      state.acted = { ...sent, call: Number(parts[1]) };
      if (sent.to === '999') throw new Refused(422, 'look', { to: 'the call cannot go there: there is no such number' });
      if (sent.act === 'hold') becomes({ state: 'holding' });
      if (sent.act === 'ask') becomes({ state: 'consulting', others: [WORKSHOP, BAKERY] });
      if (sent.act === 'confer') becomes({ state: 'conference' });
      if (sent.act === 'back') becomes({ state: 'talking', others: [BAKERY] });
      if (sent.act === 'pass_on' || sent.act === 'hang_up') becomes({ state: undefined });
      return { is_done: true };
    },
  };
}

const opened = async (browser, server) => {
  Object.assign(server.state, { isSignedIn: true, scope: 'admin', placed: undefined, acted: undefined, ownCall: ownCalls() });
  const page = await newPage(browser);
  await page.goto(`${server.address}#/console`);
  return page;
};
const press = (page, name) => page.getByRole('button', { name, exact: true }).click();

export const flows = [
  {
    name: 'a call of one’s own is held, somebody is asked, all three talk, and the two are connected',
    run: async (browser, server) => {
      const page = await opened(browser, server);
      const own = page.getByRole('list', { name: 'Your calls' });
      await own.getByText('Talking').waitFor();
      await press(page, 'Hold');
      await own.getByText('On hold').waitFor();
      await press(page, 'Ask first');
      const dialog = page.getByRole('dialog', { name: 'Ask somebody while Bakery waits' });
      await dialog.getByRole('button', { name: 'Call', exact: true }).click();
      await dialog.getByText('Write a number, or choose a colleague.').waitFor();
      await dialog.getByLabel('Name or number').fill('Works');
      await dialog.getByRole('button', { name: /^Workshop 1002/ }).click();
      await dialog.getByRole('button', { name: 'Call', exact: true }).click();
      await own.getByText('Asking').waitFor();
      assert.deepEqual(server.state.acted, { act: 'ask', to: '1002', call: 77 });
      await press(page, 'All three');
      await own.getByText('All three talk').waitFor();
      await press(page, 'Back');
      await own.getByText('Talking').waitFor();
      await press(page, 'Ask first');
      await dialog.getByLabel('Name or number').fill('1002');
      await dialog.getByRole('button', { name: 'Call', exact: true }).click();
      await press(page, 'Connect them');
      await page.getByText('You have no call now.').waitFor();
      assert.equal(server.state.acted.act, 'hang_up');
    },
  },
  {
    name: 'a call of one’s own is passed on, or parked, and what cannot be is said at the number',
    run: async (browser, server) => {
      const page = await opened(browser, server);
      await press(page, 'Pass on');
      const dialog = page.getByRole('dialog', { name: 'Pass Bakery on' });
      await dialog.getByLabel('Name or number').fill('999');
      await dialog.getByRole('button', { name: 'Call', exact: true }).click();
      await dialog.getByText('the call cannot go there: there is no such number').waitFor();
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await press(page, 'Park');
      await page.getByText('You have no call now.').waitFor();
      assert.deepEqual(server.state.acted, { act: 'pass_on', to: '*88', call: 77 });
    },
  },
  {
    name: 'what rings at a colleague, and what is parked, is taken by one’s own phone',
    run: async (browser, server) => {
      const page = await opened(browser, server);
      for (const [button, dialled] of [['Take: +493055512', '**1002'], ['Fetch: Bakery', '*851']]) {
        await page.getByRole('button', { name: button, exact: true }).click();
        const call = page.getByRole('region', { name: /^Call to / });
        await call.getByText('Your phone rings: answer it').waitFor();
        assert.equal(server.state.asked.number, dialled);
        await call.getByRole('button', { name: 'Hang up' }).click();
        await call.getByRole('button', { name: 'Show this call no more' }).click();
        await call.waitFor({ state: 'detached' });
      }
    },
  },
];
