import { createServer, type Server } from 'node:net';
import { afterAll, expect, it } from 'vitest';
import { usedPorts } from '../../src/host/used-ports.ts';

const servers: Server[] = [];
afterAll(() => servers.forEach((server) => server.close()));

const listen = (host: string): Promise<number | null> =>
  new Promise((resolve) => {
    const server = createServer();
    servers.push(server);
    server.once('error', () => resolve(null));
    server.listen(0, host, () => resolve((server.address() as { port: number }).port));
  });

it.each(['127.0.0.1', '0.0.0.0', '::1', '::'])('sees what listens on %s', async (host) => {
  const port = await listen(host);
  if (port === null) return; // no IPv6 here
  const used = await usedPorts([port]);
  expect([...used]).toEqual([port]);
});

it('leaves the ports it looked at free', async () => {
  const port = (await listen('127.0.0.1'))!;
  await new Promise((resolve) => servers.at(-1)!.close(resolve));
  expect([...(await usedPorts([port]))]).toEqual([]);
  expect([...(await usedPorts([port]))]).toEqual([]);
});
