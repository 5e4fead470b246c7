// A QR code (ISO/IEC 18004) of a short text: byte mode, error correction M, versions 1 to 10. Drawn here because what
// is in it is secret and leaves the browser only by the screen.

/** For each version: blocks of the first and second group with their data words, and correction words a block, level M. */
const BLOCKS: readonly (readonly [number, number, number, number, number])[] = [
  [1, 16, 0, 0, 10],
  [1, 28, 0, 0, 16],
  [1, 44, 0, 0, 26],
  [2, 32, 0, 0, 18],
  [2, 43, 0, 0, 24],
  [4, 27, 0, 0, 16],
  [4, 31, 0, 0, 18],
  [2, 38, 2, 39, 22],
  [3, 36, 2, 37, 22],
  [4, 43, 1, 44, 26],
];
/** Centres of the alignment patterns, besides 6. */
const ALIGN: readonly (readonly number[])[] = [
  [],
  [18],
  [22],
  [26],
  [30],
  [34],
  [22, 38],
  [24, 42],
  [26, 46],
  [28, 50],
];

const EXP: number[] = [];
const LOG: number[] = [];
for (let i = 0, x = 1; i < 255; i += 1) {
  EXP[i] = x;
  LOG[x] = i;
  x = x < 128 ? x * 2 : (x * 2) ^ 0x11d;
}
const times = (a: number, b: number) => (a && b ? EXP[(LOG[a]! + LOG[b]!) % 255]! : 0);

/** The modules of the code, true for dark; undefined for a text that is too long. */
export function qr(text: string): boolean[][] | undefined {
  const data = [...new TextEncoder().encode(text)];
  const version = 1 + BLOCKS.findIndex(([n, k, m, l], index) => data.length <= n * k + m * l - (index < 9 ? 2 : 3));
  if (version === 0) return undefined;
  const words = interleaved(encoded(data, version), version);
  let best: { grid: boolean[][]; penalty: number } | undefined;
  for (let mask = 0; mask < 8; mask += 1) {
    const grid = drawn(words, version, mask);
    const penalty = penaltyOf(grid);
    if (!best || penalty < best.penalty) best = { grid, penalty };
  }
  return best?.grid;
}

/** Mode, length, the bytes, and padding. */
function encoded(data: number[], version: number): number[] {
  const [n, k, m, l] = BLOCKS[version - 1]!;
  const bits: number[] = [];
  const put = (value: number, count: number) => {
    for (let i = count - 1; i >= 0; i -= 1) bits.push((value >> i) & 1);
  };
  put(4, 4);
  put(data.length, version < 10 ? 8 : 16);
  for (const byte of data) put(byte, 8);
  const room = (n * k + m * l) * 8;
  put(0, Math.min(4, room - bits.length));
  put(0, -bits.length & 7);
  const words: number[] = [];
  for (let i = 0; i < bits.length; i += 8) words.push(parseInt(bits.slice(i, i + 8).join(''), 2));
  for (let pad = 0xec; words.length < room / 8; pad ^= 0xec ^ 0x11) words.push(pad);
  return words;
}

/** Data and correction words of all blocks, in the order in which they are drawn. */
function interleaved(words: number[], version: number): number[] {
  const [n, k, m, l, correction] = BLOCKS[version - 1]!;
  const blocks: number[][] = [];
  for (let i = 0, at = 0; i < n + m; i += 1) {
    const size = i < n ? k : l;
    blocks.push(words.slice(at, at + size));
    at += size;
  }
  const checks = blocks.map((block) => remainder(block, correction));
  const column = (rows: number[][], length: number) =>
    Array.from({ length }, (_, i) => rows.flatMap((row) => (i < row.length ? [row[i]!] : []))).flat();
  return [...column(blocks, Math.max(k, l)), ...column(checks, correction)];
}

/** Reed-Solomon correction words over GF(256). */
function remainder(block: number[], degree: number): number[] {
  let generator = [1];
  for (let i = 0; i < degree; i += 1) {
    const next = [...generator, 0];
    generator.forEach((value, j) => (next[j + 1]! ^= times(value, EXP[i]!)));
    generator = next;
  }
  const rest = [...block, ...new Array<number>(degree).fill(0)];
  for (let i = 0; i < block.length; i += 1) {
    const lead = rest[i]!;
    generator.forEach((value, j) => (rest[i + j]! ^= times(value, lead)));
  }
  return rest.slice(block.length);
}

function drawn(words: number[], version: number, mask: number): boolean[][] {
  const size = 17 + 4 * version;
  const grid = Array.from({ length: size }, () => new Array<boolean | undefined>(size).fill(undefined));
  const set = (x: number, y: number, dark: boolean) => {
    if (x >= 0 && y >= 0 && x < size && y < size) grid[y]![x] = dark;
  };
  const ring = (cx: number, cy: number, reach: number, dark: (distance: number) => boolean) => {
    for (let dy = -reach; dy <= reach; dy += 1) {
      for (let dx = -reach; dx <= reach; dx += 1) set(cx + dx, cy + dy, dark(Math.max(Math.abs(dx), Math.abs(dy))));
    }
  };
  for (let i = 0; i < size; i += 1) {
    set(i, 6, i % 2 === 0);
    set(6, i, i % 2 === 0);
  }
  for (const [x, y] of [[3, 3], [size - 4, 3], [3, size - 4]] as const) ring(x, y, 4, (d) => d !== 2 && d !== 4);
  const centres = version > 1 ? [6, ...ALIGN[version - 1]!] : [];
  for (const x of centres) {
    for (const y of centres) {
      const isCorner = (x === 6 && (y === 6 || y === centres.at(-1))) || (y === 6 && x === centres.at(-1));
      if (!isCorner) ring(x, y, 2, (d) => d !== 1);
    }
  }
  format(set, size, version, mask);
  fill(grid, words, mask);
  return grid as boolean[][];
}

/** Level and mask, twice, and from version 7 on the version, twice. */
function format(set: (x: number, y: number, dark: boolean) => void, size: number, version: number, mask: number): void {
  let rest = mask;
  for (let i = 0; i < 10; i += 1) rest = (rest << 1) ^ ((rest >> 9) * 0x537);
  const bits = ((mask << 10) | rest) ^ 0x5412;
  for (let i = 0; i < 15; i += 1) {
    const dark = ((bits >> i) & 1) === 1;
    if (i < 8) set(size - 1 - i, 8, dark);
    else set(8, size - 15 + i, dark);
    if (i < 6) set(8, i, dark);
    else if (i < 8) set(8, i + 1, dark);
    else if (i === 8) set(7, 8, dark);
    else set(14 - i, 8, dark);
  }
  set(8, size - 8, true);
  if (version < 7) return;
  let check = version;
  for (let i = 0; i < 12; i += 1) check = (check << 1) ^ ((check >> 11) * 0x1f25);
  const long = (version << 12) | check;
  for (let i = 0; i < 18; i += 1) {
    const dark = ((long >> i) & 1) === 1;
    set(size - 11 + (i % 3), Math.floor(i / 3), dark);
    set(Math.floor(i / 3), size - 11 + (i % 3), dark);
  }
}

/** The words, up and down in columns of two from the right, each module turned over where the mask says so. */
function fill(grid: (boolean | undefined)[][], words: number[], mask: number): void {
  const size = grid.length;
  let at = 0;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    const isUp = ((right + 1) & 2) === 0;
    for (let step = 0; step < size; step += 1) {
      const y = isUp ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (grid[y]![x] !== undefined) continue;
        const bit = ((words[at >> 3] ?? 0) >> (7 - (at & 7))) & 1;
        grid[y]![x] = (bit === 1) !== isMasked(mask, x, y);
        at += 1;
      }
    }
  }
}

function isMasked(mask: number, x: number, y: number): boolean {
  const values = [
    (x + y) % 2,
    y % 2,
    x % 3,
    (x + y) % 3,
    (Math.floor(x / 3) + Math.floor(y / 2)) % 2,
    ((x * y) % 2) + ((x * y) % 3),
    (((x * y) % 2) + ((x * y) % 3)) % 2,
    (((x + y) % 2) + ((x * y) % 3)) % 2,
  ];
  return values[mask] === 0;
}

/** How hard it is to read: runs, blocks, patterns like the finders, and an uneven share of dark. */
function penaltyOf(grid: boolean[][]): number {
  const size = grid.length;
  const columns = grid.map((_, x) => grid.map((row) => row[x]!));
  let sum = 0;
  for (const line of [...grid, ...columns]) {
    const text = line.map((dark) => (dark ? '1' : '0')).join('');
    for (const run of text.match(/(.)\1{4,}/g) ?? []) sum += run.length - 2;
    for (let i = 0; i < size; i += 1) {
      if (text.startsWith('10111010000', i) || text.startsWith('00001011101', i)) sum += 40;
    }
  }
  for (let y = 1; y < size; y += 1) {
    for (let x = 1; x < size; x += 1) {
      const dark = grid[y]![x];
      if (dark === grid[y - 1]![x] && dark === grid[y]![x - 1] && dark === grid[y - 1]![x - 1]) sum += 3;
    }
  }
  const share = grid.flat().filter(Boolean).length / (size * size);
  return sum + Math.floor(Math.abs(share - 0.5) * 20) * 10;
}
