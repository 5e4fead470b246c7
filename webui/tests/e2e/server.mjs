// Serves dist and answers the API from memory, with the headers and the strictness of the box.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { backupRoutes } from './backup.mjs';
import { ladder } from './ladder.mjs';
import { consoleRoutes } from './console.mjs';
import { placeRoutes } from './placing.mjs';
import { office, story, wav } from './office.mjs';
import { Refused } from './refused.mjs';
import { directory, directoryRoutes } from './directory.mjs';
import { groupRoutes } from './groups.mjs';
import { importRoutes } from './importing.mjs';
import { callerRoutes } from './callerids.mjs';
import { extensionRoutes, extensions } from './extensions.mjs';
import { accountRoutes } from './accounts.mjs';
import { authorizationRoutes } from './authorizations.mjs';
import { departmentRoutes } from './departments.mjs';
import { profileRoutes } from './profiles.mjs';
import { siteRoutes } from './sites.mjs';
import { rules, rulesRoutes } from './rules.mjs';
import { outside, trunkRoutes, undoOutside } from './trunks.mjs';

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
/** Each answer comes up to so many milliseconds late: shows what hangs on the order in which they come. */
const LAG = Number(process.env.LAG ?? 0);
/** The policy of the box, word by word. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; " +
  "font-src 'self'; connect-src 'self'; media-src 'self' blob:; worker-src 'self'; manifest-src 'self'; form-action 'self'; " +
  "frame-ancestors 'none'; base-uri 'none'";

/** A running server; `state` is the office, to be changed by tests, `tell` sends an event, `log` is what was asked. */
export async function serve() {
  const state = { ...office(), outside: outside(), ...rules(), ...directory(), status: extensions(), isSignedIn: false, isDown: false, delay: 0 };
  const streams = new Set();
  const log = [];
  const tell = (topic) => {
    for (const stream of streams) stream.write(`event: ${topic}\ndata: {"kind":"${topic}","scope":"admin"}\n\n`);
  };

  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://box');
    try {
      if (state.isDown) return request.socket.destroy();
      if (!url.pathname.startsWith('/api/')) return await file(url, response);
      const delay = state.delay + Math.random() * LAG;
      if (delay) await new Promise((resolve) => setTimeout(resolve, delay));
      log.push(`${request.method} ${url.pathname}`);
      if (url.pathname === '/api/events') return stream(request, response);
      const sent = await bodyOf(request);
      if (request.method !== 'GET' && request.headers['x-bellbox'] !== '1') throw new Refused(403, 'the header X-Bellbox is missing');
      const answer = answerTo(state, request, url, sent, tell);
      if (Buffer.isBuffer(answer)) return sound(request, response, answer);
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(answer));
    } catch (error) {
      const { status = 500, message, errors } = error;
      response.writeHead(status, { 'Content-Type': 'application/problem+json' });
      response.end(JSON.stringify({ type: 'about:blank', title: 'refused', status, detail: message, errors }));
    }
  });

  function stream(request, response) {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    response.write(': hello\n\n');
    streams.add(response);
    request.on('close', () => streams.delete(response));
  }

  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    state,
    log,
    tell,
    address: `http://127.0.0.1:${server.address().port}/`,
    drop: () => streams.forEach((open) => open.destroy()),
    end: () => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))),
  };
}

async function file(url, response) {
  const path = normalize(['/', '/certificate'].includes(url.pathname) ? '/index.html' : url.pathname);
  const headers = { 'Content-Security-Policy': POLICY, 'X-Content-Type-Options': 'nosniff' };
  try {
    const body = await readFile(join(DIST, path));
    response.writeHead(200, { ...headers, 'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream' });
    response.end(body);
  } catch {
    response.writeHead(404, headers);
    response.end();
  }
}

async function bodyOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  const whole = Buffer.concat(parts);
  if (whole.length > 0 && request.headers['content-type'] !== 'application/json') return whole;
  const text = whole.toString();
  return text ? JSON.parse(text) : undefined;
}

/** As much as was asked for. */
function sound(request, response, whole) {
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  const headers = { 'Content-Type': 'audio/wav', 'Accept-Ranges': 'bytes' };
  if (!range) {
    response.writeHead(200, { ...headers, 'Content-Length': whole.length });
    return response.end(whole);
  }
  const [from, to] = [Number(range[1]), range[2] ? Number(range[2]) : whole.length - 1];
  response.writeHead(206, {
    ...headers,
    'Content-Length': to - from + 1,
    'Content-Range': `bytes ${from}-${to}/${whole.length}`,
  });
  return response.end(whole.subarray(from, to + 1));
}

const AREAS = ['roles', 'groups', 'history', 'overview', 'live', 'calls', 'people', 'basics', 'caller_id', 'numbers', 'call_flow', 'times', 'phonebook', 'codes', 'security', 'box'];
const ROLES = ['decision_maker', 'phone_manager', 'billing', 'technical', 'emergency'];
const rightsOf = (scope) =>
  scope === 'admin' ? AREAS.map((area) => ({ area, may: 'change' })) : ['phonebook', 'codes'].map((area) => ({ area, may: 'see' }));
const own = (state) => state.people.find(({ id }) => id === state.own);

function roleRow(state, role) {
  const holders = state.people.filter(({ roles }) => roles.includes(role)).map(({ id, name }) => ({ id, name }));
  const { id, name } = state.people[0];
  return { role, holders, responsible: holders[0] ?? { id, name }, stands_in: null };
}

function me(state) {
  const own = state.people.find(({ id }) => id === state.own);
  return {
    id: own.id,
    name: own.name,
    email: state.scope === 'home' ? null : own.email,
    scope: state.scope,
    rights: state.rights ?? rightsOf(state.scope),
    extension: own.extension,
    office: state.hello.office,
    time_zone: own.time_zone || 'Europe/Berlin',
    office_time_zone: 'Europe/Berlin',
    language: own.language ?? state.hello.language,
    ring_s: own.ring_s,
    label: own.label,
    caller_name: own.caller_name || null,
    shown_as: own.caller_number,
    hides_number: own.hides_number,
    has_voicemail: own.voicemail,
    pin_on_own_phone: own.pin_on_own_phone,
    say_time: own.say_time,
    say_caller: own.say_caller,
    newest_first: own.newest_first,
    has_pin: own.has_pin,
    has_password: own.has_password,
    etag: own.etag,
  };
}

function answerTo(state, request, url, sent, tell) {
  const { method } = request;
  const parts = url.pathname.split('/').slice(2);
  const route = `${method} ${parts.map((part) => (/^[\d.]+$/.test(part) ? '#' : part)).join('/')}`;
  const id = Number(parts[1]);
  const page = (rows) => {
    const before = Number(url.searchParams.get('before') ?? Infinity);
    const found = rows.filter((row) => row.id < before);
    return [found.slice(0, 50), found.length > 50 ? found[49].id : undefined];
  };
  const person = () => state.people.find((one) => one.id === id) ?? refuse(404, 'there is no such person');
  const matching = () => {
    const one = person();
    const seen = request.headers['if-match'];
    if (seen === undefined) refuse(428, 'a change says in If-Match which version of the row it was made from');
    if (seen !== `"${one.etag}"`) refuse(412, 'Workshop changed this 1 minute ago');
    return one;
  };
  const saved = (one, more = {}) => {
    one.etag = `p${one.id}-${Date.now()}-${Math.random()}`;
    state.revisions.unshift({ ...state.revisions[0], id: state.revisions[0].id + 1, at: new Date().toISOString() });
    tell('config');
    return { person: one, revision: state.revisions[0].id, credentials: [], pin: null, ...more };
  };
  const credentials = (phone) => [{ phone: phone.name, user: phone.user, secret: 'tQ7-vk2N-xP4m-Rz9d' }];
  const enter = () => ((state.isSignedIn = true), me(state));

  const open = {
    'GET hello': () => state.hello,
    'GET authority': () => state.authority,
    'POST reset': () => {
      if (sent.token === 'used') refuse(409, 'this link was used already');
      if (sent.token === 'late') refuse(410, 'this link has expired');
      if (sent.token !== 'token-of-the-console') refuse(403, 'this link is not the newest one');
      if (!sent.email) refuse(422, 'look', { email: 'write the e-mail address of an administrator' });
      return enter();
    },
    'POST setup': () => {
      if (sent.token !== 'token-of-the-console') refuse(403, 'the token is wrong: see the console of the box');
      if (sent.admin.password.includes('office')) refuse(422, 'please look at these fields', { 'admin.password': 'it is easy to guess' });
      state.hello = { ...state.hello, needs_setup: false, office: sent.office.name };
      return enter();
    },
    'POST login': () => {
      if (sent.secret === 'correct horse battery') state.scope = 'admin';
      else if (sent.secret === '4711') state.scope = 'home';
      else refuse(401, 'the name or the password is wrong');
      return enter();
    },
  };
  const backups = backupRoutes(state, request, sent);
  Object.assign(open, backups.open);
  if (open[route]) return open[route]();
  if (!state.isSignedIn) refuse(401, 'sign in first');

  const routes = {
    ...backups.admin,
    ...trunkRoutes(state, request, parts, sent, tell),
    ...importRoutes(state, sent),
    ...callerRoutes(state, request, parts, sent, tell),
    ...extensionRoutes(state, url, parts, sent, tell),
    ...accountRoutes(state, request, parts, sent, tell),
    ...authorizationRoutes(state, request, parts, sent, tell),
    ...departmentRoutes(state, request, url, parts, sent, tell),
    ...groupRoutes(state, request, parts, sent, tell),
    ...profileRoutes(state, request, parts, sent, tell),
    ...siteRoutes(state, request, parts, sent, tell),
    ...directoryRoutes(state, request, parts, sent, tell),
    ...rulesRoutes(state, request, parts, sent, tell),
    ...placeRoutes(state, parts, sent, tell),
    ...consoleRoutes(state, parts, sent, tell),
    'POST logout': () => ((state.isSignedIn = false), { is_done: true }),
    'POST logout-everywhere': () => ((state.isSignedIn = false), { is_done: true }),
    'GET me': () => me(state),
    'GET me/sign-ins': () => ({ sign_ins: [{ at: new Date(Date.now() - 60_000).toISOString(), from: '192.168.1.20', device: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/142.0.0.0 Safari/537.36', is_by_pin: false, is_this: true, is_open: true }, { at: new Date(Date.now() - 86_400_000).toISOString(), from: '192.168.1.33', device: '', is_by_pin: true, is_this: false, is_open: false }] }),
    'GET me/rights': () => ({ preset: own(state).role, roles: own(state).roles, profile: null, groups: ['Sales'], manages: ['Yard'], rights: AREAS.map((area) => ({ area, may: 'change', preset: 'admin', roles: [], profile: null, groups: area === 'calls' ? ['Sales'] : [] })) }),
    'GET roles': () => ({ roles: ROLES.map((role) => roleRow(state, role)) }),
    'PUT me': () => {
      const own = state.people.find((one) => one.id === state.own);
      if (request.headers['if-match'] !== `"${own.etag}"`) refuse(412, 'this was changed meanwhile');
      Object.assign(own, sent);
      saved(own);
      return me(state);
    },
    'POST me/password': () => (sent.current === 'wrong' ? refuse(422, 'look', { current: 'it is wrong' }) : { is_done: true }),
    'POST me/pin': () => ({ is_done: true }),
    'GET overview': () => overview(state),
    'GET phones': () => ({ phones: phones(state) }),
    'GET live': () => ({ calls: state.live }),
    'POST live/#/hangup': () => {
      state.live = state.live.filter((call) => call.id !== id);
      tell('calls');
      return { is_done: true };
    },
    'GET feature-codes': () => state.codes,
    'PUT feature-codes': () => {
      if (request.headers['if-match'] !== `"${state.codes.etag}"`) refuse(412, 'this was changed meanwhile');
      if (sent.codes.some((row) => row.feature === 'echo_test' && row.code === '*60')) refuse(422, 'look', { code: '*60 is the code for the time of day' });
      const row = (one) => sent.codes.find(({ feature }) => feature === one.feature);
      state.codes = { profile: sent.profile, etag: `c${Math.random()}`, revision: state.codes.revision + 1, codes: state.codes.codes.map((one) => ({ ...one, ...(row(one) ?? { code: one.delivered_code, enabled: one.delivered_enabled }) })) };
      tell('config');
      return { revision: state.codes.revision };
    },
    'GET callers': () => state.callers,
    'PUT callers': () => {
      if (request.headers['if-match'] !== `"${state.callers.etag}"`) refuse(412, 'this was changed meanwhile');
      state.callers = { ...state.callers, ...sent, etag: `b${Math.random()}`, revision: state.callers.revision + 1 };
      tell('config');
      return { revision: state.callers.revision };
    },
    'GET toll-guard': () => state.toll,
    'PUT toll-guard': () => {
      if (request.headers['if-match'] !== `"${state.toll.etag}"`) refuse(412, 'this was changed meanwhile');
      if (sent.night === '25:00-06:00') refuse(422, 'look', { night: 'a span of the day is two different times' });
      state.toll = { ...state.toll, ...sent, etag: `t${Math.random()}`, revision: state.toll.revision + 1 };
      tell('config');
      return { revision: state.toll.revision };
    },
    'GET attempts': () => ({ attempts: state.attempts, outside: state.toll.refused, flood: state.flood }),
    'POST attempts/#/unblock': () => {
      if (!state.attempts.some((one) => one.source === parts[1])) refuse(404, 'no wrong password came from this address');
      state.attempts = state.attempts.map((one) => (one.source === parts[1] ? { ...one, blocked_until: null } : one));
      tell('attempts');
      return { is_done: true };
    },
    'GET calls': () => {
      const q = (url.searchParams.get('q') ?? '').toLowerCase();
      const number = url.searchParams.get('number');
      const account = url.searchParams.get('account');
      const isOf = (call) =>
        (number === null || call.from === number || call.to === number) && (account === null || call.charged_to?.number === account);
      const [calls, next] = page(state.calls.filter((call) => isOf(call) && JSON.stringify(call).toLowerCase().includes(q)));
      return { calls, next };
    },
    'GET calls/#': () => story(state.calls.find((call) => call.id === id) ?? refuse(404, 'there is no such call')),
    'GET calls/#/ladder': ladder,
    'GET voicemail': () => {
      if (state.people.find((one) => one.id === state.own).extension === null) return { mailbox: null, new: 0, saved: 0, trash: 0, messages: [], next: null };
      const of = (folder) => state.messages.filter((message) => message.folder === folder);
      const [messages, next] = page(of(url.searchParams.get('folder') ?? 'new'));
      return { mailbox: '1001', new: of('new').length, saved: of('saved').length, trash: of('trash').length, messages, next };
    },
    'GET voicemail/#/audio': () => wav(state.messages.find((message) => message.id === id).length_ms),
    'POST voicemail/#/move': () => {
      const message = state.messages.find((one) => one.id === id);
      message.folder = sent.folder;
      return message;
    },
    'GET greeting': () => greeting(state),
    'GET greeting/greeting/audio': () => wav(state.greeting.greeting.length_ms),
    'GET greeting/spoken/audio': () => wav(4_000),
    'GET greeting/assistant/audio': () => wav(state.greeting.assistant.length_ms),
    'PUT greeting/assistant': () => takeGreeting(state, 'assistant', sent),
    'POST greeting/assistant/use': () => useGreeting(state, 'assistant', sent.id),
    'GET greeting/name/audio': () => wav(state.greeting.name.length_ms),
    'PUT greeting/greeting': () => takeGreeting(state, 'greeting', sent),
    'PUT greeting/name': () => takeGreeting(state, 'name', sent),
    'POST greeting/greeting/use': () => useGreeting(state, 'greeting', sent.id),
    'POST greeting/name/use': () => useGreeting(state, 'name', sent.id),
    'GET people': () => ({ people: state.people, revision: state.revisions[0].id }),
    'GET people/#': () => person(),
    'POST people': () => {
      if (state.people.some((one) => one.extension === sent.extension)) refuse(422, 'look', { extension: 'it belongs to somebody else' });
      const { with_phone, ...rest } = sent;
      const phones = with_phone ? [{ id: 500, name: `${sent.extension}a`, user: `${sent.extension}a-n4w1`, is_registered: false }] : [];
      const one = { ...state.people[1], ...rest, id: 10 + state.people.length, phones, has_pin: false, has_password: false };
      state.people.push(one);
      return saved(one, { credentials: phones.flatMap(credentials) });
    },
    'PUT people/#': () => saved(Object.assign(matching(), sent)),
    'DELETE people/#': () => {
      const one = matching();
      state.people = state.people.filter((other) => other !== one);
      return { revision: saved(one).revision };
    },
    'POST people/#/pin': () => saved(Object.assign(person(), { has_pin: true }), { pin: '739164' }),
    'POST people/#/password': () => ({ revision: saved(Object.assign(person(), { has_password: true })).revision }),
    'POST people/#/phones': () => {
      const one = person();
      const phone = { id: 600 + one.phones.length, name: `${one.extension}${'abcdefgh'[one.phones.length]}`, user: `${one.extension}b-q8s3`, is_registered: false };
      one.phones = [...one.phones, phone];
      return saved(one, { credentials: credentials(phone) });
    },
    'DELETE people/#/phones/#': () => {
      const one = matching();
      one.phones = one.phones.filter((phone) => phone.id !== Number(parts[3]));
      return saved(one);
    },
    'POST people/#/phones/#/secret': () => saved(person(), { credentials: credentials(person().phones[0]) }),
    'GET system': () => ({
      at: new Date().toISOString(),
      is_clock_set: true,
      version: '0.3.0',
      up_s: 263_000,
      cpu_percent: 1.4,
      memory_bytes: 48_300_000,
      machine: { up_s: 1_903_000, cores: 4, cpu_percent: 7.6, memory_used_bytes: 912_000_000, memory_total_bytes: 4_030_000_000, temperature_c: 51.5 },
      disk: { free_bytes: 21_400_000_000, total_bytes: 31_900_000_000 },
    }),
    'GET certificate': () => state.certificate,
    'PUT certificate': () => {
      if (!sent.key.includes('good')) refuse(422, 'the key is not that of the first certificate', { key: 'the key is not that of the first certificate' });
      state.before = state.certificate;
      state.certificate = { ...state.certificate, is_uploaded: true, subject: 'CN=pbx.office.example', issuer: 'C=DE, O=Some authority, CN=Issuer 3', names: ['pbx.office.example'], days_left: 18, lacks: ['192.168.1.10'], has_issuer: false, can_undo: true };
      return state.certificate;
    },
    'DELETE certificate': () => {
      [state.certificate, state.before] = [{ ...state.before, is_uploaded: false }, state.certificate];
      return state.certificate;
    },
    'POST certificate/undo': () => {
      [state.certificate, state.before] = [state.before, state.certificate];
      return state.certificate;
    },
    'GET revisions': () => {
      const until = url.searchParams.get('until');
      const seen = until ? state.revisions.filter((one) => one.at <= until) : state.revisions;
      return { revisions: seen.slice(0, 2), next: seen.length > 2 ? seen[1].id : null };
    },
    'GET revisions/#': () => ({
      ...(state.revisions.find((one) => one.id === id) ?? refuse(404, 'this change is not in the history')),
      since: id === state.revisions[0].id ? [] : state.revisions[0].changes,
    }),
    'POST revisions/#/restore': () => ({ revision: saved(state.people[0]).revision }),
    'POST revisions/#/undo': () => (undoOutside(state), { revision: saved(state.people[0]).revision }),
  };
  return (routes[route] ?? (() => refuse(404, 'what is named by this address is not there')))();
}

function greeting({ greeting }) {
  const callers_hear = greeting.greeting ? 'own' : greeting.name ? 'name' : 'spoken';
  return { callers_hear, greeting: greeting.greeting, name: greeting.name, assistant: greeting.assistant, greeting_most_s: 120, name_most_s: 8 };
}

function takeGreeting(state, which, file) {
  if (!file.subarray(0, 4).equals(Buffer.from('RIFF'))) {
    const file = 'this is an MP3 file, whatever its name says: save the sound as WAV and choose that file';
    refuse(422, file, { file });
  }
  state.greeting.last += 1;
  state.greeting.known[state.greeting.last] = { id: state.greeting.last, at: new Date().toISOString(), length_ms: 4200 };
  return useGreeting(state, which, state.greeting.last);
}

function useGreeting(state, which, id) {
  state.greeting[which] = id === null ? null : (state.greeting.known[id] ?? refuse(404, 'this recording is not there any more'));
  return greeting(state);
}

function refuse(status, detail, errors) {
  throw new Refused(status, detail, errors);
}

function phones(state) {
  const lines = overview(state).phones;
  return state.people.flatMap((person) =>
    person.phones.map((phone) => {
      const { state: does, places } = lines.find(({ name }) => name === phone.name);
      const reach = state.reach[phone.name] ?? (phone.is_registered ? 'registered' : 'unseen');
      const since = state.since[phone.name] ?? null;
      const bindings = places.map((place) => ({ ...place, contact: `sip:${phone.user}@${place.address};transport=udp`, is_reachable: reach === 'registered', since, round_trip_ms: reach === 'registered' ? 4 : null }));
      const fix = reach === 'registered' ? null : 'see that the phone has power and network, and that user and password are those of its person';
      const failures = state.attempts.filter(({ user }) => user === phone.user);
      return { id: phone.id, name: phone.name, user: phone.user, extension: person.extension, person: person.name, person_id: person.id, state: does, reach, since, fix, bindings, failures };
    }),
  );
}

function overview(state) {
  const busy = (extension) => state.live.find((call) => call.from === extension || call.to === extension)?.state;
  const phones = state.people.flatMap((person) =>
    person.phones.map((phone) => ({
      name: phone.name,
      extension: person.extension,
      person: person.name,
      state: phone.is_registered ? (busy(person.extension) ?? 'idle') : 'offline',
      places: phone.is_registered
        ? [{ address: `192.168.10.${20 + person.id}:5060`, transport: 'UDP', user_agent: 'Desk Phone 3.2.1', expires_at: new Date(Date.now() + 3e6).toISOString() }]
        : [],
    })),
  );
  return {
    verdict: { level: 'warn', text: '2 phones are offline', fix: null, at: null },
    issues: [
      ...state.full.map((number) => ({ level: 'bad', text: `Mailbox of ${number} is full: callers cannot leave a message.`, fix: 'delete messages that nobody needs', at: { name: 'people', row: number.slice(-1) } })),
      { level: 'warn', text: '1004a and 1008a have not registered since the start.', fix: 'Check power and network of the phones, then their user names and passwords.', at: { name: 'people', row: null } },
      { level: 'bad', text: 'No trunk is set up: emergency calls reach nobody.', fix: 'Keep a mobile phone at hand until there is one.', at: { name: 'trunks', row: null } },
    ],
    phones_registered: phones.filter((phone) => phone.state !== 'offline').length,
    phones,
    calls_up: state.live.length,
    messages_new: state.messages.filter(({ folder }) => folder === 'new').length,
    mailboxes_new: 1,
    disk: { free_bytes: 21_400_000_000, total_bytes: 31_900_000_000 },
    alerts: [{ at: new Date(Date.now() - 5e6).toISOString(), text: 'The disk took no message at 09:12; it does again.' }],
    refused: 3,
    calls: 816,
    calls_answered: 640,
    version: '0.3.0',
    revision: 14,
  };
}
