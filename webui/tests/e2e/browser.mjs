// The browser, and what every test asks of a page.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const words = new URL('../../src/locales/en/', import.meta.url);
/** What stands on a page whose words are not there. A key without a point may be a word of a sentence too. */
const KEYS = new Set(
  readdirSync(words)
    .flatMap((file) => Object.keys(JSON.parse(readFileSync(new URL(file, words), 'utf8'))))
    .filter((key) => key.includes('.')),
);

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

/** What axe finds, what is wider than the screen, and what is no text for people. */
export async function judge(page) {
  return [...(await axeFinds(page)), ...(await misfits(page)), ...(await unsaid(page))];
}

/** Keys that stand where their words should, and places of words that nothing was put in. */
async function unsaid(page) {
  const texts = await page.evaluate(() => {
    const labels = [...document.querySelectorAll('[aria-label], [title]')].flatMap((node) => [node.getAttribute('aria-label'), node.getAttribute('title')]);
    return [document.body.innerText, ...labels].join(' ').split(/\s+/);
  });
  return texts.filter((text) => KEYS.has(text) || /\{[a-z_]+\}/.test(text)).map((text) => `no words for ${text}`);
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
