// The page without a mouse.
import assert from 'node:assert/strict';
import { newPage } from './browser.mjs';

const focused = (page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    return element?.getAttribute('aria-label') ?? element?.textContent?.trim().slice(0, 60) ?? '';
  });

export const walk = {
  name: 'by keyboard alone: sign in, skip, walk the grid, open a call, go back, use the palette',
  run: async (browser, server) => {
    const page = await newPage(browser);
    await page.goto(server.address);
    await page.getByLabel('E-mail or extension').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type('desk@office.example');
    await page.keyboard.press('Tab');
    await page.keyboard.type('correct horse battery');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Overview' }).waitFor();

    await page.keyboard.press('Control+k');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.type('calls');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Calls', exact: true }).waitFor();

    const grid = page.getByRole('grid');
    await grid.waitFor();
    await page.getByLabel('Number, name or reason').focus();
    await page.keyboard.press('Tab');
    assert.ok(await grid.evaluate((element) => element.contains(document.activeElement)), 'one Tab enters the grid');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    assert.equal(await focused(page), 'Workshop 1002');
    await page.keyboard.press('End');
    assert.equal(await focused(page), 'Call Workshop 1002');
    await page.keyboard.press('ArrowLeft');
    assert.equal(await focused(page), '1002 and 1005 are talking');
    await page.keyboard.press('Control+Home');
    assert.equal(await focused(page), 'When');
    await page.keyboard.press('PageDown');
    await page.keyboard.press('Home');
    assert.equal(await grid.evaluate((element) => element.querySelectorAll('[tabindex="0"]').length), 1, 'one stop');
    await page.keyboard.press('Enter');
    await page.getByText('What happened').waitFor();
    await page.goBack();
    await grid.waitFor();

    await page.keyboard.press('?');
    await page.getByRole('heading', { name: 'Help' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Help' }).waitFor({ state: 'detached' });

    await page.goto(`${server.address}#/live`);
    await page.reload();
    await page.getByRole('grid').waitFor();
    await page.keyboard.press('Tab');
    assert.equal(await focused(page), 'Skip to content');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'main');
    assert.deepEqual(page.faults, []);
  },
};

export const figures = {
  name: 'by keyboard alone: the figures of a call are opened and closed inside the grid',
  run: async (browser, server) => {
    server.state.isSignedIn = true;
    const page = await newPage(browser);
    await page.goto(`${server.address}#/live`);
    const grid = page.getByRole('grid');
    await grid.waitFor();
    await grid.locator('[tabindex="0"]').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    assert.match(await focused(page), /^Poor\s+G\.711 A ↔ G\.711 µ/);
    await page.keyboard.press('Enter');
    await page.getByText('from the phone: 11.5% lost, jitter 3 ms').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('ITU-T G.107').waitFor({ state: 'detached' });
    assert.match(await focused(page), /^Poor/, 'the focus stays');
    await page.keyboard.press('Space');
    await page.getByText('ITU-T G.107').waitFor();
    await page.keyboard.press('End');
    assert.match(await focused(page), /^Hang up/);
    await page.getByText('ITU-T G.107').waitFor({ state: 'detached' });
    assert.deepEqual(page.faults, []);
  },
};
