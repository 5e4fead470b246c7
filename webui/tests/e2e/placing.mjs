// Calls that the box places, as the mock server keeps them.
import assert from 'node:assert/strict';
import { newPage } from './browser.mjs';
import { Refused } from './refused.mjs';

export function placeRoutes(state, parts, sent, tell) {
  const refuse = (status, detail, errors) => {
    throw new Refused(status, detail, errors);
  };
  state.ownPhones ??= [{ name: '1001a', is_there: true }, { name: '1001b', is_there: false }];
  const shown = () => state.placed ?? refuse(404, 'there is no such call');
  return {
    'GET place': () => ({ phones: state.ownPhones }),
    'POST place': () => {
      state.asked = sent;
      const why = 'the call would be refused: it is an international call, and 1001 may make national calls only';
      if (['+491705550103', '*8000491705550103'].includes(sent.number)) refuse(422, 'please look at these fields', { number: why });
      state.placed = { call: 900, state: 'phone', story: null };
      tell('calls');
      return state.placed;
    },
    'GET place/#': shown,
    'DELETE place/#': () => {
      Object.assign(shown(), { state: 'over', story: '1001 was rung to be connected with 1002: ended by an administrator' });
      tell('calls');
      return { is_done: true };
    },
  };
}

const opened = async (browser, server, hash) => {
  Object.assign(server.state, { isSignedIn: true, scope: 'admin', placed: undefined, asked: undefined });
  const page = await newPage(browser);
  await page.goto(server.address + hash);
  return page;
};

/** The other side does something. */
function goesOn(server, change) {
  Object.assign(server.state.placed, change);
  server.tell('calls');
}

export const flows = [
  {
    name: 'a colleague is called from the directory, and how far the call is can be seen on every screen',
    run: async (browser, server) => {
      const page = await opened(browser, server, '#/directory');
      await page.getByRole('button', { name: 'Call Workshop 1002', exact: true }).click();
      const call = page.getByRole('region', { name: 'Call to Workshop' });
      await call.getByText('Your phone rings: answer it').waitFor();
      assert.equal(server.state.asked.number, '1002');
      // Meanwhile no other call is begun, and who works with keys stays where they are.
      const button = page.getByRole('button', { name: 'Call Workshop 1002', exact: true });
      assert.equal(await button.getAttribute('aria-disabled'), 'true');
      assert.equal(await button.evaluate((one) => one === document.activeElement && one.tabIndex === 0), true);
      await page.keyboard.press('Enter');
      goesOn(server, { state: 'rings' });
      await call.getByText('It rings there').waitFor();
      assert.equal(server.log.filter((line) => line === 'POST /api/place').length, 1);
      assert.equal(await button.getAttribute('aria-disabled'), 'false');
      await page.goto(`${server.address}#/calls`);
      goesOn(server, { state: 'talks' });
      await call.getByText('You are connected').waitFor();
      goesOn(server, { state: 'over', story: '1002 hung up' });
      await call.getByText('1002 hung up').waitFor();
      assert.equal(await call.getByRole('button', { name: 'Hang up' }).count(), 0);
      await call.getByRole('button', { name: 'Show this call no more' }).click();
      await call.waitFor({ state: 'detached' });
    },
  },
  {
    name: 'contacts, the log of calls and messages have a button for each number that can be called',
    run: async (browser, server) => {
      const page = await opened(browser, server, '#/directory');
      await page.getByRole('button', { name: 'Call Bakery +491705550103', exact: true }).click();
      await page.getByText('Bakery was not called: the call would be refused: it is an international call').waitFor();
      assert.equal(await page.getByRole('region', { name: 'Call to Bakery' }).count(), 0);
      // Nobody calls themselves.
      assert.equal(await page.getByRole('button', { name: /^Call Front Desk/ }).count(), 0);
      for (const hash of ['#/calls', '#/voicemail']) {
        await page.goto(server.address + hash);
        await page.getByRole('button', { name: /^Call / }).first().click();
        const call = page.getByRole('region', { name: /^Call to / });
        await call.getByRole('button', { name: 'Hang up' }).click();
        await call.getByText('ended by an administrator').waitFor();
        await call.getByRole('button', { name: 'Show this call no more' }).click();
        await call.waitFor({ state: 'detached' });
      }
    },
  },
  {
    name: 'a code is tried: the box calls and performs it, with what is dialled after it',
    run: async (browser, server) => {
      const page = await opened(browser, server, '#/codes');
      await page.getByRole('button', { name: /^Try it: \*43/ }).click();
      const call = page.getByRole('region', { name: 'Call to *43' });
      await call.getByText('Your phone rings: answer it').waitFor();
      assert.equal(server.state.asked.number, '*43');
      await call.getByRole('button', { name: 'Show this call no more' }).click();
      await page.getByRole('button', { name: /^Try it: \*80/ }).click();
      await page.getByRole('button', { name: 'Ring my phone' }).click();
      await page.getByText('Write digits.').first().waitFor();
      // What is refused can be mended where it was written.
      const digits = page.getByLabel('Dialled after *80');
      await digits.fill('00491705550103');
      await page.getByRole('button', { name: 'Ring my phone' }).click();
      await page.getByRole('dialog').getByText('the call would be refused: it is an international call').first().waitFor();
      assert.equal(await digits.inputValue(), '00491705550103');
      await digits.fill('1002');
      await page.getByRole('button', { name: 'Ring my phone' }).click();
      await page.getByRole('region', { name: 'Call to *801002' }).waitFor();
      assert.equal(server.state.asked.number, '*801002');
    },
  },
  {
    name: 'the phone that rings first is chosen once for this browser and person, and is one of their own',
    run: async (browser, server) => {
      const page = await opened(browser, server, '#/me');
      await page.getByLabel('Calls from this page ring first').selectOption('1001a');
      await page.goto(`${server.address}#/directory`);
      await page.reload();
      await page.getByRole('button', { name: 'Call Workshop 1002', exact: true }).click();
      await page.getByText('Your phone rings: answer it').waitFor();
      assert.deepEqual(server.state.asked, { number: '1002', phone: '1001a' });
      const rings = async (phone) => {
        Object.assign(server.state, { placed: undefined, asked: undefined });
        await page.reload();
        await page.getByRole('button', { name: /^Call (Workshop|Front Desk) / }).first().click();
        await page.getByText('Your phone rings: answer it').waitFor();
        assert.equal(server.state.asked.phone, phone);
      };
      // Somebody else signs in here, whose phones are others.
      server.state.own = 2;
      await rings(undefined);
      server.state.own = 1;
      await rings('1001a');
      server.state.ownPhones = [{ name: '1001c', is_there: true }, { name: '1001b', is_there: false }];
      await rings(undefined);
      await page.goto(`${server.address}#/me`);
      const choice = page.getByLabel('Calls from this page ring first');
      await choice.getByText('1001c').waitFor({ state: 'attached' });
      assert.equal(await choice.inputValue(), '');
    },
  },
  {
    name: 'who signs in after somebody in the same tab is not shown whom that one called',
    run: async (browser, server) => {
      const page = await opened(browser, server, '#/directory');
      await page.getByRole('button', { name: 'Call Workshop 1002', exact: true }).click();
      const call = page.getByRole('region', { name: 'Call to Workshop' });
      await call.getByText('Your phone rings: answer it').waitFor();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByLabel('E-mail or extension').fill('1001');
      await page.getByLabel('Password or PIN').fill('4711');
      await page.getByLabel('Password or PIN').press('Enter');
      await page.getByRole('button', { name: 'Call Workshop 1002', exact: true }).waitFor();
      assert.equal(await call.count(), 0);
      const asked = () => server.log.filter((line) => line === 'GET /api/place/900').length;
      const before = asked();
      await page.goto(`${server.address}#/calls`);
      await page.getByRole('button', { name: /^Call / }).first().waitFor();
      assert.equal(asked(), before);
    },
  },
];
