// Hands on the keyboard alone.
import assert from 'node:assert/strict';

/** More stops than any screen has. */
const MOST_STOPS = 240;

/** What has the focus: its name, and whether a person can see that it has it. */
export function focused(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return undefined;
    const text = (found) => found?.textContent?.trim().replace(/\s+/g, ' ').slice(0, 60);
    const name = element.getAttribute('aria-label') ?? text(element.labels?.[0]) ?? text(element);
    const style = getComputedStyle(element);
    const { width, height, top, left } = element.getBoundingClientRect();
    const isOutlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
    const above = document.elementFromPoint(left + width / 2, top + height / 2);
    const isOnTop = above !== null && (element.contains(above) || above.contains(element));
    (globalThis.stopsOfTab ??= new Set()).add(element);
    return { name: name || element.tagName, isVisible: isOutlined && width > 0 && height > 0 && isOnTop };
  });
}

/** Presses Tab until something of this name has the focus. */
export async function tabTo(page, name) {
  const passed = [];
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    const now = await focused(page);
    if (now && (name instanceof RegExp ? name.test(now.name) : now.name === name)) {
      assert.ok(now.isVisible, `the focus on ${now.name} is not to be seen`);
      return;
    }
    passed.push(now?.name ?? '-');
  }
  throw new Error(`Tab never came to ${name}, but to ${passed.join(', ')}`);
}

/** Goes to a field and types into it. */
export async function fill(page, label, text) {
  await tabTo(page, label);
  await page.keyboard.type(text);
}

/** Every stop of Tab in a page just loaded, until the focus leaves it. */
export async function stops(page) {
  const found = [];
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    const now = await focused(page);
    if (!now) return found;
    found.push(now);
  }
  throw new Error(`Tab does not leave the page: ${found.slice(-8).map(({ name }) => name).join(', ')}`);
}

/** What can be used and Tab has not come to; of a grid's cells one is a stop, the arrows do the rest. */
export function missed(page) {
  return page.evaluate(() => {
    const usable = 'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea, summary, [tabindex="0"]';
    const all = [...document.querySelectorAll(usable)].filter((element) => element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true }));
    const left = all.filter((element) => !globalThis.stopsOfTab.has(element) && !element.closest('[role=grid]'));
    return left.map((element) => element.outerHTML.slice(0, 100));
  });
}
