// Holds each screen to the bytes it may cost on the wire: all scripts and styles of a first visit, brotli.
import { readFile, readdir } from 'node:fs/promises';
import { brotliCompressSync, gzipSync, constants } from 'node:zlib';

const dist = new URL('../dist/', import.meta.url);
const KB = 1000;
const BUDGETS = { login: 25 * KB, setup: 40 * KB, reset: 40 * KB, certificate: 35 * KB, other: 70 * KB, whole: 1000 * KB };

const manifest = JSON.parse(await readFile(new URL('.vite/manifest.json', dist), 'utf8'));
const sizes = new Map();

async function brotli(file) {
  if (!sizes.has(file)) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
    sizes.set(file, brotliCompressSync(await readFile(new URL(file, dist)), { params }).length);
  }
  return sizes.get(file);
}

/** Chunks that others share are listed by their own names, not by those of their sources. */
function named(source) {
  const name = source.match(/(\w+)\.\w+$/)?.[1];
  return Object.values(manifest).find((chunk) => chunk.isDynamicEntry && chunk.name === name);
}

/** Every file that comes with these chunks, each once. */
function filesOf(names) {
  const files = new Set();
  const visit = (name) => {
    const chunk = manifest[name] ?? named(name);
    if (!chunk) throw new Error(`no chunk of ${name}`);
    if (files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const css of chunk.css ?? []) files.add(css);
    for (const next of chunk.imports ?? []) visit(next);
  };
  for (const name of names) visit(name);
  return files;
}

const feature = (name) => `src/features/${name}/Page.svelte`;
const base = ['index.html', 'src/locales/en/base.json'];
const entering = [...base, 'src/locales/en/entering.json'];
const inside = [...entering, 'src/app/Shell.svelte', 'src/locales/en/pages.json'];
/** What is shown before the sign-in, and comes without the shell. */
const OUTSIDE = { login: base, setup: entering, reset: entering, certificate: [...base, 'src/locales/en/certificate.json'] };
/** What a screen fetches besides what all of them need. */
const BESIDES = { whatif: ['src/locales/en/rules.json'], system: ['src/locales/en/history.json'], phones: ['src/locales/en/phones.json'] };
const screens = Object.keys(manifest).flatMap((name) => name.match(/^src\/features\/(\w+)\/Page\.svelte$/)?.[1] ?? []);

let isOver = false;
function report(name, size, budget) {
  const over = size > budget;
  isOver ||= over;
  console.log(`${name.padEnd(12)}${(size / KB).toFixed(1).padStart(7)} kB of ${budget / KB}${over ? '  OVER' : ''}`);
}

for (const screen of screens.sort()) {
  const around = OUTSIDE[screen] ?? inside;
  let sum = 0;
  for (const file of filesOf([...around, ...(BESIDES[screen] ?? []), feature(screen)])) sum += await brotli(file);
  report(screen, sum, BUDGETS[screen] ?? BUDGETS.other);
}
let whole = 0;
for (const entry of await readdir(dist, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || entry.parentPath.endsWith('.vite')) continue;
  whole += gzipSync(await readFile(`${entry.parentPath}/${entry.name}`)).length;
}
report('whole (gz)', whole, BUDGETS.whole);
process.exitCode = isOver ? 1 : 0;
