// Whoever reads the page in German reads no sentence of the box in English.
import assert from 'node:assert/strict';
import { newPage } from '../e2e/browser.mjs';
import { ADMIN } from './box.mjs';
import { test } from './house.mjs';

export const refused = test('what is wrong in a field of a German page is said in German', async (browser, { box }) => {
  await box.claim({ name: 'Hafenbüro', country: 'DE', language: 'de', time_zone: 'Europe/Berlin' });
  const page = await newPage(browser, { locale: 'de-DE' });
  await page.goto(`${box.address}#/people/new`);
  await page.getByLabel('E-Mail oder Nebenstelle').fill(ADMIN.email);
  await page.getByLabel('Passwort oder PIN').fill('falsch falsch falsch');
  await page.getByLabel('Passwort oder PIN').press('Enter');
  await page.getByText('der Name oder das Kennwort ist falsch').waitFor();
  await page.getByLabel('Passwort oder PIN').fill(ADMIN.password);
  await page.getByLabel('Passwort oder PIN').press('Enter');

  const number = page.getByLabel('Nummer', { exact: true });
  const refusals = {
    112: '112 ist eine Notrufnummer und kann weder Nebenstelle noch Code sein: Wählen Sie etwas anderes',
    1002: '1002 ist die Nebenstelle von Werkstatt: Wählen Sie eine andere',
  };
  const add = async (name, extension) => {
    await page.getByLabel('Name', { exact: true }).fill(name);
    await number.fill(extension);
    await page.getByRole('button', { name: 'Hinzufügen', exact: true }).click();
  };
  await add('Werkstatt', '1002');
  await page.getByRole('button', { name: 'Eingetragen oder kopiert' }).click();
  await page.goto(`${box.address}#/people/new`);
  for (const [extension, refusal] of Object.entries(refusals)) {
    await add('Halle', extension);
    await page.getByText(refusal).first().waitFor();
    assert.equal(await number.getAttribute('aria-invalid'), 'true', extension);
  }
  // What the box finds is said in German as well.
  await page.goto(`${box.address}#/overview`);
  await page.getByText('Kein Telefon ist angemeldet.').first().waitFor();
});
