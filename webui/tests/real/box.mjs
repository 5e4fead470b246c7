// The daemon itself, on loopback, with a data folder of its own; and its interface, as a program uses it.
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePorts } from './ports.mjs';
import { Program } from './process.mjs';

/** For fifteen calls of two legs, each with RTP and RTCP. */
const RTP_PORTS = 60;
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** Where cargo builds to. */
export const TARGET = resolve(ROOT, process.env.CARGO_TARGET_DIR ?? 'target');
const PROGRAM = process.env.BELLBOXD_BIN ?? join(TARGET, 'debug', 'bellboxd');
/** The administrator of every office here. */
export const ADMIN = { name: 'Front Desk', email: 'desk@office.example', password: 'seven quiet lanterns' };

/** A folder under the build's own folder for temporary files. */
export function freshFolder(name) {
  mkdirSync(join(TARGET, 'tmp'), { recursive: true });
  return mkdtempSync(join(TARGET, 'tmp', `page-${name}-`));
}

/** A running `bellboxd`. */
export class Box {
  /** Serves a new and empty office. */
  static async start() {
    if (!existsSync(PROGRAM)) throw new Error(`${PROGRAM} is not built: run 'cargo build --workspace --bins' first`);
    const box = new Box();
    box.folder = freshFolder('box');
    box.sip = await freePorts(2);
    box.sipTls = box.sip + 1;
    box.http = await freePorts(2);
    box.https = box.http + 1;
    box.rtp = await freePorts(RTP_PORTS);
    box.address = `http://127.0.0.1:${box.http}/`;
    await box.launch();
    return box;
  }

  /** Starts its program, also again, on the same data and ports, and waits until it serves. */
  async launch() {
    const own = (port) => `127.0.0.1:${port}`;
    this.program = new Program('bellboxd', PROGRAM, [
      ...['serve', '--data', join(this.folder, 'data'), '--sip', own(this.sip), '--sip-tls', own(this.sipTls), '--http', own(this.http), '--https', own(this.https)],
      ...['--rtp', own(`${this.rtp}-${this.rtp + RTP_PORTS - 1}`)],
    ]);
    await this.program.says(/http listens on/);
  }

  /** The link of the console that claims a new box. */
  async link() {
    const [link] = await this.program.says(/http:\/\/\S+#\/setup\?token=\S+/);
    return link;
  }

  /** Claims it as a program; whoever is returned is signed in as the administrator. */
  async claim(office = { name: 'Harbour Office', country: 'GB', language: 'en', time_zone: 'Europe/Berlin' }, admin = ADMIN) {
    const token = decodeURIComponent((await this.link()).split('token=')[1]);
    const client = new Client(this);
    await client.post('setup', { token, office, admin });
    return client;
  }

  async signIn(login, secret, from) {
    const client = new Client(this, from);
    await client.post('login', { login, secret });
    return client;
  }

  async end() {
    await this.program.end();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Asks the interface; what is refused is thrown, with its `status`. */
export class Client {
  constructor(box, from = '127.0.0.1') {
    Object.assign(this, { box, from, cookie: '' });
  }

  get(path) {
    return this.ask('GET', path);
  }

  post(path, body = {}) {
    return this.ask('POST', path, body);
  }

  async ask(method, path, body, more = {}) {
    const { status, headers, text } = await this.#exchange(method, path, body, more);
    const [cookie] = headers['set-cookie'] ?? [];
    if (cookie) this.cookie = cookie.split(';')[0];
    if (status >= 300) throw Object.assign(new Error(`${method} ${path}: ${status} ${text}`), { status, text });
    return text.startsWith('{') ? JSON.parse(text) : text;
  }

  #exchange(method, path, body, more) {
    const sent = body === undefined ? undefined : JSON.stringify(body);
    const headers = {
      ...(this.cookie && { Cookie: this.cookie }),
      ...(method !== 'GET' && { 'X-Bellbox': '1' }),
      ...(sent !== undefined && { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(sent) }),
      ...more,
    };
    return new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port: this.box.http, path: `/api/${path}`, method, headers, localAddress: this.from };
      const asked = request({ ...options, agent: false }, (answer) => {
        const parts = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, text: Buffer.concat(parts).toString() }));
      });
      asked.on('error', reject);
      asked.end(sent);
    });
  }
}
