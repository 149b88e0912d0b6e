import { createServer } from 'node:net';
import { pause } from './pause.ts';

/** Something may listen on all addresses or only on this machine's own, by either protocol. */
const ADDRESSES = ['127.0.0.1', '0.0.0.0', '::1', '::'];
const AT_ONCE = 64;

/**
 * Those of the ports that a server could not be started on now: something listens there, or this user
 * may not. Found by trying, because a connection would be noticed by whoever listens.
 */
export async function usedPorts(ports: readonly number[]): Promise<ReadonlySet<number>> {
  const used = await tryAll(ports);
  if (used.length === 0) return new Set();
  // Another process may have been trying the same port just then.
  await pause(30);
  return new Set(await tryAll(used));
}

/** Those of the ports that could not be opened. */
async function tryAll(ports: readonly number[]): Promise<number[]> {
  const used: number[] = [];
  for (let at = 0; at < ports.length; at += AT_ONCE) {
    const some = ports.slice(at, at + AT_ONCE);
    const answers = await Promise.all(some.map(isUsed));
    used.push(...some.filter((_port, index) => answers[index]));
  }
  return used;
}

/** One address after the other: two attempts at the same port would meet each other. */
async function isUsed(port: number): Promise<boolean> {
  for (const address of ADDRESSES) if (await isUsedAt(port, address)) return true;
  return false;
}

const isUsedAt = (port: number, host: string): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    // An address that this machine does not have (no IPv6) says nothing of the port.
    server.once('error', ({ code }: NodeJS.ErrnoException) =>
      resolve(code === 'EADDRINUSE' || code === 'EACCES'),
    );
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(false)));
  });
