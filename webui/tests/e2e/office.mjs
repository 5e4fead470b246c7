// A made-up office for the mock server: as the box would answer, so far as the page can tell.

const HOUR = 3_600_000;
const FINGERPRINT = Array.from({ length: 32 }, (_, index) => ((index * 37 + 11) % 256).toString(16).padStart(2, '0').toUpperCase()).join(':');
const start = Date.now();
const ago = (ms) => new Date(start - ms).toISOString();
const NAMES = ['Front Desk', 'Workshop', 'Accounts', 'Warehouse', 'Meeting Room', 'Dispatch', 'Laboratory', 'Kitchen'];

const code = (delivered_code, feature, does, more) => ({ feature, does, code: delivered_code, argument: 'none', enabled: true, delivered_code, delivered_enabled: true, ...more });

export function office() {
  const people = NAMES.map((name, index) => person(index + 1, name));
  people[0].role = 'admin';
  people[0].email = 'desk@office.example';
  people[4].phones = [];
  people[4].voicemail = false;
  people.push({ ...person(9, 'A rather long name of a person who has several titles and sits upstairs'), extension: null, phones: [] });
  const own = { id: 500, at: ago(90 * HOUR), length_ms: 1_600 };
  return {
    hello: {
      needs_setup: false,
      office: 'Harbour Office',
      language: 'en',
      languages: ['en', 'de', 'es'],
      version: '0.3.0',
      https_port: 443,
      min_password: 10,
    },
    authority: { fingerprint: FINGERPRINT, is_in_use: true, https_port: 443, address: 'http://192.168.1.10:8080' },
    certificate: {
      is_uploaded: false,
      subject: 'CN=Bellbox',
      issuer: 'CN=Bellbox authority 1a2b3c4d',
      names: ['localhost', 'bellbox.local', 'pbx', 'pbx.local', '127.0.0.1', '192.168.1.10', '::1', 'fe80::5054:ff:fe12:3456'],
      key: 'ECDSA P-256',
      from: ago(48 * HOUR),
      until: ago(-750 * 24 * HOUR),
      days_left: 750,
      fingerprint: FINGERPRINT.split(':').reverse().join(':'),
      lacks: [],
      has_issuer: true,
      unused: null,
      can_undo: false,
      authority: FINGERPRINT,
    },
    people,
    live: [
      { id: 812, from: '1001', from_name: 'Front Desk', to: '1002', to_name: 'Workshop', state: 'talking', since: ago(754_000), ...sounding('good', ['1001', 'PCMA', 'good'], ['1002', 'PCMA', 'good']) },
      { id: 815, from: '1004', from_name: 'Warehouse', to: '1003', to_name: 'Accounts', state: 'held', since: ago(93_000), ...sounding('poor', ['1004', 'PCMA', 'good'], ['1003', 'PCMU', 'poor']) },
      { id: 816, from: '1007', from_name: 'Laboratory', to: '1006', to_name: 'Dispatch', state: 'ringing', since: ago(4_000), ...sounding(null) },
    ],
    attempts: [
      attempt('203.0.113.66', '1000', { kind: 'unknown_user', why: 'no phone has this user name', count: 38, blocked_until: ago(-200_000) }),
      attempt('203.0.113.66', null, { kind: 'unknown_user', why: 'no phone has this user name', count: 4_180, blocked_until: ago(-200_000) }),
      attempt('192.168.10.34', '1003a-x7k2', { extension: '1003', person: 'Accounts', count: 7 }),
      attempt('192.168.10.29', '1008a-x7k2', { extension: '1008', person: 'Kitchen', kind: 'not_its_own', why: 'it spoke for another extension', count: 1 }),
    ],
    codes: {
      profile: 'office',
      codes: [
        code('*43', 'echo_test', 'the echo test'),
        code('*60', 'time', 'the time of day'),
        code('*98', 'any_voicemail', 'any mailbox', { argument: 'optional_extension' }),
        code('*80', 'intercom', 'calling an extension whose phones answer by themselves', { argument: 'extension' }),
        code('*72', 'forward_always', 'forwarding every call', { argument: 'optional_number', code: '*21' }),
        code('*711', 'call_waiting_on', 'switching call waiting on', { enabled: false, delivered_enabled: false }),
      ],
      revision: 14,
      etag: 'c1',
    },
    flood: { per_minute: 5_400, dropped: 36_000, sources: [{ source: '203.0.113.66', per_minute: 5_280, dropped: 36_000 }, { source: '2001:db8:7::/64', per_minute: 90, dropped: 0 }] },
    callers: {
      callers: [
        { number: '+4940*', allow: false, until: null, note: 'sells windows' },
        { number: '+49405551*', allow: true, until: '2027-01-01T12:00:00Z', note: 'the landlord' },
      ],
      blocked_hear: 'disconnected',
      anonymous_hear: 'announcement',
      revision: 14,
      etag: 'b1',
    },
    toll: {
      at_once: 4,
      per_hour: 60,
      night: null,
      extensions: [{ extension: '1004', at_once: 10, per_hour: null, at_night: true }],
      refused: [
        { extension: '1003', person: 'Accounts', refused: 12, number: '+2225550100', why: '1003 has begun 60 calls to the outside within an hour, as many as it may', first_at: ago(HOUR), last_at: ago(600_000), at_once: 4, in_hour: 60 },
      ],
      revision: 14,
      etag: 't1',
    },
    calls: Array.from({ length: 120 }, (_, index) => call(816 - index, index)),
    full: ['1003'],
    reach: { '1002a': 'unreachable' },
    since: { '1001a': ago(5 * HOUR), '1002a': ago(70_000) },
    messages: Array.from({ length: 9 }, (_, index) => message(40 - index, index)),
    revisions: [
      revision(14, 'Front Desk', [
        change('person', 'Workshop', 'ring_s', '25', '40'),
        change('person', 'Workshop', 'voicemail', null, 'true'),
        { ...change('person', 'Workshop', 'pin_hash', '', ''), is_secret: true },
      ]),
      revision(13, 'Front Desk', [{ ...change('phone', '1008a', '', null, '1008a'), of: 'Kitchen' }]),
      revision(12, 'setup', [change('office', '', 'name', 'Office', 'Harbour Office')]),
    ],
    greeting: { greeting: null, assistant: null, name: own, last: own.id, known: { [own.id]: own } },
    scope: 'admin',
    own: 1,
  };
}

/** How a call sounds, and each of its parties. */
export function sounding(sound, ...parties) {
  const party = ([number, codec, sound]) => ({
    number,
    name: NAMES[Number(number) - 1001],
    codec,
    sound,
    lost_percent: sound === 'poor' ? 11.5 : 0.2,
    jitter_ms: 3,
    remote_lost_percent: null,
    remote_jitter_ms: null,
    round_trip_ms: sound === 'none' ? null : 4,
    silent_since: null,
  });
  return { sound, parties: parties.map(party) };
}

function attempt(source, user, more) {
  return {
    source,
    user,
    extension: null,
    person: null,
    kind: 'wrong_password',
    why: 'the password is wrong',
    fix: 'if it is a phone of yours, make a new password for it under People and enter that one; if not, find the device at this address',
    first_at: ago(3 * HOUR),
    last_at: ago(40_000),
    blocked_until: null,
    ...more,
  };
}

function person(id, name) {
  const extension = String(1000 + id);
  return {
    id,
    name,
    email: null,
    role: 'user',
    roles: [],
    profile: null,
    language: null,
    time_zone: null,
    department: null,
    site: null,
    listed: true,
    extension,
    ring_s: 25,
    voicemail: true,
    voicemail_minutes: 60,
    pin_on_own_phone: true,
    say_time: true,
    say_caller: true,
    newest_first: false,
    operator: null,
    max_contacts: 3,
    pickup_group: null,
    private_lamp: false,
    label: null,
    caller_name: null,
    caller_number: null,
    hides_number: false,
    call_waiting: true,
    max_calls: null,
    intercom: true,
    intercom_beep: true,
    shows_callers: true,
    permission: 'national',
    account: id === 2 ? 'required' : 'none',
    has_pin: id % 2 === 1,
    has_password: id === 1,
    phones: [{ id: id * 10, name: `${extension}a`, user: `${extension}a-x7k2`, is_registered: id % 4 !== 0 }],
    etag: `p${id}-1`,
  };
}

const WENT = ['up', 'answered', 'missed', 'voicemail', 'answered', 'failed'];
const STORY = {
  up: '{from} and {to} are talking',
  answered: '{to} hung up',
  missed: 'nobody answered at {to} in its ring time',
  voicemail: '{from} left a message for {to}',
  failed: '{to} is no number of this office',
};

function call(id, index) {
  const went = index < 3 ? 'up' : WENT[1 + (index % 5)];
  const from = String(1001 + (index % 8));
  const to = went === 'failed' ? '1999' : String(1001 + ((index + 3) % 8));
  return {
    id,
    at: ago(index * 0.7 * HOUR + 4_000),
    is_synced: index !== 6,
    revision: 12,
    from,
    from_name: NAMES[Number(from) - 1001] ?? '',
    to,
    to_name: NAMES[Number(to) - 1001] ?? '',
    went,
    talked_s: went === 'answered' || went === 'up' ? 37 + index * 13 : null,
    cause: went === 'up' ? null : 'hung_up',
    story: STORY[went].replace('{from}', from).replace('{to}', to),
    charged_to: index % 9 === 4 ? { number: '0471', name: 'Harbour Authority' } : null,
  };
}

export function story(one) {
  const at = (ms) => new Date(Date.parse(one.at) + ms).toISOString();
  const line = (ms, kind, text, steps = []) => ({ at: at(ms), since_start_ms: ms, kind, text, steps });
  return {
    call: one,
    lines: [
      line(0, 'asked', `${one.from} dialled ${one.to} on phone ${one.from}a (192.168.10.21:5060), configuration revision 14`),
      line(1, 'decided', 'decided', [
        { what: `ring ${one.to} for 25 s`, because: [`${one.to} is the extension of ${one.to_name}`, 'no answering rule applies now'] },
        { what: `take a message for ${one.to}`, because: [`${one.to} has voicemail`] },
      ]),
      line(3, 'entered', 'step 0 begins'),
      line(5, 'invited', `leg 2: phone ${one.to}a is called at sip:${one.to}a-x7k2@192.168.10.34:49152;transport=tcp`),
      line(92, 'rang', 'leg 2: rings'),
      line(6_230, 'answered', 'leg 2: answered, PCMA/8000'),
      line(31_900, 'held', 'leg 1: put the call on hold'),
      line(48_000, 'resumed', 'leg 1: took the call back from hold'),
      line(152_440, 'ended', `over: ${one.story}`),
      line(152_700, 'quality', 'leg 1: received 7310 packets (2 lost, jitter 1.3 ms), sent 7305'),
    ],
  };
}

function message(id, index) {
  const from = index === 2 ? '' : String(1002 + (index % 6));
  return {
    id,
    folder: index < 4 ? 'new' : index < 7 ? 'saved' : 'trash',
    from,
    from_name: from === '' ? '' : NAMES[Number(from) - 1001],
    at: ago(index * 9 * HOUR + 400_000),
    is_synced: true,
    length_ms: 4_200 + index * 7_900,
    is_cut_off: index === 3,
    call: 800 - index,
  };
}

function change(table, row, field, before, after) {
  return { table, row, of: null, field, before, after, is_secret: false };
}

function revision(id, author, changes) {
  return { id, at: ago((15 - id) * 5 * HOUR), author, is_in_force: id === 14, changes };
}

/** A tone of one second for each two of the message, so that the player has something to seek in. */
export function wav(length_ms) {
  const rate = 8000;
  const count = Math.floor((rate * length_ms) / 1000);
  const file = Buffer.alloc(44 + count * 2);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + count * 2, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(rate * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(count * 2, 40);
  for (let i = 0; i < count; i += 1) file.writeInt16LE(Math.round(6000 * Math.sin((i * 2 * Math.PI * 440) / rate)), 44 + i * 2);
  return file;
}
