// Rules and time groups of the made-up office, as the mock server keeps them.
import assert from 'node:assert/strict';
import { newPage } from './browser.mjs';
import { Refused } from './refused.mjs';

const to = (kind, id) => ({ kind, id });
const day = (ahead) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);

const PLACES = { person: '', phone: 'the phones of ', voicemail: 'the mailbox of ', number: 'number ' };
const WHENS = { on_active: 'already in a call', busy: 'busy', unanswered: 'nobody answers', offline: 'no phone can be reached' };

/** A rule in plain words, as far as the box's own sentences are needed here. */
function sentence(head, rule) {
  const place = ({ kind, id }) => `${PLACES[kind]}${id}`;
  const also = (rule.also ?? []).map((row) => `also ring ${place(row)}${row.after_s ? ` after ${row.after_s} s` : ''}`);
  const sends = Object.entries(WHENS).flatMap(([way, when]) => (rule[way] ? [`when ${when}, send calls to ${place(rule[way])}`] : []));
  const parts = [
    ...(rule.enabled === false ? ['switched off'] : []),
    ...(rule.dnd ? ['do not ring'] : []),
    ...(rule.ring_s ? [`ring for ${rule.ring_s} s`] : []),
    ...also,
    ...(rule.screen ? ['ask before a call from outside is put through'] : []),
    ...(rule.always ? [`send every call to ${place(rule.always)}`] : []),
    ...sends,
  ];
  return `${head}: ${parts.join('; ') || 'ring'}`;
}

const said = ({ rules, otherwise, diversions }) => ({
  rules: rules.map((rule) => sentence(`while "${rule.when}"`, rule)),
  otherwise: sentence('otherwise', otherwise),
  diversions: diversions.map(({ kind, to, when }) => sentence(when ? `diversion while "${when}"` : 'diversion', { [kind]: to })),
});

const EXAMPLES = ['while "Open": ring for 20 s; when busy, send calls to 104', 'diversion while "Evenings": send every call to 103', 'time group "Open": Mon-Fri 08:00-18:00; except holidays DE'];

export function rules() {
  const open = { date: day(1), from: 480, to: 1080 };
  const change = (ahead, opens) => ({ at: `${day(ahead)}T08:00:00Z`, opens, text: `${opens ? 'opens' : 'closes'} on Monday at 08:00` });
  const group = (name, times, more) => ({ name, time_zone: 'Europe/Berlin', times, is_shared: true, site: null, is_open: false, is_forced: false, forced_until: null, night_mode: null, changes: [1, 2, 3, 4, 5].map((ahead) => change(ahead, ahead % 2 === 1)), week: [open], used_by: [], ...more });
  return {
    answering: {
      rules: [
        { when: 'Open', enabled: true, ring_s: 40, busy: to('person', '1002') },
        { when: 'Holidays', enabled: true, always: to('voicemail', '1001') },
        { when: 'Fair', enabled: false, dnd: true },
      ],
      otherwise: { unanswered: to('number', '0170 5550100') },
      diversions: [
        { kind: 'busy', enabled: true, when: 'Open', forced: 'closed', to: to('person', '1002') },
        { kind: 'follow_me', enabled: false, initial_s: 10, ring_s: 20, in_turn: false, list: [] },
      ],
      bosses: [{ extension: '1002', name: 'Workshop', on: true }],
      callers: [],
      blocked_hear: 'disconnected',
      anonymous_hear: null,
      completion_offers: true,
      name: 'Front Desk',
      extension: '1001',
      active: 0,
      warnings: [{ rule: 1, by: 0, at: `${day(9)}T08:00:00Z` }],
      effective: 'ring 1001 for 40 s',
      because: ['1001 is the extension of Front Desk', 'rule Open of 1001 matched on 4 July'],
      groups: ['Fair', 'Holidays', 'Open'],
      followed: [{ name: 'Open', is_open: true, changes_at: `${day(1)}T16:00:00Z` }],
      etag: 'a1',
    },
    wishes: [
      { target: '1002', name: 'Workshop', until: `${day(1)}T09:00:00Z` },
      { target: '1003', name: 'Store Room', until: `${day(1)}T09:30:00Z` },
    ],
    findings: [
      { text: 'calls that 1001 sends on to 1002 go round: change one of the rules or forwards on the way', at: `${day(3)}T08:00:00Z`, needs_busy: false },
      { text: 'the rule Fair of 1001 does not hold within a year: give its time group times to come, or delete it', at: `${day(0)}T08:00:00Z`, needs_busy: false },
      { text: '1003 sends calls to 0033123456789, out of the country, and pays for them: see whether that is meant', at: `${day(1)}T18:00:00Z`, needs_busy: true },
      { text: 'no number goes out by the route Old, since others say more of all its numbers: delete it', at: `${day(0)}T08:00:00Z`, needs_busy: false },
    ],
    plan: (asked) => ({
      at: `${day(1)}T08:00:00Z`,
      sentence: `ring ${asked.to} for 25 s; then (nobody answered) take a message for ${asked.to}`,
      way: [0, 2],
      steps: [
        {
          act: `ring ${asked.to} for 25 s`,
          because: [`${asked.to} is the extension of Workshop`, 'no rule holds now, but the default one'],
          rings: { extension: asked.to, name: 'Workshop', seconds: 25, phones: [{ name: `${asked.to}a`, is_there: true }, { name: `${asked.to}b`, is_there: false }] },
          on: [{ outcome: 'it was busy', next: 1 }, { outcome: 'nobody answered', next: 2 }],
        },
        { act: 'refuse: busy', because: ['it was busy'], on: [] },
        { act: `take a message for ${asked.to}`, because: [`callers may leave messages for ${asked.to}`], on: [] },
      ],
    }),
    times: [
      group('Holidays', ['holidays DE', '2026-12-24 12:00-24:00'], { used_by: ['1001'] }),
      group('Open', ['Mon-Fri 08:00-18:00', 'except holidays DE'], { is_open: true, is_forced: true, forced_until: `${day(1)}T18:00:00Z`, used_by: ['1001', '1002'] }),
      group('Fair', ['2031-05-01'], { changes: [], week: [] }),
    ],
    nights: [
      { name: 'Night', number: 1, groups: [{ group: 'Open', is_open: false }], extensions: ['1002'], is_on: false, since: null, by: null, holds: [] },
      {
        name: 'Fair days', number: null, groups: [{ group: 'Open', is_open: true }, { group: 'Holidays', is_open: false }], extensions: [],
        is_on: true, since: `${day(-1)}T08:00:00Z`, by: 'Front Desk', holds: [{ group: 'Open', is_open: true, until: `${day(1)}T18:00:00Z` }, { group: 'Holidays', is_open: false, until: null }],
      },
    ],
  };
}

export function rulesRoutes(state, request, parts, sent, tell) {
  const refuse = (status, detail, errors) => {
    throw new Refused(status, detail, errors);
  };
  const own = state.answering;
  const saved = (change = {}) => {
    if (request.headers['if-match'] !== `"${own.etag}"`) refuse(412, 'this was changed meanwhile');
    Object.assign(own, change, { etag: `a${Math.random()}` });
    tell('config');
    return { revision: 20 };
  };
  const who = decodeURIComponent(parts[1] ?? '');
  const ownerOf = ({ is_shared, site }) => (site ? `site:${site}` : is_shared ? 'office' : 'me');
  const sites = state.managed ?? [];
  const shown = () => ({
    groups: state.times.map((group) => ({ ...group, address: ownerOf(group), is_own: ownerOf(group) === (/^\d+$/.test(who) ? 'me' : who) })),
    sites,
    time_zone: who.startsWith('site:') ? 'Atlantic/Canary' : 'Europe/Berlin',
    countries: ['DE'],
    etag: 't1',
  });
  const named = () => state.times.find((one) => one.name === decodeURIComponent(parts[2])) ?? refuse(404, 'there is no such time group');
  return {
    'GET answering/#': () => ({ ...own, said: said(own) }),
    'POST answering/#/words': () => {
      const nothing = { kind: null, sentence: null, before: null, place: null, rule: null, diversion: null, group: null, understood: [], unclear: [], examples: EXAMPLES, etag: own.etag };
      if (sent.text.includes('coffee')) {
        return { ...nothing, understood: ['while "Open"', 'ring for 20 s'], unclear: ['"make coffee" is not understood: write it as in one of the examples'] };
      }
      if (sent.text.startsWith('time group')) {
        const group = { name: 'Lunch', time_zone: null, times: ['Mon-Fri 12:00-13:00'], number: null };
        return { ...nothing, kind: 'time_group', sentence: 'time group "Lunch": Mon-Fri 12:00-13:00', group };
      }
      if (sent.text.startsWith('diversion')) {
        const diversion = { kind: 'always', enabled: true, when: null, forced: null, to: to('person', '1002') };
        return { ...nothing, kind: 'diversion', sentence: 'diversion: send every call to 1002', diversion };
      }
      const rule = { when: 'Open', enabled: true, ring_s: 20 };
      return { ...nothing, kind: 'rule', sentence: sentence('while "Open"', rule), before: said(own).rules[0], place: 0, rule };
    },
    'PUT answering/#': () => {
      const followed = sent.diversions.find((one) => one.kind === 'follow_me');
      if (followed?.enabled && !followed.list?.length) refuse(422, 'look', { list: 'nobody is on the list' });
      const assistant = sent.diversions.find((one) => one.kind === 'assistant');
      if (assistant && assistant.enabled !== false && !state.greeting.assistant) refuse(422, 'look', { enabled: 'there is no message for the assistant' });
      return saved(sent);
    },
    'PUT answering/#/bosses/#': () => {
      own.bosses = own.bosses.map((one) => ({ ...one, on: sent.on }));
      own.etag = `a${Math.random()}`;
      tell('config');
      return { revision: 20 };
    },
    'POST answering/#/bosses/#/pass': () => {
      state.passes = [...(state.passes ?? []), { boss: parts[3], ...sent }];
      return { revision: 21 };
    },
    'POST answering/#/rules': () => saved({ rules: [sent, ...own.rules], warnings: [] }),
    'PUT answering/#/order': () => saved({ rules: sent.order.map((place) => own.rules[place]), warnings: [] }),
    'DELETE answering/#/rules/#': () => saved({ rules: own.rules.filter((_, place) => place !== Number(parts[3])), warnings: [] }),
    'GET wishes/#': () => ({ wishes: state.wishes }),
    'DELETE wishes/#/#': () => {
      if (!state.wishes.some((one) => one.target === parts[2])) refuse(404, 'nobody waits for that any more');
      state.wishes = state.wishes.filter((one) => one.target !== parts[2]);
      tell('status');
      return { is_done: true };
    },
    'GET findings': () => ({ findings: state.findings, is_cut: false, days: 366 }),
    'POST what-if': () => {
      if (sent.to === '199x') refuse(422, 'look', { to: 'write the number that is dialled' });
      state.asked = sent;
      return state.plan(sent);
    },
    'GET time-groups/office': shown,
    'GET time-groups/me': shown,
    'GET time-groups/#': shown,
    [`GET time-groups/${parts[1]}`]: shown,
    'GET time-of-day/#': () => ({
      extension: who,
      name: 'Front Desk',
      groups: state.times.filter((group) => group.used_by.length > 0).map((group) => ({ ...group, address: ownerOf(group), is_own: true })),
    }),
    [`POST time-groups/${parts[1]}`]: () => {
      const site = who.slice('site:'.length);
      if (!sites.includes(site)) refuse(404, 'there is no such site');
      state.times.push({ ...state.times[2], ...sent, site, time_zone: sent.time_zone ?? 'Atlantic/Canary' });
      return { revision: 26 };
    },
    [`POST time-group-rows/${parts[1]}`]: () => {
      const row = (text, at) => {
        const [times, weekdays] = text.split('|');
        const isFine = /^\d\d:/.test(times);
        const entry = isFine ? `${weekdays} ${times}` : null;
        return { line: at + 1, text, entry, said: entry, faults: isFine ? [] : [{ field: 'times', text: 'times are written as in 09:00-17:00' }] };
      };
      return { rows: sent.text.split('\n').map(row), most: 64 };
    },
    'POST time-groups/#': () => {
      state.times.push({ ...state.times[2], ...sent, is_shared: false });
      tell('config');
      return { revision: 24 };
    },
    [`DELETE time-groups/#/${parts[2]}`]: () => {
      state.times = state.times.filter((one) => one !== named());
      return { revision: 25 };
    },
    'POST time-groups/office': () => {
      if (sent.times.some((line) => line.includes('Funday'))) refuse(422, 'look', { times: 'entry 1, Funday: a word is not understood' });
      state.times.push({ ...state.times[2], ...sent });
      return { revision: 21 };
    },
    [`PUT time-groups/office/${parts[2]}`]: () => {
      Object.assign(named(), sent);
      tell('config');
      return { revision: 27 };
    },
    [`DELETE time-groups/office/${parts[2]}`]: () => {
      const group = named();
      const to = state.times.find((one) => one.name === new URL(request.url, 'http://box').searchParams.get('to'));
      if (to) to.used_by = [...new Set([...to.used_by, ...group.used_by])];
      else if (group.used_by.length > 0) refuse(409, `rules of ${group.used_by.join(', ')} are by this time group: give them another one first`);
      state.times = state.times.filter((one) => one !== group);
      return { revision: 22 };
    },
    [`POST time-groups/office/${parts[2]}/force`]: () => {
      if (sent.until && sent.until < new Date().toISOString()) refuse(422, 'look', { until: 'write a date and a time to come' });
      const until = sent.for_good ? null : (sent.until ?? `${day(1)}T18:00:00Z`);
      Object.assign(named(), sent.state === 'auto' ? { is_forced: false } : { is_forced: true, is_open: sent.state === 'open', forced_until: until });
      return { revision: 23 };
    },
    ...nightRoutes(state, request, parts, sent, refuse, tell),
  };
}

function nightRoutes(state, request, parts, sent, refuse, tell) {
  const etag = () => `n${JSON.stringify(state.nights.map(({ name, groups }) => [name, groups])).length}`;
  const name = decodeURIComponent(parts[1] ?? '');
  const at = () => state.nights.find((one) => one.name === name) ?? refuse(404, 'there is no such night mode');
  const seen = () => {
    if (request.headers['if-match'] !== `"${etag()}"`) refuse(412, 'this was changed meanwhile');
    return at();
  };
  const saved = (nights) => {
    state.nights = nights;
    state.revisions.unshift({ ...state.revisions[0], id: state.revisions[0].id + 1, at: new Date().toISOString() });
    tell('config');
    return { revision: state.revisions[0].id };
  };
  const off = { is_on: false, since: null, by: null, holds: [] };
  return {
    'GET night-modes': () => ({ modes: state.nights, etag: etag() }),
    'POST night-modes': () => {
      if (state.nights.some((one) => one.name === sent.name)) refuse(422, 'look', { name: `a night mode called ${sent.name} exists already: write another name` });
      return saved([...state.nights, { ...sent, ...off }]);
    },
    [`PUT night-modes/${parts[1]}`]: () => {
      const before = seen();
      return saved(state.nights.map((one) => (one === before ? { ...before, ...sent } : one)));
    },
    [`DELETE night-modes/${parts[1]}`]: () => {
      const before = seen();
      return saved(state.nights.filter((one) => one !== before));
    },
    [`POST night-modes/${parts[1]}/switch`]: () => {
      if (sent.until && sent.until < new Date().toISOString()) refuse(422, 'look', { until: 'write a date and a time to come' });
      const before = at();
      const until = sent.for_good ? null : (sent.until ?? `${day(1)}T18:00:00Z`);
      const on = { is_on: true, since: new Date().toISOString(), by: 'Front Desk', holds: before.groups.map((group) => ({ ...group, until })) };
      for (const { group, is_open } of before.groups) {
        const one = state.times.find((one) => one.name === group);
        if (one) Object.assign(one, sent.on ? { is_forced: true, is_open, night_mode: name, forced_until: until } : { is_forced: false, night_mode: null, forced_until: null });
      }
      return saved(state.nights.map((one) => (one === before ? { ...one, ...(sent.on ? on : off) } : one)));
    },
  };
}

export const signedIn = async (browser, server, hash) => {
  server.state.isSignedIn = true;
  const page = await newPage(browser);
  await page.goto(server.address + hash);
  return page;
};

export const flows = [
  {
    name: 'rules are put in order, saved at will, deleted and brought back',
    run: async (browser, server) => {
      const page = await signedIn(browser, server, '#/answering');
      await page.getByRole('button', { name: 'Move Holidays up' }).click();
      await page.getByText('The order is changed').waitFor();
      assert.equal(server.state.answering.rules[0].when, 'Open');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('The order is changed').waitFor({ state: 'detached' });
      assert.deepEqual(server.state.answering.rules.map((rule) => rule.when), ['Holidays', 'Open', 'Fair']);
      await page.getByRole('button', { name: 'Delete Fair' }).click();
      const asked = page.getByRole('dialog', { name: 'Delete the rule Fair?' });
      await asked.getByRole('button', { name: 'No' }).click();
      await asked.waitFor({ state: 'detached' });
      assert.equal(server.state.answering.rules.some(({ when }) => when === 'Fair'), true);
      await page.getByRole('button', { name: 'Delete Fair' }).click();
      await asked.getByRole('button', { name: 'Yes' }).click();
      await page.getByText('The rule Fair was deleted').waitFor();
      assert.equal(server.state.answering.rules.length, 2);
      await page.getByRole('button', { name: 'Undo' }).last().click();
      await page.getByRole('button', { name: 'Delete Fair' }).waitFor();
      assert.equal(await page.getByRole('button', { name: 'Delete Default rule' }).count(), 0);
    },
  },
  {
    name: 'a rule is added with a target',
    run: async (browser, server) => {
      const page = await signedIn(browser, server, '#/answering');
      await page.getByRole('button', { name: 'Add a rule' }).click();
      await page.getByLabel('Time group', { exact: true }).selectOption('Holidays');
      await page.getByLabel('Every call', { exact: true }).selectOption('person');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.locator('[aria-invalid=true]').first().waitFor();
      await page.getByLabel('Every call: extension or number').fill('1002');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('while "Holidays": send every call to 1002').waitFor();
      assert.deepEqual(server.state.answering.rules[0].always, { kind: 'person', id: '1002' });
      const before = server.state.answering.rules.length - 1;
      await page.getByRole('button', { name: 'Undo' }).last().click();
      await page.getByText('while "Holidays": send every call to 1002').waitFor({ state: 'detached' });
      assert.equal(server.state.answering.rules.length, before);
    },
  },
  {
    name: 'a mobile and a colleague ring along, and whoever answers is asked',
    run: async (browser, server) => {
      const page = await signedIn(browser, server, '#/answering');
      await page.getByRole('button', { name: 'Change Default rule' }).click();
      await page.getByLabel('Ring too, one in a line').fill('number 0170 5550100 after 10 s\nsomebody');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Line 2 says nothing that can ring').waitFor();
      await page.getByLabel('Ring too, one in a line').fill('number 0170 5550100 after 10 s\nphone 1002');
      await page.getByLabel('Ask before a call from outside is put through').check();
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('also ring number 0170 5550100 after 10 s; also ring the phones of 1002; ask before').waitFor();
      const { also, away, screen } = server.state.answering.otherwise;
      const mobile = { kind: 'number', id: '0170 5550100', after_s: 10, at_once: false };
      assert.deepEqual([also, away, screen], [[mobile, { kind: 'phone', id: '1002', after_s: null, at_once: false }], false, true]);
    },
  },
  {
    name: 'follow me is not switched on without a list, and is with one',
    run: async (browser, server) => {
      const page = await signedIn(browser, server, '#/diversions');
      const row = () => server.state.answering.diversions.find((one) => one.kind === 'follow_me');
      await page.getByLabel('Follow Me', { exact: true }).selectOption('On');
      await page.getByText('nobody is on the list', { exact: true }).waitFor();
      assert.equal(row().enabled, false);
      await page.getByRole('button', { name: 'Change Follow Me' }).click();
      await page.getByLabel('State').selectOption('On');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Write whom to ring, or choose Off.').first().waitFor();
      await page.getByLabel('Then ring, one in a line').fill('phone 1002\nsomebody');
      await page.getByLabel('The list rings, in seconds').fill('61');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Line 2 says nothing that can ring').first().waitFor();
      await page.getByText('Write 5 to 60.').first().waitFor();
      await page.getByLabel('Then ring, one in a line').fill('phone 1002\nnumber 0170 5550100');
      await page.getByLabel('The list rings, in seconds').fill('15');
      await page.getByLabel('One after the other').check();
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('the own phones ring for 10 s, then 1002, 0170 5550100, one after the other, each for 15 s').waitFor();
      const { enabled, list, in_turn, ring_s } = row();
      assert.deepEqual([enabled, in_turn, ring_s, list.length], [true, true, 15, 2]);
      await page.getByRole('button', { name: 'Undo' }).last().click();
      await page.getByText('nobody is on the list yet').waitFor();
    },
  },
  {
    name: 'whom somebody waits for is shown as it changes and ended, and the offer switched off',
    run: async (browser, server) => {
      const page = await signedIn(browser, server, '#/diversions');
      const list = page.getByRole('region', { name: 'Call backs' });
      await list.getByText('Workshop 1002, until').waitFor();
      await list.getByRole('button', { name: 'Wait for Workshop 1002 no more' }).click();
      await page.getByText('Workshop 1002 is waited for no more.').waitFor();
      await list.getByText('Workshop 1002, until').waitFor({ state: 'detached' });
      assert.deepEqual(server.state.wishes.map((one) => one.target), ['1003']);
      // They were called back meanwhile.
      server.state.wishes = [];
      server.tell('status');
      await list.getByText('Nobody is waited for.').waitFor();
      await list.getByLabel('Offer me a call back', { exact: true }).uncheck();
      await page.getByText('Saved', { exact: true }).first().waitFor();
      assert.equal(server.state.answering.completion_offers, false);
      await page.getByRole('button', { name: 'Undo' }).last().click();
      await list.getByRole('switch', { checked: true }).waitFor();
      assert.equal(server.state.answering.completion_offers, true);
    },
  },
  {
    name: 'secretaries are chosen in their order, with who rings when and whose calls pass them',
    run: async (browser, server) => {
      const page = await signedIn(browser, server, '#/diversions');
      const row = () => server.state.answering.diversions.find((one) => one.kind === 'secretary');
      await page.getByText('nobody answers in your place yet').waitFor();
      await page.getByRole('button', { name: 'Change Secretaries answer' }).click();
      await page.getByLabel('State').selectOption('On');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Write whom to ring, or choose Off.').first().waitFor();
      await page.getByLabel('Who answers, one extension in a line').fill('1002\nCarol');
      await page.getByLabel('Who rings when').selectOption('Own phones first, then all secretaries');
      await page.getByLabel('Own phones ring first, in seconds').fill('4');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Line 2 is no extension').first().waitFor();
      await page.getByText('Write 5 to 60.').first().waitFor();
      await page.getByLabel('Who answers, one extension in a line').fill('1002\n1003 off');
      await page.getByLabel('Own phones ring first, in seconds').fill('5');
      await page.getByLabel('Whose calls').selectOption('Calls from outside');
      await page.getByLabel('Calls that come to you all the same, one in a line').fill('+491701234567\n1212*');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('calls from outside: the own phones ring for 5 s, then 1002, 1003 (off) together for 20 s').waitFor();
      const { enabled, secretaries, strategy, callers, initial_s, pass } = row();
      assert.deepEqual([enabled, strategy, callers, initial_s], [true, 'boss_then_all', 'external', 5]);
      assert.deepEqual(secretaries, [{ extension: '1002', on: true }, { extension: '1003', on: false }]);
      assert.deepEqual(pass, ['+491701234567', '1212*']);
      await page.getByText('Saved').first().waitFor();
      await page.getByRole('button', { name: 'Change Secretaries answer' }).click();
      await page.getByRole('switch', { name: 'Supplier' }).check();
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Saved').nth(1).waitFor();
      assert.deepEqual(row().pass, ['+491701234567', '1212*', 'tag Supplier']);
      await page.getByRole('button', { name: 'Change Secretaries answer' }).click();
      assert.equal(await page.getByLabel('Calls that come to you all the same, one in a line').inputValue(), '+491701234567\n1212*');
      await page.getByRole('switch', { name: 'Supplier', checked: true }).waitFor();
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.getByLabel('Secretaries answer', { exact: true }).selectOption('Off');
      await page.getByText('Saved').nth(2).waitFor();
      assert.deepEqual([row().enabled, row().secretaries.length], [false, 2]);
    },
  },
  {
    name: 'the assistant is switched on with a message only, and its keys are written',
    run: async (browser, server) => {
      const page = await signedIn(browser, server, '#/diversions');
      const own = () => server.state.answering.diversions.find((one) => one.kind === 'assistant');
      await page.getByText('no key leads anywhere yet').waitFor();
      await page.getByRole('button', { name: 'Change Assistant before the mailbox' }).click();
      await page.getByText('Your message: none yet').waitFor();
      await page.getByLabel('State').selectOption('On');
      await page.getByLabel('Key 1', { exact: true }).selectOption('A person, by their rules');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByLabel('1: extension or number').and(page.locator('[aria-invalid=true]')).fill('1002');
      await page.getByLabel('Key 0', { exact: true }).selectOption('A number outside');
      await page.getByLabel('0: extension or number').fill('0170 5550100');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('there is no message for the assistant').first().waitFor();
      assert.equal(own(), undefined);
      server.state.greeting.assistant = { id: 77, at: new Date().toISOString(), length_ms: 4200 };
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('0: to the number 0170 5550100, 1: to 1002').waitFor();
      assert.deepEqual([own().enabled, own().keys.length], [true, 2]);
      await page.getByRole('button', { name: 'Change Assistant before the mailbox' }).click();
      await page.getByText('Your message: 0:04').waitFor();
      await page.getByLabel('Key 0', { exact: true }).selectOption('Leads nowhere');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('1: to 1002', { exact: true }).waitFor();
    },
  },
  {
    name: 'a secretary switches whether the own phones ring for a boss',
    run: async (browser, server) => {
      const page = await signedIn(browser, server, '#/diversions');
      const boss = page.getByLabel('Workshop 1002', { exact: true });
      await boss.uncheck();
      await page.getByText('Saved').first().waitFor();
      assert.equal(server.state.answering.bosses[0].on, false);
      await boss.check();
      await page.getByText('Saved').nth(1).waitFor();
      assert.equal(server.state.answering.bosses[0].on, true);
    },
  },
  {
    name: 'a secretary lets whoever called come to the boss from now on',
    run: async (browser, server) => {
      const page = await signedIn(browser, server, '#/calls/811');
      await page.getByRole('button', { name: 'Let this caller come to Workshop' }).click();
      await page.getByText('comes to Workshop from now on').waitFor();
      const { from } = server.state.calls.find((call) => call.id === 811);
      assert.deepEqual(server.state.passes, [{ boss: '1002', number: from }]);
    },
  },
  {
    name: 'a forward follows a time group, and where it goes is changed',
    run: async (browser, server) => {
      const page = await signedIn(browser, server, '#/diversions');
      const row = (kind) => server.state.answering.diversions.find((one) => one.kind === kind);
      await page.getByText('By hand: Off, until somebody changes it.').waitFor();
      await page.getByLabel('Forward every call', { exact: true }).selectOption('While Holidays is open');
      await page.getByLabel('Do not disturb', { exact: true }).selectOption('On');
      await page.getByText('Saved').nth(1).waitFor();
      assert.deepEqual([row('always').enabled, row('always').when, row('dnd').enabled], [true, 'Holidays', true]);
      await page.getByRole('button', { name: 'Change Forward when busy' }).click();
      await page.getByLabel('Where calls go').selectOption('voicemail');
      await page.getByLabel('Extension or number').fill('1003');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('to the mailbox of 1003').waitFor();
      assert.equal(row('busy').forced, 'closed');
    },
  },
  {
    name: 'f49: a diversion that follows a time group is switched until that changes, until a time, or for good',
    run: async (browser, server) => {
      const page = await signedIn(browser, server, '#/diversions');
      const busy = () => server.state.answering.diversions.find((one) => one.kind === 'busy');
      const choice = page.getByLabel('Forward when busy', { exact: true });
      await page.getByText('By hand: Off, until somebody changes it.').waitFor();
      await choice.selectOption('While Open is open');
      await page.getByText(/^On until .*, by Open\.$/).waitFor();
      assert.deepEqual([busy().when, busy().forced], ['Open', null]);
      await choice.selectOption('Off');
      await page.getByText(/^Off until .*, then by Open\.$/).waitFor();
      assert.deepEqual([busy().enabled, busy().when, busy().forced], [true, 'Open', `closed until ${server.state.answering.followed[0].changes_at}`]);
      const longer = () => page.getByRole('button', { name: 'Forward when busy: off until …' }).click();
      await longer();
      await page.getByLabel('How long').selectOption('Until a date and a time');
      await page.getByLabel('Until', { exact: true }).fill('2001-01-01T20:00');
      await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
      await page.getByText('That is past: choose a moment to come.').first().waitFor();
      await page.getByLabel('Until', { exact: true }).fill(`${day(3)}T20:00`);
      await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      assert.match(busy().forced, new RegExp(`^closed until ${day(3)}T`));
      await longer();
      await page.getByLabel('How long').selectOption('Until somebody changes it');
      await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
      await page.getByText(/^Off until .*, then by Open\.$/).waitFor({ state: 'detached' });
      assert.deepEqual([busy().enabled, busy().when], [false, null]);
      await page.getByRole('button', { name: 'Undo' }).last().click();
      await page.getByText(/^Off until .*, then by Open\.$/).waitFor();
      assert.equal(busy().when, 'Open');
    },
  },
  {
    name: 'a sentence is shown as what it means, saved by a second act, and undone',
    run: async (browser, server) => {
      const page = await signedIn(browser, server, '#/answering');
      const words = page.getByLabel('Rule, diversion or time group');
      await words.fill('while Open: ring for 20 s, make coffee');
      await page.getByRole('button', { name: 'Show what it means' }).click();
      await page.getByText('"make coffee" is not understood').waitFor();
      await page.getByText('Understood: while "Open"; ring for 20 s').waitFor();
      await page.getByText('time group "Open": Mon-Fri 08:00-18:00; except holidays DE').waitFor();
      await words.fill('while open ring 20 seconds');
      await page.getByText('"make coffee" is not understood').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Show what it means' }).click();
      await page.getByText('while "Open": ring for 20 s', { exact: true }).waitFor();
      await page.getByText('In the place of: while "Open": ring for 40 s').waitFor();
      assert.equal(server.state.answering.rules[0].ring_s, 40);
      await page.getByRole('button', { name: 'Save it so' }).click();
      await page.getByText('Saved', { exact: true }).first().waitFor();
      assert.deepEqual(server.state.answering.rules.map((rule) => rule.ring_s), [20, undefined, undefined]);
      await page.getByRole('button', { name: 'Undo' }).last().click();
      await page.getByText('while "Open": ring for 40 s').waitFor();
      await words.fill('diversion: everything to 1002');
      await page.getByRole('button', { name: 'Show what it means' }).click();
      await page.getByRole('button', { name: 'Save it so' }).click();
      await page.getByRole('heading', { name: 'Diversions' }).waitFor();
      const always = server.state.answering.diversions.filter((one) => one.kind === 'always');
      assert.deepEqual(always.map((one) => [one.enabled, one.to?.id]), [[true, '1002']]);
      await words.fill('time group Lunch: Mon-Fri 12:00-13:00');
      await page.getByRole('button', { name: 'Show what it means' }).click();
      await page.getByText('A time group of your own:').waitFor();
      await page.getByRole('button', { name: 'Save it so' }).click();
      await page.getByText('A time group of your own:').waitFor({ state: 'detached' });
      assert.deepEqual(server.state.times.at(-1).times, ['Mon-Fri 12:00-13:00']);
    },
  },
  {
    name: 'what if answers with a sentence and its steps, and names a field that means nothing',
    run: async (browser, server) => {
      const page = await signedIn(browser, server, '#/what-if');
      await page.getByText('calls that 1001 sends on to 1002 go round').waitFor();
      await page.getByRole('button', { name: 'What would happen?' }).click();
      await page.locator('[aria-invalid=true]').first().waitFor();
      await page.getByLabel('Who calls').fill('1001');
      await page.getByLabel('What is dialled').fill('199x');
      await page.getByRole('button', { name: 'What would happen?' }).click();
      await page.getByText('write the number that is dialled').waitFor();
      await page.getByLabel('What is dialled').fill('1002');
      await page.getByText('Who is away, busy').click();
      await page.getByLabel('In a call').fill('1003, 1004');
      await page.getByRole('button', { name: 'What would happen?' }).click();
      await page.getByText('ring 1002 for 25 s; then (nobody answered)').waitFor();
      await page.getByText('1002b is away').waitFor();
      await page.getByText('nobody answered: step 3').waitFor();
      assert.deepEqual(server.state.asked.busy, ['1003', '1004']);
    },
  },
  {
    name: 'who is no administrator asks about calls to themselves',
    run: async (browser, server) => {
      server.state.scope = 'user';
      const page = await signedIn(browser, server, '#/what-if');
      await page.getByLabel('Who calls').fill('0170 5550100');
      await page.getByText('How it is with me then').click();
      await page.getByLabel('I am in a call', { exact: true }).check();
      await page.getByRole('button', { name: 'What would happen?' }).click();
      const { extension } = server.state.answering;
      await page.getByText(`ring ${extension} for 25 s; then (nobody answered)`).waitFor();
      assert.equal(await page.getByLabel('What is dialled').count(), 0);
      assert.deepEqual([server.state.asked.to, server.state.asked.busy, server.state.asked.dnd], [extension, [extension], []]);
      assert.equal(server.log.some((line) => line.includes('/api/findings') || line.includes('/api/trunks')), false);
    },
  },
  {
    name: 'f31 a time group in use is deleted with another one in its place',
    run: async (browser, server) => {
      const page = await signedIn(browser, server, '#/times');
      await page.getByRole('button', { name: 'Delete Holidays' }).click();
      const asked = page.getByRole('dialog', { name: 'Delete Holidays' });
      await asked.getByLabel('Replace by').selectOption('Open');
      await asked.getByRole('button', { name: 'Delete Holidays' }).click();
      await page.getByText('The time group Holidays was deleted').waitFor();
      await asked.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Delete Holidays' }).waitFor({ state: 'detached' });
      assert.ok(server.state.times.find(({ name }) => name === 'Open').used_by.includes('1001'));
      assert.deepEqual(page.faults, []);
    },
  },
  {
    name: 'a time group is made, and one that is used is not deleted',
    run: async (browser, server) => {
      const page = await signedIn(browser, server, '#/times');
      await page.getByRole('button', { name: 'Delete Holidays' }).click();
      const asked = page.getByRole('dialog', { name: 'Delete Holidays' });
      await asked.getByText('Holidays is used by 1001. Choose the time group that takes its place there.').waitFor();
      assert.equal(await asked.getByLabel('Replace by').getByRole('option', { name: 'Holidays' }).count(), 0);
      await asked.getByRole('button', { name: 'Cancel' }).click();
      await asked.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Add a time group' }).click();
      await page.getByLabel('Name', { exact: true }).fill('Evenings');
      await page.getByLabel('Times, one in a line').fill('Funday');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('a word is not understood').waitFor();
      await page.getByLabel('Times, one in a line').fill('daily 18:00-22:00');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('heading', { name: 'Evenings' }).waitFor();
      assert.deepEqual(server.state.times.at(-1).times, ['daily 18:00-22:00']);
    },
  },
  {
    name: 'f52 a time group is closed until somebody changes it, or until a moment',
    run: async (browser, server) => {
      const page = await signedIn(browser, server, '#/times');
      const dialog = page.getByRole('dialog');
      const close = async (end) => {
        await page.getByRole('button', { name: 'Close Open until …' }).click();
        await dialog.getByLabel('How long').selectOption(end);
      };
      await close('at');
      await dialog.getByLabel('Until', { exact: true }).fill('2001-01-01T00:00');
      await dialog.getByRole('button', { name: 'Close it' }).click();
      await dialog.getByText('write a date and a time to come').first().waitFor();
      await dialog.getByLabel('How long').selectOption('good');
      await dialog.getByRole('button', { name: 'Close it' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByText('by hand, until you change it').waitFor();
      await page.getByRole('button', { name: 'Follow its times again: Open' }).click();
      await page.getByText('by hand, until you change it').waitFor({ state: 'detached' });
    },
  },
  {
    name: 'a night mode is made, switched on and off, and says who and until when',
    run: async (browser, server) => {
      const page = await signedIn(browser, server, '#/times');
      const nights = page.getByRole('list', { name: 'Night modes' });
      const row = (name) => nights.getByRole('listitem').filter({ has: page.getByRole('heading', { name, exact: true }) });
      await row('Fair days').getByText('Front Desk switched it on').waitFor();
      await row('Fair days').getByText('Holidays: Closed', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Switch on Night', exact: true }).click();
      await row('Night').getByText('Open: Closed until').waitFor();
      await page.getByText('by the night mode Night, until').waitFor();
      await page.getByRole('button', { name: 'Switch off Night', exact: true }).click();
      await row('Night').getByText('Off', { exact: true }).waitFor();
      await page.getByText('by the night mode Night, until').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Switch on Night until …' }).click();
      const until = page.getByRole('dialog');
      await until.getByLabel('How long').selectOption('at');
      await until.getByLabel('Until', { exact: true }).fill('2001-01-01T00:00');
      await until.getByRole('button', { name: 'Switch on' }).click();
      await until.getByText('write a date and a time to come').first().waitFor();
      await until.getByLabel('How long').selectOption('good');
      await until.getByRole('button', { name: 'Switch on' }).click();
      await until.waitFor({ state: 'detached' });
      await page.getByText('by the night mode Night, until it is switched off').waitFor();
      assert.equal(server.state.nights[0].holds[0].until, null);
    },
  },
  {
    name: 'a night mode needs a time group, is changed, and is deleted',
    run: async (browser, server) => {
      const page = await signedIn(browser, server, '#/times');
      await page.getByRole('button', { name: 'Add a night mode' }).click();
      const form = page.getByRole('dialog');
      await form.getByLabel('Name', { exact: true }).fill('Night');
      await form.getByRole('button', { name: 'Save' }).click();
      await form.getByText('Open or close at least one time group').first().waitFor();
      await form.getByLabel('Open', { exact: true }).selectOption('closed');
      await form.getByRole('button', { name: 'Save' }).click();
      await form.getByText('a night mode called Night exists already').first().waitFor();
      await form.getByLabel('Name', { exact: true }).fill('Party');
      await form.getByLabel('Extensions that may switch it, too').fill('1001, 1002');
      await form.getByRole('button', { name: 'Save' }).click();
      await form.waitFor({ state: 'detached' });
      await page.getByRole('heading', { name: 'Party' }).waitFor();
      const { groups, extensions, number } = server.state.nights.at(-1);
      assert.deepEqual([groups, extensions, number], [[{ group: 'Open', is_open: false }], ['1001', '1002'], null]);
      await page.getByRole('button', { name: 'Change Party' }).click();
      await form.getByLabel('Short number').fill('7');
      await form.getByRole('button', { name: 'Save' }).click();
      await form.waitFor({ state: 'detached' });
      await page.getByText('Short number 7').waitFor();
      await page.getByRole('button', { name: 'Delete Party' }).click();
      await page.getByRole('heading', { name: 'Party' }).waitFor({ state: 'detached' });
      assert.equal(server.state.nights.length, 2);
    },
  },
  {
    name: 'who may only switch a night mode sees no other button of it',
    run: async (browser, server) => {
      server.state.scope = 'user';
      server.state.nights = server.state.nights.slice(0, 1);
      const page = await signedIn(browser, server, '#/times/me');
      await page.getByRole('button', { name: 'Switch on Night', exact: true }).click();
      await page.getByRole('button', { name: 'Switch off Night', exact: true }).waitFor();
      assert.equal(await page.getByRole('button', { name: 'Delete Night' }).count(), 0);
      assert.equal(await page.getByRole('button', { name: 'Add a night mode' }).count(), 0);
    },
  },
];
