import type { Host } from '../host/host.ts';
import { readVersion } from '../host/version.ts';
import { LineReader } from './line-reader.ts';
import { Server } from './server.ts';
import { HOOK_TOOL, INSTRUCTIONS, TOOLS } from './tools.ts';

/** Milliseconds that calls under way get to end once the client has closed its side. */
const LAST_WORDS = 10_000;

/**
 * Serves one client over standard input and output until it closes its side. Nothing but messages is
 * written to standard output.
 */
export async function serveMcp(host: Host): Promise<void> {
  const server = new Server({
    host,
    tools: [...TOOLS, HOOK_TOOL],
    words: { version: readVersion(host.packageDirectory), instructions: INSTRUCTIONS },
    send: (line) => void process.stdout.write(`${line}\n`),
  });
  const working = new Set<Promise<void>>();
  const lines = new LineReader((line) => {
    const work = server.receive(line).finally(() => working.delete(work));
    working.add(work);
  });
  for await (const chunk of process.stdin) lines.read(chunk as Buffer);
  lines.end();
  const late = setTimeout(() => server.stop(), LAST_WORDS);
  await Promise.allSettled(working);
  clearTimeout(late);
}
