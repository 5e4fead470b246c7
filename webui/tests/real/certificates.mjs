// Certificates that somebody brings, made by openssl.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { freshFolder } from './box.mjs';

/** What openssl takes for a certificate whose time is over since yesterday. */
export const OVER = -1;

/** A certificate of a server that was signed by its own key, for so many days, and its key: both as PEM. */
export function certificate({ names = ['pbx.office.example'], subject = names[0], days = 30 } = {}) {
  const folder = freshFolder('certificate');
  const at = (name) => join(folder, name);
  // What it tells of its progress is of no use; what is wrong comes with the error.
  const openssl = (...args) => execFileSync('openssl', args, { stdio: 'pipe' });
  try {
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', at('key.pem')];
    const said = ['-subj', `/CN=${subject.replaceAll('/', '\\/')}`, '-addext', `subjectAltName=${names.map((name) => `DNS:${name}`).join()}`];
    openssl('req', '-new', ...curve, ...said, '-out', at('asked.pem'));
    openssl('x509', '-req', '-in', at('asked.pem'), '-key', at('key.pem'), '-days', String(days), '-copy_extensions', 'copy', '-out', at('chain.pem'));
    return { chain: readFileSync(at('chain.pem'), 'utf8'), key: readFileSync(at('key.pem'), 'utf8') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
