// The mock's backups, and what people do with them on the page.
import assert from 'node:assert/strict';
import { Refused } from './refused.mjs';

const OFFICE = { program: '0.3.0', people: 9, phones: 11, messages: 14, audio_ms: 754_000, bytes: 12_064_000, has_admin: true, notes: [] };
/** How a backup begins; what follows decides what the mock says of it. */
export const archive = (rest) => ({ name: 'bellbox-harbour-2026-11-20.tar', mimeType: 'application/x-tar', buffer: Buffer.from(`bellbox.json${'\0'.repeat(500)}${rest}`) });

export function backupRoutes(state, request, sent) {
  const check = () => {
    if (sent.includes('flipped')) {
      throw new Refused(422, 'the backup is damaged: recordings/00000007.wav is not as it was written; take another one');
    }
    return (state.received = received);
  };
  const restore = () => {
    if (sent.id !== state.received?.id) throw new Refused(409, 'this backup is here no longer: choose the file again');
    state.hello = { ...state.hello, needs_setup: false, office: state.received.office };
    state.isSignedIn = false;
    return { is_done: true };
  };
  const withToken = (then) => () => {
    if (!state.hello.needs_setup || request.headers['x-setup-token'] !== 'token-of-the-console') {
      throw new Refused(403, 'this token does not open the box: take the newest one from its console');
    }
    return then();
  };
  return {
    open: { 'PUT setup/backup': withToken(check), 'POST setup/backup/restore': withToken(restore) },
    admin: {
      'GET backup/state': () => ({ room_bytes: state.room ?? 21_000_000_000, calls_up: state.live.length, received: state.received ?? null, before: state.before ?? null }),
      'PUT backup': check,
      'DELETE backup': () => ((state.received = undefined), { is_done: true }),
      'POST backup/restore': restore,
      'POST backup/undo': () => ((state.isSignedIn = false), { is_done: true }),
      'DELETE backup/before': () => ((state.before = undefined), { is_done: true }),
    },
  };
}

export const received = { ...OFFICE, id: 'b7', office: 'Harbour Office', made: '2026-11-20T16:30:00Z' };
export const before = { ...OFFICE, id: 'before', office: 'Office', made: '2026-11-21T08:00:00Z', has_admin: false, notes: ['1 messages or greetings have no audio any more and were taken out of their mailboxes'] };

const choose = (page, file) => page.getByLabel('Choose a backup').setInputFiles(file);

export async function restores(page, server) {
  const link = page.getByRole('link', { name: 'Download a backup' });
  assert.equal(await link.getAttribute('href'), '/api/backup');
  await choose(page, { name: 'holiday.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('JFIF') });
  await page.getByText('This file is no backup of a Bellbox').waitFor();
  assert.ok(!server.log.includes('PUT /api/backup'), 'it is not even sent');
  await choose(page, archive('flipped'));
  await page.getByText('recordings/00000007.wav is not as it was written').waitFor();
  await choose(page, archive('good'));
  await page.getByText('The backup is good').waitFor();
  await page.getByText('14 (12 minutes)').waitFor();
  await page.getByText('active calls will end').waitFor();
  await page.getByRole('button', { name: 'Discard it' }).click();
  await page.getByText('The backup is good').waitFor({ state: 'detached' });
  assert.equal(server.state.received, undefined);
  await choose(page, archive('good'));
  await page.getByRole('button', { name: 'Restore this office' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.getByText('Harbour Office').waitFor();
}

export async function restoresAtSetup(page, server) {
  await page.getByText('Restore a backup instead').click();
  await choose(page, archive('good'));
  await page.getByText('The backup is good').waitFor();
  await page.getByRole('button', { name: 'Restore this office' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  assert.ok(server.log.includes('PUT /api/setup/backup') && !server.log.includes('PUT /api/backup'));
}

export async function undoes(page, server) {
  await page.getByRole('button', { name: 'Remove it' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  assert.ok(server.state.before, 'it was only asked');
  await page.getByRole('button', { name: 'Put it back' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Put it back' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  assert.ok(server.log.includes('POST /api/backup/undo'));
}
