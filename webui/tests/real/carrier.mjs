// Debian's kamailio as a carrier: it registers whoever knows the secret, and answers OPTIONS.
import { rmSync, writeFileSync } from 'node:fs';
import { createSocket } from 'node:dgram';
import { join } from 'node:path';
import { freshFolder } from './box.mjs';
import { freePorts } from './ports.mjs';
import { Program } from './process.mjs';
import { until } from './wait.mjs';

const MODULES = ['sl', 'tm', 'pv', 'maxfwd', 'usrloc', 'registrar', 'siputils', 'textops', 'auth'];
const configuration = (port) => `
debug=0
log_stderror=yes
children=2
auto_aliases=no
disable_tcp=yes
listen=udp:127.0.0.1:${port}
mpath="/usr/lib/x86_64-linux-gnu/kamailio/modules/:/usr/lib/aarch64-linux-gnu/kamailio/modules/"
${MODULES.map((name) => `loadmodule "${name}.so"`).join('\n')}
modparam("usrloc", "db_mode", 0)
modparam("auth", "nonce_count", 1)
modparam("auth", "qop", "auth")
request_route {
    if (is_method("OPTIONS")) { sl_send_reply("200", "OK"); exit; }
    $var(secret) = "secret-" + $au;
    if (!pv_auth_check("$fd", "$var(secret)", "0", "0")) { auth_challenge("$fd", "1"); exit; }
    if (is_method("REGISTER")) { save("location"); exit; }
    sl_send_reply("404", "Not here");
}
`;

/** A running carrier. The secret of every account is `secret-` and its user. */
export class Carrier {
  static async start() {
    const carrier = new Carrier();
    carrier.folder = freshFolder('carrier');
    carrier.port = await freePorts(2);
    writeFileSync(join(carrier.folder, 'kamailio.cfg'), configuration(carrier.port));
    // -DD stays in the foreground and still forks its workers; -m and -M are MiB of shared and private memory.
    const own = ['-f', join(carrier.folder, 'kamailio.cfg'), '-Y', carrier.folder, '-w', carrier.folder];
    carrier.program = new Program('kamailio', '/usr/sbin/kamailio', ['-DD', '-E', '-m', '64', '-M', '16', ...own]);
    await until('kamailio answers', () => answers(carrier.port));
    return carrier;
  }

  async end() {
    // Its workers end with it only when it is asked to.
    await this.program.end('SIGTERM');
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function answers(port) {
  const lines = ['OPTIONS sip:127.0.0.1 SIP/2.0', `Via: SIP/2.0/UDP 127.0.0.1;rport;branch=z9hG4bK${Date.now()}`, 'Max-Forwards: 5'];
  const rest = ['From: <sip:a@127.0.0.1>;tag=a', 'To: <sip:127.0.0.1>', `Call-ID: ${Date.now()}`, 'CSeq: 1 OPTIONS', 'Content-Length: 0', '', ''];
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const end = (is) => (clearTimeout(timer), socket.close(), resolve(is));
    const timer = setTimeout(() => end(false), 300);
    socket.on('message', () => end(true));
    socket.send([...lines, ...rest].join('\r\n'), port, '127.0.0.1');
  });
}
