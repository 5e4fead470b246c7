// The mock's trunks, numbers and routes, and what technicians do with them on the page.
import assert from 'node:assert/strict';
import { judge } from './browser.mjs';
import { Refused } from './refused.mjs';

const ago = (minutes) => new Date(Date.now() - minutes * 60_000).toISOString();
const REFUSED = 'it refuses user or secret (403): enter both as the carrier gave them';

function trunk(name, more, state) {
  const row = {
    ...{ name, enabled: true, way: 'register', server: `sip.${name}.example`, proxy: null, transport: 'udp', user: '4930123450', auth_user: null },
    ...{ codecs: ['pcma', 'pcmu'], channels: 10, numbers: 'e164', caller_number: null, trusted: false, identity: 'none', strip: 0, prepend: '', sources: [], options_s: 30, has_secret: true },
  };
  const unknown = { since: ago(200), trouble: null, text: null, registered_until: null, addresses: ['203.0.113.5:5060'], seen_as: null, round_trip_ms: null, calls: 0, failures: [], register: null, options: null, history: [] };
  return { ...row, ...more, state: { health: 'up', ...unknown, ...state } };
}

const answered = (minutes, status, phrase) => ({ is_open: false, at: ago(minutes), status, phrase });
const down = { at: ago(90), health: 'down', text: REFUSED };

export function outside() {
  return {
    trunks: [
      trunk('carrier', {}, {
        ...{ registered_until: ago(-7), round_trip_ms: 31, calls: 2, register: answered(3, 200, 'OK'), options: answered(0.3, 200, 'OK') },
        history: [{ at: ago(900), health: 'down', text: 'it has not answered yet' }, { at: ago(899), health: 'up', text: null }, { at: ago(300), health: 'degraded', text: 'it does not answer: look at the network' }, { at: ago(200), health: 'up', text: null }],
        failures: [{ at: ago(300), text: 'it does not answer: look at the network, and at the server’s address and port' }],
      }),
      trunk('second-way-of-another-carrier', { numbers: 'national' }, {
        ...{ health: 'down', since: down.at, trouble: 'wrong_secret', text: REFUSED, register: answered(1, 403, 'Forbidden'), options: { is_open: false, at: ago(0.2), status: null, phrase: null } },
        ...{ history: [{ at: ago(900), health: 'up', text: null }, down], failures: [{ at: down.at, text: REFUSED }] },
      }),
      trunk('gateway', { way: 'address', user: null, enabled: false, has_secret: false }, { health: 'down', trouble: 'switched_off', text: 'it is switched off', since: null }),
    ],
    numbers: [{ number: '+4930123450', to: '1001' }, { number: '+4930123451', to: '*43' }],
    routes: [
      { name: 'Abroad', patterns: ['+43*', '+41*'], trunks: ['second-way-of-another-carrier', 'carrier'], class: 'international', account: 'required' },
      { name: 'Mobile', patterns: ['+4915*', '+4916*', '+4917*'], trunks: ['carrier'], class: null },
      { name: 'Everything else', patterns: ['*'], trunks: ['carrier', 'second-way-of-another-carrier'], class: null },
    ],
    version: 1,
  };
}

export function trunkRoutes(state, request, parts, sent, tell) {
  const { outside } = state;
  const shown = () => ({ ...outside, version: undefined, revision: state.revisions[0].id, etag: `o${outside.version}` });
  const refuse = (status, detail, errors) => {
    throw new Refused(status, detail, errors);
  };
  const save = (change) => {
    const seen = request.headers['if-match'];
    if (request.method !== 'POST' && seen !== `"o${outside.version}"`) refuse(412, 'somebody has changed trunks, numbers or routes meanwhile: look at them again');
    state.outsideBefore = structuredClone(outside);
    change();
    outside.version += 1;
    state.revisions.unshift({ ...state.revisions[0], id: state.revisions[0].id + 1, at: new Date().toISOString() });
    tell('config');
    return { revision: state.revisions[0].id };
  };
  const own = () => outside.trunks.find(({ name }) => name === parts[1]) ?? refuse(404, 'there is no such trunk');
  const judged = ({ secret, ...row }) => {
    if (/\s/.test(row.server)) refuse(422, 'look', { server: 'a server is a name or an address, with or without a port' });
    return { row, has_secret: secret !== undefined };
  };
  const id = parts[1];
  return {
    'GET trunks': shown,
    'POST trunks': () =>
      save(() => {
        const { row, has_secret } = judged(sent);
        outside.trunks.push({ ...trunk(row.name, {}, { health: 'down', trouble: 'starting', text: 'it has not answered yet' }), ...row, has_secret });
      }),
    [`PUT trunks/${id}`]: () =>
      save(() => {
        const { row, has_secret } = judged(sent);
        const one = own();
        Object.assign(one, row, { has_secret: one.has_secret || has_secret });
      }),
    [`DELETE trunks/${id}`]: () => {
      const route = outside.routes.find(({ trunks }) => trunks.includes(id));
      if (route) refuse(409, `calls go out by it: take it out of the route ${route.name} first`);
      own();
      return save(() => (outside.trunks = outside.trunks.filter(({ name }) => name !== id)));
    },
    [`POST trunks/${id}/test-call`]: () => {
      const { state } = outside.trunks.find((one) => one.name === id);
      if (sent.number === '112') refuse(422, 'look', { number: 'a test never calls for help: take another number' });
      state.test = { at: new Date().toISOString(), call: 811, number: sent.number ?? '+4930123450', is_running: true, is_good: false, text: null };
      return { call: 811 };
    },
    [`POST trunks/${id}/try`]: () => {
      const { state: now } = own();
      now.register = { ...now.register, is_open: true };
      tell('trunks');
      return { is_done: true };
    },
    'PUT numbers': () => {
      const lost = sent.numbers.find(({ to }) => to === '9999');
      if (lost) refuse(422, 'look', { to: '9999 is neither an extension nor a feature code' });
      return save(() => (outside.numbers = sent.numbers));
    },
    'PUT routes': () => save(() => (outside.routes = sent.routes)),
  };
}

/** Takes the last change of them back, as the history would. */
export function undoOutside(state) {
  if (!state.outsideBefore) return;
  Object.assign(state.outside, { ...state.outsideBefore, version: state.outside.version + 1 });
  state.outsideBefore = undefined;
}

const toast = (page, text) => page.locator('[role=status] .toast', { hasText: text }).waitFor();
const card = (page, name) => page.getByRole('region', { name: `Trunk ${name}` });

export async function seesWhy(page, server) {
  const second = card(page, 'second-way-of-another-carrier');
  await second.getByText('Down', { exact: true }).waitFor();
  await second.getByText('it refuses user or secret (403)').waitFor();
  await second.getByText('403 Forbidden').waitFor();
  await second.getByText('no answer').waitFor();
  await card(page, 'carrier').getByText('2 of 10').waitFor();
  await card(page, 'gateway').getByText('Switched off').waitFor();
  await second.getByRole('button', { name: 'Test now: second-way-of-another-carrier' }).click();
  await second.getByText('asking …').waitFor();
  const { state } = server.state.outside.trunks[1];
  Object.assign(state, { health: 'up', trouble: null, text: null, register: answered(0, 200, 'OK') });
  server.tell('trunks');
  await second.getByText('200 OK').waitFor();
  await second.getByText('Registered', { exact: true }).waitFor();
}

export async function tests(page, server) {
  const [{ state }] = server.state.outside.trunks;
  const number = page.getByLabel('Number to call');
  const call = page.getByRole('button', { name: 'Call now' });
  await number.fill('112');
  await call.click();
  await page.getByText('a test never calls for help').waitFor();
  await number.fill('030 99');
  await call.click();
  await page.getByText('Calling 030 99 …').waitFor();
  assert.ok(await call.isDisabled(), 'one at a time');
  Object.assign(state.test, { is_running: false, text: 'nobody answered in 30 s' });
  server.tell('trunks');
  await page.getByText('It does not work').waitFor();
  await page.getByText('nobody answered in 30 s').waitFor();
  Object.assign(state.test, { is_good: true, text: 'answered after 3 s, and heard' });
  server.tell('trunks');
  await page.getByText('It works').waitFor();
  assert.deepEqual(await judge(page), []);
  await page.getByRole('link', { name: 'What happened in this call' }).click();
  await page.getByText('What happened', { exact: true }).waitFor();
}

export async function setsUp(page, server) {
  await page.getByRole('link', { name: 'Add a trunk' }).first().click();
  await page.getByRole('button', { name: 'Add and connect' }).click();
  await page.getByText('3 fields need a look').waitFor();
  await page.getByLabel('Name', { exact: true }).fill('third');
  // What a preset has filled in is not left behind by the next.
  await page.getByLabel('Begin with').selectOption('Telnyx');
  assert.equal(await page.getByLabel('Server').inputValue(), 'sip.telnyx.com');
  await page.getByLabel('Begin with').selectOption('Another phone system');
  assert.equal(await page.getByLabel('How the carrier knows the box').inputValue(), 'address');
  await page.getByLabel('Begin with').selectOption('A carrier with user name and password');
  assert.equal(await page.getByLabel('How the carrier knows the box').inputValue(), 'register');
  assert.equal(await page.getByLabel('Server').inputValue(), '');
  await page.getByLabel('Server').fill('not a server');
  await page.getByLabel('User', { exact: true }).fill('4930123459');
  await page.getByLabel('Secret').fill('open-sesame-7');
  await page.getByRole('button', { name: 'Add and connect' }).click();
  await page.getByText('a server is a name or an address').waitFor();
  await page.getByLabel('Server').fill('sip.third.example');
  await page.getByRole('button', { name: 'Add and connect' }).click();
  await toast(page, 'third added');
  await card(page, 'third').getByText('Asking …').waitFor();
  const made = () => server.state.outside.trunks.find(({ name }) => name === 'third');
  assert.deepEqual([made().server, made().channels, made().has_secret], ['sip.third.example', 10, true]);
  assert.equal(await page.getByLabel('Secret').inputValue(), '');
  await page.getByText('One is set, and never shown').waitFor();
  // What is typed stays while news of the trunk come in.
  await page.getByLabel('Channels').fill('4');
  await page.getByText('More settings', { exact: true }).click();
  await page.getByLabel('Tell the carrier who calls').selectOption('P-Asserted-Identity');
  await page.getByLabel('Believe what it says of callers').click();
  server.tell('trunks');
  server.tell('config');
  await page.getByRole('button', { name: 'Save' }).click();
  await toast(page, 'Saved');
  assert.deepEqual([made().channels, made().identity, made().trusted], [4, 'asserted', false]);
  // So does what is typed before a save is read back.
  server.state.delay = 300;
  const kept = page.waitForResponse((one) => one.request().method() === 'PUT' && one.ok());
  await page.getByLabel('Channels').fill('6');
  await page.getByRole('button', { name: 'Save' }).click();
  await kept;
  await page.getByLabel('Channels').fill('7');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).waitFor({ state: 'detached' });
  assert.equal(made().channels, 7);
  server.state.delay = 0;
  server.state.outside.version += 1;
  await page.getByLabel('Channels').fill('5');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Somebody else has changed this meanwhile').waitFor();
  const overwritten = page.waitForResponse((one) => one.request().method() === 'PUT' && one.ok());
  await page.getByRole('button', { name: 'Overwrite with mine' }).click();
  await overwritten;
  await page.getByText('Somebody else has changed this meanwhile').waitFor({ state: 'detached' });
  assert.equal(made().channels, 5);
  await page.getByRole('button', { name: 'Delete third' }).click();
  await toast(page, 'third deleted');
  assert.equal(made(), undefined);
  await page.locator('.toast', { hasText: 'third deleted' }).getByRole('button', { name: 'Undo' }).click();
  await toast(page, 'Undone');
  await page.getByRole('link', { name: 'third' }).waitFor();
  await page.getByRole('link', { name: 'carrier', exact: true }).click();
  await page.getByRole('button', { name: 'Delete carrier' }).click();
  await page.getByText('take it out of the route').first().waitFor();
}

export async function ordersRoutes(page, server) {
  const order = () => server.state.outside.routes.map(({ name }) => name);
  await page.getByRole('button', { name: 'Move Everything else up' }).focus();
  // The second before the first is read back.
  server.state.delay = 50;
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Move Everything else down');
  assert.deepEqual(order(), ['Everything else', 'Abroad', 'Mobile']);
  assert.equal(server.log.filter((one) => one === 'PUT /api/routes').length, 2);
  server.state.delay = 0;
  const row = (name) => page.getByRole('list', { name: 'Routes' }).getByRole('listitem').filter({ hasText: name });
  await row('Everything else').dragTo(row('Mobile'));
  await page.getByRole('button', { name: 'Move Everything else down' }).waitFor({ state: 'detached' });
  assert.deepEqual(order(), ['Abroad', 'Mobile', 'Everything else']);
}

export async function edits(page, server) {
  const { outside } = server.state;
  await page.getByRole('button', { name: 'Add a route' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Free');
  await dialog.getByLabel('Numbers').fill('+49800*, +43800*');
  await dialog.getByLabel('Trunk', { exact: true }).selectOption('gateway');
  await dialog.getByLabel('If that cannot').selectOption('carrier');
  await dialog.getByLabel('What these calls cost').selectOption('Local');
  await dialog.getByLabel('Account code').selectOption('Asked for, may be skipped');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await toast(page, 'Saved');
  assert.deepEqual(outside.routes.at(-1), { name: 'Free', patterns: ['+49800*', '+43800*'], trunks: ['gateway', 'carrier'], class: 'local', account: 'optional' });
  await page.getByRole('button', { name: 'Delete Free' }).click();
  await toast(page, 'Free deleted');
  assert.equal(outside.routes.length, 3);
  await page.getByRole('button', { name: 'Add a number' }).click();
  await dialog.getByLabel('Number', { exact: true }).fill('+4930123459');
  await dialog.getByLabel('Leads to').fill('9999');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('neither an extension nor a feature code').waitFor();
  await dialog.getByLabel('Leads to').fill('1002');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Workshop').waitFor();
  assert.deepEqual(outside.numbers.at(-1), { number: '+4930123459', to: '1002' });
  await page.getByRole('button', { name: 'Delete +4930123459' }).click();
  await toast(page, '+4930123459 deleted');
  assert.equal(outside.numbers.length, 2);
}
