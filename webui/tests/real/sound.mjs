// Sound of telephone quality: tones to speak, and an ear for them.

export const RATE_HZ = 8000;
/** The amplitude at which phones speak, of 32767. */
export const LOUDNESS = 8000;

/** Mono 16-bit samples of a tone. */
export function tone(hz, seconds) {
  return Int16Array.from({ length: RATE_HZ * seconds }, (_, n) => Math.round(LOUDNESS * Math.sin((2 * Math.PI * hz * n) / RATE_HZ)));
}

/** A WAV file of these samples. */
export function wav(samples) {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(RATE_HZ, 24);
  header.writeUInt32LE(RATE_HZ * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([header, Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)]);
}

/** The amplitude of the part of these samples that is a tone of `hz` (Goertzel's algorithm). */
export function amplitudeOf(samples, hz) {
  const factor = 2 * Math.cos((2 * Math.PI * hz) / RATE_HZ);
  let [last, before] = [0, 0];
  for (const sample of samples) [last, before] = [sample + factor * last - before, last];
  const power = last * last + before * before - factor * last * before;
  return samples.length === 0 ? 0 : (2 * Math.sqrt(Math.max(0, power))) / samples.length;
}
