// All tests of the page alone, in one browser: npm run e2e [part of a name]. SHOTS=folder keeps pictures of the screens.
import { runAll } from '../runner.mjs';
import { serve } from './server.mjs';
import * as flows from './flows.mjs';
import * as keyboard from './keyboard.mjs';
import * as screens from './screens.mjs';

await runAll(Object.values({ ...screens, ...flows, ...keyboard }).flat(), serve);
