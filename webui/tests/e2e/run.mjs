// All tests of the page alone, in one browser: npm run e2e [part of a name]. SHOTS=folder keeps pictures of the screens.
import { launch } from './browser.mjs';
import { serve } from './server.mjs';
import * as flows from './flows.mjs';
import * as keyboard from './keyboard.mjs';
import * as screens from './screens.mjs';

const wanted = process.argv[2] ?? '';
const tests = Object.values({ ...screens, ...flows, ...keyboard }).flat().filter(({ name }) => name.includes(wanted));
const browser = await launch();
let failures = 0;
for (const { name, run } of tests) {
  const server = await serve();
  const began = Date.now();
  try {
    await run(browser, server);
    console.log(`ok    ${name} (${Date.now() - began} ms)`);
  } catch (error) {
    failures += 1;
    console.log(`FAIL  ${name}\n      ${String(error.stack ?? error).split('\n').slice(0, 12).join('\n      ')}`);
  }
  await Promise.all(browser.contexts().map((context) => context.close()));
  await server.close();
}
await browser.close();
console.log(`${tests.length - failures} of ${tests.length} passed`);
process.exitCode = failures > 0 || tests.length === 0 ? 1 : 0;
