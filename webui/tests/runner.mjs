// Runs browser tests, each with a counterpart of its own: the mock, or a box.
import { launch } from './e2e/browser.mjs';

/**
 * Runs those tests whose name contains the first argument, in so many browsers side by side. `begin` makes a test's
 * counterpart; its `end` takes that away again, and its `lastWords`, where it has any, are shown when the test failed.
 */
export async function runAll(tests, begin, atOnce = 1) {
  const wanted = process.argv[2] ?? '';
  const chosen = tests.filter(({ name }) => name.includes(wanted));
  const waiting = [...chosen];
  let failures = 0;
  const work = async () => {
    const browser = await launch();
    for (let test = waiting.shift(); test; test = waiting.shift()) {
      if (!(await passes(test, browser, begin))) failures += 1;
      await Promise.all(browser.contexts().map((context) => context.close()));
    }
    await browser.close();
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  console.log(`${chosen.length - failures} of ${chosen.length} passed`);
  // A program that a test has forgotten does not keep the others waiting: it ends with this one.
  process.exit(failures > 0 || chosen.length === 0 ? 1 : 0);
}

async function passes({ name, run }, browser, begin) {
  const began = Date.now();
  const counterpart = await begin();
  try {
    await run(browser, counterpart);
    console.log(`ok    ${name} (${Date.now() - began} ms)`);
    return true;
  } catch (error) {
    const lines = String(error.stack ?? error).split('\n').slice(0, 12);
    console.log(`FAIL  ${name}\n      ${[...lines, ...(counterpart.lastWords?.() ?? [])].join('\n      ')}`);
    return false;
  } finally {
    await counterpart.end();
  }
}
