// All tests of the page alone: npm run e2e [part of a name]. SHOTS=folder keeps pictures of the screens,
// LAG=milliseconds lets each answer come up to so much late.
import { runAll } from '../runner.mjs';
import { serve } from './server.mjs';
import { flows as calls } from './console.mjs';
import { flows as departments } from './departments.mjs';
import { flows as directory } from './directory.mjs';
import { flows as extensions } from './extensions.mjs';
import * as flows from './flows.mjs';
import { flows as groups } from './groups.mjs';
import { flows as importing } from './importing.mjs';
import * as keyboard from './keyboard.mjs';
import { flows as placing } from './placing.mjs';
import { flows as profiles } from './profiles.mjs';
import { flows as rights } from './rights.mjs';
import { flows as rules } from './rules.mjs';
import { flows as callerids } from './callerids.mjs';
import { flows as accounts } from './accounts.mjs';
import { flows as authorizations } from './authorizations.mjs';
import { flows as sites } from './sites.mjs';
import { flows as times } from './times.mjs';
import * as screens from './screens.mjs';

/** A browser waits for its screen as often as it draws one. */
const AT_ONCE = 2;
await runAll(Object.values({ ...screens, ...flows, ...keyboard, accounts, authorizations, callerids, calls, departments, directory, extensions, groups, importing, placing, profiles, rights, rules, sites, times }).flat(), serve, AT_ONCE);
