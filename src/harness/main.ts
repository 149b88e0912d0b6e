import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { type AgentHookOptions, runAgentHook } from '../commands/agent-hook.ts';
import { Failure } from '../domain/failure.ts';
import { type HookAnswer, isHarnessName } from '../domain/harness/harness.ts';
import { makeHost } from '../host/host.ts';
import { writeNow } from '../host/process/write-now.ts';

// dist/agent-hook.cjs: what the hooks of coding agents' harnesses start, with the name of the harness.

/** Milliseconds; less than any time that `init` writes into a harness's configuration. */
const MOST_TIME = 8_000;

const packageDirectory = dirname(dirname(realpathSync(process.argv[1] ?? '')));
const host = makeHost({ packageDirectory });

function end({ stdout, stderr, exitCode }: HookAnswer): never {
  writeNow(1, stdout);
  writeNow(2, stderr);
  process.exit(exitCode);
}

/** What nobody foresaw: 2 is a refusal wherever a hook can refuse by its code. */
const crashed = (error: unknown): never =>
  end({
    stdout: '',
    stderr: `bailiwick cannot decide, so this was stopped: ${String(error)}\n`,
    exitCode: 2,
  });

process.on('uncaughtException', crashed);
process.on('unhandledRejection', crashed);

const deadline = new Promise<never>((_resolve, reject) => {
  const late = new Failure('io', `no decision after ${MOST_TIME / 1000} seconds`);
  setTimeout(() => reject(late), MOST_TIME);
});
// Not everything has to be done by then.
deadline.catch(() => undefined);

/** What this run was for: of the same words each calls other functions; see src/hooks/start-compiled.ts. */
export const ran = { what: '' };

/** What `hooks/alias` says behind the name of the harness, and what it has put behind the payload. */
function toldBy(input: Buffer): Pick<AgentHookOptions, 'ignored' | 'input' | 'recordLane'> {
  const [word, place] = process.argv.slice(3);
  if (word !== 'asked' || place === undefined) return { input, recordLane: word === 'record' };
  const end = input.indexOf(0);
  if (end < 0) return { input };
  // git's words, if any, and its exit code: 1 says that nothing is ignored.
  const lines = input
    .subarray(end + 1)
    .toString()
    .trimEnd()
    .split('\n');
  const ignored = { '0': true, '1': false }[lines.at(-1) ?? ''];
  return {
    input: input.subarray(0, end),
    ...(ignored !== undefined && { ignored: { place, ignored } }),
  };
}

async function answer(): Promise<HookAnswer> {
  const name = process.argv[2] ?? '';
  const { data, verdict } = await runAgentHook(host, {
    harness: isHarnessName(name) ? name : null,
    deadline,
    ...toldBy(await host.input()),
  });
  ran.what = `${data.event}-${verdict}`;
  return data.answer;
}

answer().then(end, crashed);
