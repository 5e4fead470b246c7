// A phone and a server that are nothing but sockets: they say what no real ones would.
import { createHash } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { PATIENCE_MS } from './wait.mjs';

/** What a response has of its request (RFC 3261 §8.2.6.2). */
const COPIED = /^(via|v|from|f|to|t|call-id|i|cseq) *:/i;

const md5 = (text) => createHash('md5').update(text).digest('hex');

export class Caller {
  /** `agent` and `display` are its User-Agent and its name in From. */
  static async open(box, desk, { agent, display }) {
    const caller = new Caller();
    Object.assign(caller, { box, desk, agent, display, number: 0 });
    caller.socket = createSocket('udp4');
    await new Promise((resolve) => caller.socket.bind(0, '127.0.0.1', resolve));
    caller.own = `127.0.0.1:${caller.socket.address().port}`;
    return caller;
  }

  async registers() {
    const status = await this.#ask('REGISTER', `sip:127.0.0.1:${this.box.sip}`);
    if (status !== 200) throw new Error(`REGISTER was answered ${status}`);
  }

  /** Calls what is no number; the status that it is refused with. */
  calls(number) {
    return this.#ask('INVITE', `sip:${encodeURIComponent(number)}@127.0.0.1:${this.box.sip}`);
  }

  /** Tries so many passwords in a row, all of them what it has for its own; not all are answered. */
  async guesses(times) {
    const uri = `sip:127.0.0.1:${this.box.sip}`;
    for (let count = 0; count < times; count += 1) {
      const challenge = await this.#exchange('REGISTER', uri, '');
      await this.#exchange('REGISTER', uri, this.#credentials('REGISTER', uri, challenge), false);
    }
  }

  end() {
    return new Promise((resolve) => this.socket.close(resolve));
  }

  /** Asks, and once more with credentials (RFC 2617 §3.2.2, `qop=auth`); the final status. */
  async #ask(method, uri) {
    const first = await this.#exchange(method, uri, '');
    const credentials = this.#credentials(method, uri, first);
    return credentials ? statusOf(await this.#exchange(method, uri, credentials)) : statusOf(first);
  }

  /** The header that answers the challenge in this response; empty where there is none. */
  #credentials(method, uri, refusal) {
    const [name, challenge] = /^(WWW|Proxy)-Authenticate: (?=.*MD5)(.*)$/im.exec(refusal)?.slice(1) ?? [];
    if (!challenge) return '';
    const of = (part) => new RegExp(`${part}="([^"]*)"`).exec(challenge)?.[1];
    const [realm, nonce] = [of('realm'), of('nonce')];
    const ha1 = md5(`${this.desk.user}:${realm}:${this.desk.secret}`);
    const response = md5(`${ha1}:${nonce}:00000001:c:auth:${md5(`${method}:${uri}`)}`);
    return (
      `${name === 'WWW' ? '' : 'Proxy-'}Authorization: Digest username="${this.desk.user}", realm="${realm}", nonce="${nonce}", ` +
      `uri="${uri}", response="${response}", cnonce="c", nc=00000001, qop=auth, algorithm=MD5\r\n`
    );
  }

  /** Sends a request and waits for its final response; that of an INVITE is acknowledged. */
  async #exchange(method, uri, credentials, isAnswered = true) {
    this.number += 1;
    const { extension } = this.desk;
    const from = `From: "${this.display.replaceAll('"', '\\"')}" <sip:${extension}@127.0.0.1>;tag=caller`;
    const head = (kind, to) =>
      `${kind} ${uri} SIP/2.0\r\nVia: SIP/2.0/UDP ${this.own};branch=z9hG4bK${this.number};rport\r\nMax-Forwards: 70\r\n${from}\r\n${to}\r\n` +
      `Call-ID: ${this.own}-${method}\r\nCSeq: ${this.number} ${kind}\r\n`;
    const to = `To: <${method === 'REGISTER' ? `sip:${extension}@127.0.0.1` : uri}>`;
    const isCall = method === 'INVITE';
    const body = isCall ? `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 40000 RTP/AVP 0\r\n` : '';
    const rest =
      `Contact: <sip:${extension}@${this.own}>;expires=600\r\nUser-Agent: ${this.agent}\r\n${credentials}` +
      `${isCall ? 'Content-Type: application/sdp\r\n' : ''}Content-Length: ${body.length}\r\n\r\n${body}`;
    if (!isAnswered) return this.#send(head(method, to) + rest);
    const answer = this.#final(`${this.number} ${method}`);
    this.#send(head(method, to) + rest);
    const final = await answer;
    if (isCall) this.#send(`${head('ACK', /^To: .*$/im.exec(final)[0].trim())}Content-Length: 0\r\n\r\n`);
    return final;
  }

  #send(message) {
    this.socket.send(message, this.box.sip, '127.0.0.1');
  }

  #final(cseq) {
    return new Promise((resolve, reject) => {
      const bound = setTimeout(() => reject(new Error(`no answer to ${cseq}`)), PATIENCE_MS);
      const listen = (bytes) => {
        const text = bytes.toString();
        if (!text.startsWith('SIP/2.0 ') || statusOf(text) < 200 || !text.includes(`CSeq: ${cseq}`)) return;
        clearTimeout(bound);
        this.socket.off('message', listen);
        resolve(text);
      };
      this.socket.on('message', listen);
    });
  }
}

function statusOf(answer) {
  return Number(answer.slice(8, 11));
}

/** A server that refuses whatever it is asked, with words of its own. */
export class Refuser {
  /** `phrase` stands beside the status. */
  static async open(phrase) {
    const refuser = new Refuser();
    refuser.socket = createSocket('udp4');
    refuser.socket.on('message', (bytes, { address, port }) => {
      const copied = bytes.toString().split('\r\n').filter((line) => COPIED.test(line));
      refuser.socket.send([`SIP/2.0 403 ${phrase}`, ...copied, 'Content-Length: 0', '', ''].join('\r\n'), port, address);
    });
    await new Promise((resolve) => refuser.socket.bind(0, '127.0.0.1', resolve));
    refuser.own = `127.0.0.1:${refuser.socket.address().port}`;
    return refuser;
  }

  end() {
    return new Promise((resolve) => this.socket.close(resolve));
  }
}
