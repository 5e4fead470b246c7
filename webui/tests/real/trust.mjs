// The certificate of HTTPS: how people come to trust the box's own, and another one that is put in its place.
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect } from 'node:tls';
import { newPage } from '../e2e/browser.mjs';
import { certificate, OVER } from './certificates.mjs';
import { test, toast } from './house.mjs';
import { until } from './wait.mjs';

const HOST = 'pbx.office.example';
const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';
/** What browsers say of themselves, and what the page calls their system. */
const DEVICES = {
  Windows: `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT}`,
  macOS: `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${WEBKIT}`,
  'iPhone and iPad': 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1',
  Android: `Mozilla/5.0 (Linux; Android 10; K) ${WEBKIT}`,
  'Linux: Chrome and Chromium': `Mozilla/5.0 (X11; Linux x86_64) ${WEBKIT}`,
  'Firefox on Linux': 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
};

/** The certificate that a phone is shown which comes by TLS now. */
function shownToPhones(box) {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port: box.sipTls, rejectUnauthorized: false }, () => {
      resolve(socket.getPeerX509Certificate().fingerprint256);
      socket.destroy();
    });
    socket.on('error', reject);
  });
}

/** A new connection by HTTPS: what the box answers, the certificate that it showed, and whether `ca` vouches for it. */
function asks(box, servername, ca) {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port: box.https, servername, ca, rejectUnauthorized: false }, () => {
      socket.write(`GET /healthz HTTP/1.1\r\nHost: ${servername}\r\nConnection: close\r\n\r\n`);
    });
    let answer = '';
    socket.setEncoding('utf8');
    socket.on('data', (text) => (answer += text));
    socket.on('error', reject);
    socket.on('secureConnect', () => (socket.shown = socket.getPeerX509Certificate().fingerprint256));
    socket.on('end', () => resolve({ answer: answer.split('\r\n')[0], shown: socket.shown, isTrusted: socket.authorized }));
  });
}

export const uploaded = test('an uploaded certificate is served at once, a bad one is refused in words, and calls go on', async (browser, house) => {
  const [north, south] = await house.office(['Desk North', 'Desk South']);
  const caller = await house.phone({ ...north.desk, hz: 440 });
  const callee = await house.phone({ ...south.desk, hz: 620, isSecure: true });
  await caller.dials('1002');
  await callee.rings();
  await callee.answers();
  const { box } = house;
  const page = await house.page(browser, '#/system');
  const own = await house.admin.get('certificate');
  const shownNow = async () => (await asks(box, 'localhost')).shown;
  assert.equal(await shownNow(), own.fingerprint);
  assert.equal(await shownToPhones(box), own.fingerprint);

  await page.getByRole('button', { name: 'Upload a certificate' }).click();
  const good = certificate({ names: [HOST, 'localhost'] });
  const other = certificate({ names: [HOST] });
  const over = certificate({ names: [HOST], days: OVER });
  const garbage = `-----BEGIN CERTIFICATE-----\n${Buffer.from('no certificate at all').toString('base64')}\n-----END CERTIFICATE-----\n`;
  const refusals = [
    [good.chain, other.key, 'the key is not that of the first certificate'],
    [over.chain, over.key, /it held until .*: order a new one/],
    [garbage, good.key, 'certificate 1 of it cannot be read: it is damaged, or none'],
    ['no certificate at all', good.key, 'It begins with -----BEGIN CERTIFICATE-----'],
  ];
  for (const [chain, key, refusal] of refusals) {
    await page.getByRole('textbox', { name: 'Certificate with its chain' }).fill(chain);
    await page.getByRole('textbox', { name: 'Private key' }).fill(key);
    await page.getByRole('button', { name: 'Use it now' }).click();
    await page.getByText(refusal).first().waitFor();
    assert.equal(await shownNow(), own.fingerprint, `${refusal}`);
  }
  await page.getByRole('textbox', { name: 'Certificate with its chain' }).fill(good.chain);
  await page.getByRole('textbox', { name: 'Private key' }).fill(good.key);
  await page.getByRole('button', { name: 'Use it now' }).click();
  await toast(page, 'The uploaded certificate is in use').waitFor();
  const { fingerprint256 } = new X509Certificate(good.chain);
  assert.deepEqual(await asks(box, HOST, good.chain), { answer: 'HTTP/1.1 200 OK', shown: fingerprint256, isTrusted: true });
  assert.ok(!(await page.content()).includes(good.key.split('\n')[1]), 'its key is not shown again');

  // Neither the daemon nor the call has noticed.
  assert.equal(box.program.count('https listens on'), 1);
  await callee.hears(440);
  await caller.hears(620);
  assert.equal(await shownToPhones(box), fingerprint256);
  await toast(page, 'The uploaded certificate is in use').getByRole('button', { name: 'Undo' }).click();
  await toast(page, 'Undone').waitFor();
  assert.equal(await shownNow(), own.fingerprint);
  assert.equal(await shownToPhones(box), own.fingerprint);

  // One phone came by TLS: what comes and goes within its call, and the next one, takes the connection of before.
  await callee.holds();
  await until('the call is held', async () => (await house.admin.get('overview')).phones.some((phone) => phone.state === 'held'));
  await callee.resumes();
  await until('the call goes on', async () => (await house.admin.get('overview')).phones.every((phone) => phone.state !== 'held'));
  await caller.hears(620);
  await caller.hangsUp();
  await callee.callEnds();
  await caller.dials('1002');
  await callee.rings();
  await callee.answers();
  await callee.hears(440);
});

export const authority = test('the certificate of the box is found with the steps of each system, and makes browsers trust it', async (browser, house) => {
  const { box } = house;
  await box.claim();
  for (const [system, userAgent] of Object.entries(DEVICES)) {
    const page = await newPage(browser, { userAgent });
    await page.goto(`${box.address}certificate`);
    await page.getByRole('heading', { name: `This device: ${system}` }).waitFor();
    assert.equal(await page.locator('section > ol > li').count(), 4, system);
    assert.equal(await page.locator('details').count(), Object.keys(DEVICES).length - 1);
    for (const other of await page.locator('details').all()) {
      await other.locator('summary').click();
      assert.equal(await other.locator('li:visible').count(), 4, system);
    }
  }
  const page = await newPage(browser);
  await page.goto(`${box.address}certificate`);
  const told = await page.locator('.fingerprint').textContent();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download the certificate' }).click()]);
  assert.equal(download.suggestedFilename(), 'bellbox-ca.crt');
  const pem = readFileSync(await download.path(), 'utf8');
  assert.equal(new X509Certificate(pem).fingerprint256, told.trim());
  const { answer, isTrusted } = await asks(box, 'localhost', pem);
  assert.deepEqual([answer, isTrusted], ['HTTP/1.1 200 OK', true]);
  assert.equal((await asks(box, 'evil.example', pem)).isTrusted, false);
});
