// Free ports on loopback, found by binding them.
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/** Below the range that the kernel gives to clients, so that no connection takes one meanwhile. */
const FIRST = 17_000;
const LAST = 31_000;
// Several runs at once begin at different places.
let next = FIRST + 2 * ((process.pid * 211) % 7_000);

/** The first of so many neighbouring ports, even, all free for UDP and TCP; a run gets none twice soon. */
export async function freePorts(count) {
  for (let tries = 0; tries < 200; tries += 1) {
    if (next + count > LAST) next = FIRST;
    const first = next;
    next += count + (count % 2);
    const all = Array.from({ length: count }, (_, index) => first + index);
    if ((await Promise.all(all.map(isFree))).every(Boolean)) return first;
  }
  throw new Error(`no ${count} neighbouring free ports on loopback`);
}

async function isFree(port) {
  const udp = new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.on('error', () => resolve(false));
    socket.bind(port, '127.0.0.1', () => socket.close(() => resolve(true)));
  });
  const tcp = new Promise((resolve) => {
    const server = createServer();
    server.on('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
  return (await udp) && (await tcp);
}
