// A real phone: baresip without sound card. It speaks a tone, and what it hears is kept in a file.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freshFolder } from './box.mjs';
import { freePorts } from './ports.mjs';
import { Program } from './process.mjs';
import { LOUDNESS, RATE_HZ, amplitudeOf, tone, wav } from './sound.mjs';
import { PATIENCE_MS, until } from './wait.mjs';

const REGISTERED = '} 200 OK (';
/** How long it can speak, in seconds; no test is longer. */
const TONE_S = 60;
/** Long enough to tell tones that are 10 Hz apart. */
const PIECE = RATE_HZ / 5;

/** A running baresip. */
export class Phone {
  /** Switches one on; it begins to register. `display` is what it calls itself in its From; one that is secure comes by TLS and
   * trusts the box's own authority alone. */
  static async start(box, { extension, user, secret, hz = 440, display = '', isSecure = false }) {
    const phone = new Phone();
    phone.box = box;
    phone.folder = freshFolder(`phone-${extension}`);
    const port = await phone.#configure({ extension, user, secret, hz, display, isSecure });
    phone.program = new Program(`phone ${extension}`, 'baresip', ['-4', '-f', phone.folder]);
    phone.reports = [];
    phone.seen = 0;
    phone.socket = await until(`phone ${extension} opens its remote control`, () => opened(port));
    listen(phone.socket, phone.reports);
    return phone;
  }

  /** Switches one on and waits until it is registered. */
  static async registered(box, spec) {
    const phone = await Phone.start(box, spec);
    await until(`phone ${spec.extension} registers`, () => phone.program.count(REGISTERED) > 0);
    return phone;
  }

  /** Switches one on that must be refused. */
  static async isRefused(box, spec) {
    const phone = await Phone.start(box, spec);
    // The first tries are answered 401, and whoever goes on is told to wait.
    await phone.program.says(/: (40[13]|503) /);
    const count = phone.program.count(REGISTERED);
    await phone.end();
    if (count > 0) throw new Error(`phone ${spec.extension} was registered`);
  }

  async dials(number) {
    await this.#tell('dial', `sip:${number}@127.0.0.1:${this.box.sip}`);
  }

  /** Waits until it rings; the address of who calls. */
  async rings() {
    return (await this.#reports('CALL_INCOMING')).peeruri;
  }

  /** Takes the call that rings. */
  async answers() {
    await this.#tell('accept');
    await this.talks();
  }

  async talks() {
    await this.#reports('CALL_ESTABLISHED');
  }

  async hangsUp() {
    await this.#tell('hangup');
  }

  async callEnds() {
    return (await this.#reports('CALL_CLOSED')).param;
  }

  async holds() {
    await this.#tell('hold');
  }

  async resumes() {
    await this.#tell('resume');
  }

  /** Presses a key; the place in what it hears from which on an answer to it may come. */
  async presses(key) {
    const from = this.#heard().length;
    await this.#tell('sndcode', key);
    return from;
  }

  /** Waits until it hears a tone at least so loud, now or since that place: one that is over before it is looked at again counts too. */
  async hears(hz, { amplitude = LOUDNESS * 0.8, bound = PATIENCE_MS, from = this.#heard().length } = {}) {
    let at = from;
    await until(`it hears ${hz} Hz`, () => {
      const heard = this.#heard();
      for (; at + PIECE <= heard.length; at += PIECE / 2) {
        if (amplitudeOf(heard.subarray(at, at + PIECE), hz) >= amplitude) return true;
      }
      return false;
    }, bound);
  }

  async end() {
    this.socket.destroy();
    await this.program.end();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** All that it has heard in its newest call. */
  #heard() {
    const file = readdirSync(this.folder).filter((name) => /^dump-.*-dec\.wav$/.test(name)).sort().at(-1);
    if (!file) return new Int16Array();
    const bytes = readFileSync(join(this.folder, file)).subarray(44);
    // The header is written when the call is over: what counts is how much there is.
    return new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length - (bytes.length % 2)));
  }

  async #tell(command, params = '') {
    const from = this.reports.length;
    const order = JSON.stringify({ command, params, token: command });
    this.socket.write(`${Buffer.byteLength(order)}:${order},`);
    await until(`${this.program.name} obeys ${command}`, () => this.reports.slice(from).some((said) => said.response && said.token === command));
  }

  /** The next report of this kind; those before it are done with. */
  async #reports(kind) {
    const at = await until(`${this.program.name} reports ${kind}`, () => {
      const found = this.reports.findIndex((said, index) => index >= this.seen && said.type === kind);
      return found < 0 ? undefined : { found };
    });
    this.seen = at.found + 1;
    return this.reports[at.found];
  }

  /** Writes its folder; the port of its remote control. */
  async #configure({ extension, user, secret, hz, display, isSecure }) {
    const first = await freePorts(24);
    writeFileSync(join(this.folder, 'voice.wav'), wav(tone(hz, TONE_S)));
    const config = [
      `sip_listen 127.0.0.1:${first}`,
      'net_interface 127.0.0.1',
      `audio_source aufile,${join(this.folder, 'voice.wav')}`,
      // A bridge that nobody is at the other end of: a loudspeaker without sound card.
      'audio_player aubridge,ear',
      'audio_alert aubridge,bell',
      ...['ausrc', 'auplay'].flatMap((side) => [`${side}_srate 8000`, `${side}_channels 1`]),
      'audio_txmode thread',
      `rtp_ports ${first + 4}-${first + 23}`,
      'call_max_calls 1',
      'statmode_default off',
      `snd_path ${this.folder}`,
      `ctrl_tcp_listen 127.0.0.1:${first + 2}`,
      'module_path /usr/lib/baresip/modules',
      ...['account', 'menu', 'ctrl_tcp'].map((name) => `module_app ${name}.so`),
      ...['g711', 'aufile', 'aubridge', 'sndfile'].map((name) => `module ${name}.so`),
    ];
    if (isSecure) config.push(`sip_cafile ${join(this.box.folder, 'data', 'tls', 'ca.crt')}`);
    const way = isSecure ? `${this.box.sipTls};transport=tls` : this.box.sip;
    const own = `<sip:${extension}@127.0.0.1:${way}>`;
    const account = `${display ? `"${display}" ` : ''}${own};auth_user=${user};auth_pass=${secret};regint=600;audio_codecs=PCMU/8000/1`;
    writeFileSync(join(this.folder, 'config'), `${config.join('\n')}\n`);
    writeFileSync(join(this.folder, 'accounts'), `${account}\n`);
    writeFileSync(join(this.folder, 'contacts'), '');
    return first + 2;
  }
}

function opened(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => resolve(socket));
    socket.on('error', () => resolve(undefined));
  });
}

/** Reads JSON in netstrings (its module ctrl_tcp). */
function listen(socket, reports) {
  let bytes = Buffer.alloc(0);
  socket.on('data', (piece) => {
    bytes = Buffer.concat([bytes, piece]);
    for (;;) {
      const colon = bytes.indexOf(':');
      const length = Number(bytes.subarray(0, Math.max(0, colon)).toString());
      if (colon < 0 || bytes.length < colon + length + 2) return;
      reports.push(JSON.parse(bytes.subarray(colon + 1, colon + 1 + length).toString()));
      bytes = bytes.subarray(colon + length + 2);
    }
  });
}
