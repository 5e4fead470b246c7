// The interface of a running box against its own document: api.mjs SCHEMATHESIS [more of its options]. Asks as an
// administrator, as a user and as nobody: nothing may fail inside the box, and every answer is as the document says.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Box } from './box.mjs';

const DOCUMENT = fileURLToPath(new URL('../../openapi.json', import.meta.url));
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'unsupported_method',
];
/** These end the session that asks, or never end; the last three take files, which are no JSON. */
const LEFT_OUT = [
  ...['/api/logout', '/api/logout-everywhere', '/api/me/password', '/api/people/{id}/password', '/api/events'],
  ...['/api/greeting/{which}', '/api/backup', '/api/setup/backup'],
];
/** For each way to ask; every field is wrong in every way it can be besides, once. */
const EXAMPLES = 3;
const USER = { name: 'Workshop', email: 'workshop@office.example', role: 'user', extension: '1001', voicemail: true };
const PASSWORD = 'nine loud kettles';

const [program, ...more] = process.argv.slice(2);
const box = await Box.start();
try {
  const admin = await box.claim();
  const { person } = await admin.post('people', USER);
  await admin.post(`people/${person.id}/password`, { password: PASSWORD });
  const user = await box.signIn(USER.email, PASSWORD);
  const roles = { administrator: admin.cookie, user: user.cookie, nobody: '' };
  let passed = 0;
  for (const [role, cookie] of Object.entries(roles)) {
    console.log(`--- as ${role}`);
    if ((await run(cookie, role === 'administrator' ? 'coverage,fuzzing' : 'fuzzing')) === 0) passed += 1;
  }
  console.log(`${passed} of ${Object.keys(roles).length} passed`);
  process.exitCode = passed === Object.keys(roles).length ? 0 : 1;
  if (process.exitCode) console.log(box.program.lastWords());
} finally {
  await box.end();
}

function run(cookie, phases) {
  const options = [
    ...['run', DOCUMENT, '--url', box.address.replace(/\/$/, '')],
    ...['--header', 'X-Bellbox: 1', ...(cookie ? ['--header', `Cookie: ${cookie}`] : [])],
    ...['--checks', CHECKS.join(','), '--phases', phases],
    // The same requests each time.
    ...['--seed', '1', '--generation-database', 'none', '--max-examples', String(EXAMPLES)],
    ...LEFT_OUT.flatMap((path) => ['--exclude-path', path]),
    ...['--request-timeout', '10', '--no-color'],
  ];
  return new Promise((resolve) => {
    const child = spawn(program, [...options, ...more], { stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', (error) => (console.log(String(error)), resolve(1)));
    child.on('close', resolve);
  });
}
