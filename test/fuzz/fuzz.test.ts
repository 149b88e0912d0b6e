import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decide } from '../../src/core/guard/decide.ts';
import { NO_FACTS } from '../../src/core/guard/facts.ts';
import { DIALECTS } from '../../src/core/harness/dialects.ts';
import { parsePayload } from '../../src/core/harness/payload.ts';
import { parseLease, serialiseLease } from '../../src/core/locks/lease.ts';
import { parseOwnership } from '../../src/core/policy/parse.ts';
import type { Change } from '../../src/domain/change.ts';
import { parseAgentId, parseLockName } from '../../src/domain/ids.ts';
import type { Ownership } from '../../src/domain/ownership.ts';
import { decodeRepoPath } from '../../src/domain/path.ts';
import { parsePullRequest } from '../../src/domain/pull-request.ts';
import type { Oid } from '../../src/domain/refs.ts';
import { parseRawDiff } from '../../src/git/diff/raw-diff.ts';
import { parsePushLines } from '../../src/git/refs/push-lines.ts';
import { parseReceivedLines } from '../../src/git/refs/received-lines.ts';
import { Random } from '../bench/random.ts';
import { POLICY } from '../support/policy.ts';
import { mutated, mutatedBytes, mutatedValue } from './mutate.ts';
import { surelyRefused } from './slow-decision.ts';

/** A small run here; `npm run test:fuzz` makes 100,000 inputs of each kind. */
const INPUTS = Number(process.env['BAILIWICK_TEST_INPUTS'] ?? 300);
const SEED = Number(process.env['BAILIWICK_TEST_SEED'] ?? 11);
/** Milliseconds: an input that takes longer hangs whoever waits. Asked on an idle machine only. */
const HANG = INPUTS > 300 ? 1000 : Infinity;

/** Runs `work` on each input; any error but a `Failure` is the program's own, and says which input it was. */
function each(work: (random: Random) => void): { readonly failed: number } {
  let failed = 0;
  for (let input = 0; input < INPUTS; input += 1) {
    const random = new Random(SEED * 1_000_003 + input);
    const begun = performance.now();
    try {
      work(random);
    } catch (error) {
      if (!(error instanceof Error && error.name === 'Failure'))
        throw new Error(`input ${input} of seed ${SEED}: ${String(error)}`, { cause: error });
      failed += 1;
    }
    expect(performance.now() - begun, `input ${input} of seed ${SEED}`).toBeLessThan(HANG);
  }
  return { failed };
}

const OID = 'a'.repeat(40) as Oid;
const GLOBS = [
  ...['a/**', 'a/b/**', 'b/*.ts', '**/x.ts', 'a/{b,c}/*', 'é/**', '**/mig*/**', 'c/d', 'B/**'],
  ...['[ab]/*', 'a/?/**', '**/*.{ts,js}', '**', 'a\\*/**', '*/b/*'],
];
const NAMES = [
  'a',
  'b',
  'c',
  'd',
  'x.ts',
  'x.js',
  'migrations',
  'É',
  'é',
  'B',
  'a*',
  '.env',
  'deep',
];

const globs = (random: Random): string =>
  JSON.stringify(GLOBS.filter(() => random.chance(0.2)).concat(random.pick(GLOBS)));

const policyText = (random: Random): string =>
  [
    'version: 1',
    `unowned: ${random.pick(['deny', 'warn', 'allow'])}`,
    'agents:',
    `  a1: { owns: ${globs(random)}, except: ${globs(random)} }`,
    `  a2: { owns: ${globs(random)}, forbidden: ${globs(random)} }`,
    ...(random.chance(0.4) ? [`reserved: { r: { paths: ${globs(random)}, agents: [a1] } }`] : []),
    ...(random.chance(0.4) ? [`shared: { s: { paths: ${globs(random)}, agents: [a2] } }`] : []),
    ...(random.chance(0.4) ? [`frozen: ${globs(random)}`] : []),
    ...(random.chance(0.4) ? [`local: ${globs(random)}`] : []),
    '',
  ].join('\n');

const pathOf = (random: Random): string =>
  Array.from({ length: 1 + random.below(4) }, () => random.pick(NAMES)).join('/');

function passes(ownership: Ownership, agent: string, path: string, deletes: boolean): boolean {
  const file = { mode: '100644', oid: OID } as const;
  const change: Change = {
    path: decodeRepoPath(Buffer.from(path)),
    operation: deletes ? 'delete' : 'modify',
    before: file,
    after: deletes ? null : file,
  };
  const decided = decide(ownership, parseAgentId(agent), [change], NO_FACTS);
  return decided.ok && !decided.value.findings.some(({ severity }) => severity === 'error');
}

describe('whatever comes in', () => {
  it('as a policy: is read or refused, and lets nothing through that it surely refuses', () => {
    const seen = { read: 0, compared: 0, passed: 0 };
    each((random) => {
      const text = random.chance(0.5)
        ? policyText(random)
        : mutated(random, random.chance(0.5) ? POLICY : policyText(random));
      const parsed = parseOwnership(text);
      if (!parsed.ok) return;
      seen.read += 1;
      for (const agent of parsed.value.agents.keys()) {
        const asked = { agent, path: pathOf(random), deletes: random.chance(0.2) };
        const passed = passes(parsed.value, agent, asked.path, asked.deletes);
        seen.compared += 1;
        if (passed) seen.passed += 1;
        if (passed && surelyRefused(parsed.value, asked))
          throw new Error(`${agent} may change ${asked.path} by\n${text}`);
      }
    });
    expect(seen.read).toBeGreaterThan(INPUTS / 5);
    expect(seen.passed).toBeGreaterThan(INPUTS / 20);
  });

  it('as a list of changes: no record is lost, and no path is another', () => {
    const record = (random: Random): Buffer =>
      Buffer.from(
        `:${random.pick(['100644', '000000', '120000'])} ${random.pick(['100644', '160000', '000000'])} ${OID} ${OID} ${random.pick(['M', 'A', 'D', 'T', 'U'])}\0${pathOf(random)}\0`,
      );
    let read = 0;
    each((random) => {
      const records = Array.from({ length: random.below(4) }, () => record(random));
      const bytes = mutatedBytes(random, Buffer.concat(records));
      const changes = parseRawDiff(bytes);
      const parts = bytes.toString('latin1').split('\0');
      expect(parts.pop()).toBe('');
      expect(changes.length * 2).toBe(parts.length);
      for (const [at, { path }] of changes.entries())
        expect(path).toBe(decodeRepoPath(Buffer.from(parts[2 * at + 1]!, 'latin1')));
      read += 1;
    });
    expect(read).toBeGreaterThan(INPUTS / 5);
  });

  it('as the lines of a push, here and on a server: each is one ref, the one it names', () => {
    let read = 0;
    each((random) => {
      const oid = random.pick([OID, '0'.repeat(40), 'b'.repeat(64)]);
      const ref = `refs/heads/${pathOf(random)}`;
      const good = `HEAD ${OID} ${ref} ${oid}\n(delete) ${oid} ${ref} ${OID}\n`;
      const lines = random.chance(0.3) ? good : mutated(random, good);
      const pushed = parsePushLines(lines);
      const asked = lines.split('\n').filter((line) => line !== '');
      expect(pushed.map(({ remoteRef }) => remoteRef)).toEqual(
        asked.map((line) => line.split(' ').at(-2)),
      );
      read += 1;
    });
    each((random) => {
      const lines = mutated(
        random,
        `${OID} ${'0'.repeat(40)} refs/heads/${pathOf(random)}\n`.repeat(2),
      );
      const received = parseReceivedLines(lines);
      const asked = lines.split('\n').filter((line) => line !== '');
      expect(received.map(({ ref }) => ref)).toEqual(
        asked.map((line) => line.split(' ').slice(2).join(' ')),
      );
    });
    expect(read).toBeGreaterThan(INPUTS / 20);
  });

  it('as the state of a lock: is a lease that reads back, or is refused', () => {
    const good = serialiseLease({
      name: parseLockName('common')!,
      holder: parseAgentId('a1'),
      host: 'here',
      branch: 'feat/a1/x',
      since: 0,
      expires: 3_600_000,
      reason: 'because',
      fence: 3,
      offline: false,
      takenFrom: parseAgentId('a2'),
    });
    let read = 0;
    each((random) => {
      const text = random.chance(0.5)
        ? mutated(random, good)
        : JSON.stringify(mutatedValue(random, JSON.parse(good)));
      const lease = parseLease(text);
      if (!lease.ok) return;
      read += 1;
      expect(parseLease(serialiseLease(lease.value))).toEqual(lease);
      expect(JSON.parse(text)).toMatchObject({ version: 1, holder: lease.value.holder });
    });
    expect(read).toBeGreaterThan(INPUTS / 20);
  });

  it('as the event of GitHub or of a harness: is understood or refused', () => {
    const require = createRequire(import.meta.url);
    const all = JSON.parse(readFileSync(require.resolve('@octokit/webhooks-examples'), 'utf8')) as {
      name: string;
      examples: Record<string, unknown>[];
    }[];
    const events = all.find(({ name }) => name === 'pull_request')!.examples;
    const calls = Object.values(DIALECTS);
    let read = 0;
    each((random) => {
      const event = mutatedValue(random, random.pick(events)['pull_request']);
      const request = parsePullRequest(event);
      if (request !== null) {
        read += 1;
        expect(request.head).toMatch(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);
        expect(request.target).toBe((event as { base: { ref: string } }).base.ref);
      }
      const text = mutated(random, JSON.stringify(mutatedValue(random, call(random))));
      const payload = parsePayload(Buffer.from(text));
      if (payload.ok) for (const dialect of calls) dialect.read(payload.value);
    });
    expect(read).toBeGreaterThan(INPUTS / 20);
  });
});

/** What a harness says before a tool runs, in the forms that are in use. */
const call = (random: Random): unknown => ({
  hook_event_name: random.pick(['PreToolUse', 'preToolUse', 'BeforeTool', 'Stop', 'SessionStart']),
  session_id: 's',
  cwd: '/work/tree',
  workspace_roots: ['/work/tree'],
  tool_name: random.pick([
    'Write',
    'Edit',
    'Bash',
    'apply_patch',
    'write_file',
    'run_shell_command',
  ]),
  toolName: 'edit',
  toolArgs: '{"path":"a/b"}',
  tool_input: {
    file_path: 'a/b.ts',
    command: random.pick([
      'git commit --no-verify -m x && echo "a b" > c/d',
      "cat <<'X' > a/b\n$(rm -rf x)\nX\n",
      '*** Begin Patch\n*** Update File: a/b\n@@\n-x\n+y\n*** Move to: c/d\n*** End Patch',
    ]),
    edits: [{ old_string: 'a', new_string: 'b' }],
  },
});
