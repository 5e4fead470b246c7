import { expect, test } from 'vitest';
import de from '../../locales/de/certificate.json';
import en from '../../locales/en/certificate.json';
import { elsewhere } from './elsewhere';
import { SYSTEMS, systemOf } from './system';

const LIKE = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';

test.each([
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${LIKE}`, 0, 'windows'],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0', 10, 'windows'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15', 0, 'macos'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15', 5, 'ios'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1', 5, 'ios'],
  [`Mozilla/5.0 (Linux; Android 10; K) ${LIKE}`, 5, 'android'],
  ['Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0', 5, 'android'],
  [`Mozilla/5.0 (X11; Linux x86_64) ${LIKE}`, 0, 'linux'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0', 0, 'firefox'],
  ['', 0, 'linux'],
])('%s with %i touches is %s', (userAgent, touches, system) => {
  expect(systemOf(userAgent, touches)).toBe(system);
});

test('each system has its steps in both languages', () => {
  for (const words of [en, de]) {
    expect(Object.keys(words.systems)).toEqual([...SYSTEMS]);
    for (const { steps } of Object.values(words.systems)) expect(steps.length).toBe(4);
  }
  expect(Object.keys(de)).toEqual(Object.keys(en));
});

test.each([
  ['https', '192.168.1.10:8443', null, 'https', '192.168.1.10:8443'],
  ['https', 'pbx.office.example', '192.168.1.10:8080', 'https', 'pbx.office.example'],
  ['http', 'localhost:8080', '192.168.1.10:8080', 'http', '192.168.1.10:8080'],
  ['http', '127.0.0.1:8080', '192.168.1.10:8443', 'http', '192.168.1.10:8443'],
])('from %s %s, a box at %s is reached by other devices by %s at %s', (scheme, here, box, by, there) => {
  expect(elsewhere(`${scheme}://${here}`, box && `${by}://${box}`)).toBe(`${by}://${there}/certificate`);
});

test('a box that only this machine reaches is reached by no other device', () => {
  for (const host of ['[::1]:8080', 'localhost']) expect(elsewhere(`${'http'}://${host}`, null)).toBeUndefined();
});
