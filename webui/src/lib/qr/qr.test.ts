import jsQR from 'jsqr';
import { expect, test } from 'vitest';
import { qr } from './qr';

/** Draws a code as a camera sees it and reads it with somebody else's reader. */
function read(modules: boolean[][]): string | undefined {
  const [scale, quiet] = [4, 4];
  const side = (modules.length + 2 * quiet) * scale;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  modules.forEach((row, y) =>
    row.forEach((dark, x) => {
      for (let i = 0; dark && i < scale * scale; i += 1) {
        const px = (x + quiet) * scale + (i % scale);
        const py = (y + quiet) * scale + Math.floor(i / scale);
        pixels.fill(0, (py * side + px) * 4, (py * side + px) * 4 + 3);
      }
    }),
  );
  return jsQR(pixels, side, side)?.data;
}

test.each([1, 10, 14, 15, 26, 42, 62, 84, 106, 122, 152, 180, 181, 213])('a text of %i bytes can be read', (length) => {
  const text = 'sip:1001a:Xk3-pQ9~@box.lan;transport=tcp '.repeat(6).slice(0, length);
  expect(read(qr(text)!)).toBe(text);
});

test('what is no ASCII can be read', () => {
  expect(read(qr('Büro – 電話')!)).toBe('Büro – 電話');
});

test('a text that is too long is none', () => {
  expect(qr('x'.repeat(214))).toBeUndefined();
});
