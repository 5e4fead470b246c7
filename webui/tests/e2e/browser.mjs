// The browser, and what every test asks of a page.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export function launch() {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath, args: [...FLAGS, '--autoplay-policy=no-user-gesture-required'] });
}

/** A page that fails the test for any error in the console, a breach of the policy, or a request to elsewhere. */
export async function newPage(browser, { width = 1280, height = 800, scheme = 'light', locale = 'en-GB', userAgent } = {}) {
  const isPhone = width < 720;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    locale,
    userAgent,
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
    hasTouch: isPhone,
    deviceScaleFactor: isPhone ? 2 : 1,
  });
  const page = await context.newPage();
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(String(error)));
  page.on('console', (message) => {
    // A refused request is logged by the browser itself; whether it is right that it was refused, the test knows.
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) page.faults.push(message.text());
  });
  page.on('request', (request) => {
    if (!/^(http:\/\/127\.0\.0\.1:|data:|blob:)/.test(request.url())) page.faults.push(`asked elsewhere: ${request.url()}`);
  });
  return page;
}

/** What axe finds, and what is wider than the screen. */
export async function judge(page) {
  return [...(await axeFinds(page)), ...(await misfits(page))];
}

/** What is wider than the screen, and what went wrong until now. */
export async function misfits(page) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return [...(wide > 0 ? [`${wide} px wider than the screen`] : []), ...page.faults];
}

async function axeFinds(page) {
  // Not as a script of the page: its policy would refuse that.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }),
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ target, failureSummary }) => `${target} ${failureSummary}`).join(' | ')}`);
}
