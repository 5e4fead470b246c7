// Leaving a message by phone.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { until } from './wait.mjs';

const BEEP_HZ = 1000;
/** It is softer than the phones' voices. */
const BEEP_AMPLITUDE = 1500;
/** A greeting and what is to be done, said on a busy machine. */
const GREETING_MS = 30_000;

/** Leaves a message; hangs up when so many seconds of it are on the disk, or of another that is being left meanwhile. */
export async function leaveMessage(house, phone, extension, seconds) {
  await phone.dials(`*99${extension}`);
  await phone.talks();
  const from = await phone.presses('#');
  await phone.hears(BEEP_HZ, { amplitude: BEEP_AMPLITUDE, bound: GREETING_MS, from });
  const folder = join(house.box.folder, 'data', 'recordings');
  const isLong = (name) => name.endsWith('.part') && statSync(join(folder, name)).size >= seconds * 16_000;
  await until(`${seconds} s of a message are recorded`, () => readdirSync(folder).some(isLong));
  await phone.hangsUp();
  await phone.callEnds();
}
