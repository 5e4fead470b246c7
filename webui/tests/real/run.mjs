// The page with the real daemon, and with real phones: npm run real [part of a name]. Pictures of every screen are kept
// in page-pictures, beside what cargo builds.
import { runAll } from '../runner.mjs';
import { House } from './house.mjs';
import * as attacks from './attacks.mjs';
import * as backup from './backup.mjs';
import * as calls from './calls.mjs';
import * as departments from './departments.mjs';
import * as german from './german.mjs';
import * as greetings from './greetings.mjs';
import * as guessing from './guessing.mjs';
import * as keyboard from './keyboard.mjs';
import * as own from './own.mjs';
import * as phones from './phones.mjs';
import * as rights from './rights.mjs';
import * as screens from './screens.mjs';
import * as signing from './signing.mjs';
import * as trunks from './trunks.mjs';
import * as trust from './trust.mjs';
import * as undo from './undo.mjs';
import * as voicemail from './voicemail.mjs';

/** They wait for phones and sound most of the time. */
const AT_ONCE = 3;
// The longest first.
const tests = Object.values({ ...screens, ...keyboard, ...attacks, ...voicemail, ...greetings, ...guessing, ...backup, ...signing, ...calls, ...trunks, ...trust, ...own, ...departments, ...rights, ...undo, ...german, ...phones });
await runAll(tests, House.start, AT_ONCE);
