import { beforeAll, describe, expect, it } from 'vitest';
import { runCheck } from '../../src/commands/check.ts';
import { runGate } from '../../src/commands/gate.ts';
import { runHook } from '../../src/commands/hook.ts';
import { runLand } from '../../src/commands/land.ts';
import { runLock } from '../../src/commands/lock.ts';
import { runOrder } from '../../src/commands/order.ts';
import { runOverlap } from '../../src/commands/overlap.ts';
import { runRequestAccept } from '../../src/commands/request/accept.ts';
import { runTaskAssign } from '../../src/commands/task/assign.ts';
import { runRequestOpen } from '../../src/commands/request/open.ts';
import { type Finding, FINDING_CODES } from '../../src/domain/finding.ts';
import type { PullRequest } from '../../src/domain/pull-request.ts';
import type { BranchName, Oid } from '../../src/domain/refs.ts';
import { ok } from '../../src/domain/result.ts';
import { example } from '../render/examples.ts';
import { hostIn } from '../support/host.ts';
import { commitTo, type Files, fleetOf, lines, PLAIN } from '../support/overlap.ts';
import { TestRepository } from '../support/repository.ts';

const POLICY = `version: 1
base: main
identify: { branches: ['feat/{agent}/{topic}'] }
agents:
  a1: { owns: ['services/orchestrator/**'] }
  a2: { owns: ['services/viral_engine/**'], forbidden: ['src/auth/**'] }
shared:
  common: { paths: ['services/common/**'], agents: [a1, a2], lock: required, ttl: 2h }
reserved:
  migrations:
    { paths: ['**/alembic/**'], agents: [a1], reason: one writer keeps the numbers linear }
`;
const CHANGED = [
  'services/common/retry.py',
  'services/orchestrator/main.py',
  'services/viral_engine/rank.py',
  'src/auth/session.ts',
];
const ADDED = [
  '.agent.env',
  'db/alembic/0007_add_index.py',
  'services/viral_engine/Rank.py',
  'tools/new.sh',
];
const NOON = Date.UTC(2026, 4, 1, 12);
const HOUR = 3_600_000;

/** A worktree in which everything is staged that a2 may not commit. */
function transgression(branch: string, policy: string): TestRepository {
  const repository = TestRepository.create();
  const files = CHANGED.map((path) => [path, 'old\n']);
  repository.commit('start', Object.fromEntries([['ownership.yml', policy], ...files]));
  repository.git('switch', '-q', '-c', branch);
  for (const path of [...CHANGED, ...ADDED]) repository.write(path, 'new\n');
  repository.write('ownership.yml', `${policy}\n`);
  repository.git('add', '-A', '-f');
  return repository;
}

const staged = async (
  repository: TestRepository,
  hours: number,
  environment: Record<string, string> = {},
): Promise<readonly Finding[]> => {
  const host = hostIn(repository, {
    now: () => NOON + hours * HOUR,
    environment: { ...repository.environment, ...environment },
  });
  return (await runCheck(host, { target: { kind: 'staged' } })).findings;
};

const NONE = '0'.repeat(40);

const pushLine = async (repository: TestRepository, line: string): Promise<readonly Finding[]> => {
  const host = hostIn(repository, { input: () => Promise.resolve(Buffer.from(line)) });
  return (await runHook(host, 'pre-push')).findings;
};

const pushTo = (repository: TestRepository, ref: string): Promise<readonly Finding[]> => {
  const oid = repository.git('rev-parse', 'HEAD');
  return pushLine(repository, `refs/heads/feat/a2/ranking ${oid} refs/${ref} ${NONE}\n`);
};

const deletion = (repository: TestRepository, ref: string): Promise<readonly Finding[]> =>
  pushLine(repository, `(delete) ${NONE} refs/${ref} ${repository.git('rev-parse', 'HEAD')}\n`);

const takeLock = (repository: TestRepository, agent: string, hours: number): Promise<unknown> =>
  runLock(hostIn(repository, { now: () => NOON + hours * HOUR }), {
    verb: 'acquire',
    name: 'common',
    agent,
    reason: 'retries',
    ttl: undefined,
    wait: undefined,
    steal: true,
  });

/** A lock that a2 gives back before what it changed under it has landed. */
async function unlanded(): Promise<readonly Finding[]> {
  const repository = branchesFrom({ [RETRY]: lines(9) }, { 'a2/ranking': {} });
  repository.git('switch', '-q', 'feat/a2/ranking');
  await takeLock(repository, 'a2', 0);
  repository.commit('work', { [RETRY]: lines(9, { 2: 'two' }) });
  const host = hostIn(repository, { now: () => NOON });
  return (await runLock(host, { verb: 'release', name: 'common' })).findings;
}

/** Branches of a1 and a2 from one commit on main; no files: none. */
function branchesFrom(
  base: Files,
  branches: Readonly<Record<string, Files>>,
  policy = POLICY,
): TestRepository {
  const repository = fleetOf({ 'ownership.yml': policy, ...base }, {});
  for (const [branch, files] of Object.entries(branches))
    commitTo(repository, `feat/${branch}`, files, 'main');
  return repository;
}

const RETRY = 'services/common/retry.py';
const RANK = 'services/viral_engine/rank.py';
const BLOCK = Array.from({ length: 13 }, (_, at) => 40 + at);

/** Sixty lines, of which 40 to 52 are written anew. */
const retry = (word: string, first = '1'): string =>
  lines(60, { 1: first, ...Object.fromEntries(BLOCK.map((line) => [line, `${word} ${line}`])) });

const overlapOf = async (repository: TestRepository): Promise<readonly Finding[]> =>
  (await runOverlap(hostIn(repository), { ...PLAIN, refs: [], base: null })).findings;

const between = (one: string, other: string): Promise<readonly Finding[]> =>
  overlapOf(
    branchesFrom(
      { [RETRY]: lines(60) },
      { 'a1/retries': { [RETRY]: one }, 'a2/ranking': { [RETRY]: other } },
    ),
  );

function conflictWithBase(): Promise<readonly Finding[]> {
  const repository = branchesFrom(
    { [RANK]: lines(30) },
    { 'a2/ranking': { [RANK]: lines(30, { 12: 'here' }) } },
  );
  commitTo(repository, 'main', { [RANK]: lines(30, { 12: 'there' }) });
  return overlapOf(repository);
}

/** git follows the file that one branch renames for as long as half of it is the same. */
async function combination(): Promise<readonly Finding[]> {
  const text = (first: string, second: string, last: string): string =>
    Array.from({ length: 100 }, (_, at) => {
      if (at < 28) return `${first}line ${at} of the first part`;
      if (at < 30) return `line ${at}`;
      if (at < 62) return `${second}line ${at} of the second part`;
      return at === 90 ? `${last}line ${at}` : `line ${at}`;
    }).join('\n');
  const repository = branchesFrom(
    { [RETRY]: text('', '', '') },
    {
      'a1/backoff': { [RETRY]: null, 'services/common/backoff.py': text('rewritten ', '', '') },
      'a1/retries': { [RETRY]: text('', 'rewritten ', '') },
      'a2/ranking': { [RETRY]: text('', '', 'changed ') },
    },
  );
  return (await runOrder(hostIn(repository), { ...PLAIN, refs: [], base: null })).findings;
}

/** A branch of a2 that has merged one of a1; the oids are those of no test. */
async function foreignMerge(): Promise<readonly Finding[]> {
  const repository = branchesFrom(
    { [RANK]: lines(9) },
    {
      'a1/retries': { 'services/orchestrator/main.py': 'new\n' },
      'a2/ranking': { [RANK]: lines(9, { 2: 'two' }) },
    },
  );
  repository.git('switch', '-q', 'feat/a2/ranking');
  const before = repository.git('rev-parse', 'HEAD');
  repository.git('merge', '-q', '--no-edit', 'feat/a1/retries');
  const target = { kind: 'branch', ref: 'feat/a2/ranking' } as const;
  const { findings } = await runCheck(hostIn(repository), { target });
  const text = JSON.stringify(findings).replaceAll(before, '1234abcd'.repeat(5));
  return JSON.parse(text) as Finding[];
}

/** What a pull request of a2 brought to main after its check was green; the oids are those of no test. */
async function landed(): Promise<readonly Finding[]> {
  const path = 'services/orchestrator/main.py';
  const repository = branchesFrom({ [path]: 'old\n' }, {});
  const before = repository.git('rev-parse', 'main') as Oid;
  commitTo(repository, 'main', { [path]: 'new\n' });
  const after = repository.git('rev-parse', 'main') as Oid;
  const main = 'main' as BranchName;
  const sender = { login: 'ann', id: 1 };
  const pullRequest: PullRequest = {
    ...{ number: 12, title: '', author: sender, branch: 'feat/a2/ranking' as BranchName },
    ...{
      head: after,
      own: true,
      target: main,
      draft: false,
      locked: false,
      labels: null,
      opened: 0,
    },
  };
  repository.git('config', 'uploadpack.allowFilter', 'true');
  const { findings } = await runGate(hostIn(repository), {
    source: { url: repository.directory, access: {} },
    anchor: main,
    request: { kind: 'landed', target: main, before, after, sender },
    openPullRequests: () => Promise.resolve(ok([])),
    pullRequestsOf: () => Promise.resolve(ok([pullRequest])),
    reviewsOf: () => Promise.resolve(ok([])),
  });
  const text = JSON.stringify(findings)
    .replaceAll(before, '1234abcd'.repeat(5))
    .replaceAll(after, '5678abcd'.repeat(5));
  return JSON.parse(text) as Finding[];
}

/** A number that main has taken meanwhile. */
async function migrations(): Promise<readonly Finding[]> {
  const policy = POLICY.replace(
    "'services/viral_engine/**'",
    "'services/viral_engine/**', 'db/**'",
  );
  const repository = branchesFrom(
    {},
    { 'a2/ranking': { 'db/0007_scores.up.sql': 'alter\n' } },
    policy,
  );
  commitTo(repository, 'main', { 'db/0007_index.up.sql': 'create\n' });
  repository.git('switch', '-q', 'feat/a2/ranking');
  const target = { kind: 'branch', ref: 'feat/a2/ranking' } as const;
  return (await runCheck(hostIn(repository), { target })).findings;
}

/** What the gate says of a pull request of a2's branch. */
async function gated(repository: TestRepository): Promise<readonly Finding[]> {
  repository.git('config', 'uploadpack.allowFilter', 'true');
  repository.git('config', 'uploadpack.allowAnySHA1InWant', 'true');
  const main = 'main' as BranchName;
  const head = repository.git('rev-parse', 'feat/a2/ranking') as Oid;
  const pullRequest: PullRequest = {
    ...{ number: 12, title: 'Rank by views', author: { login: 'ann', id: 1 }, labels: [] },
    ...{ branch: 'feat/a2/ranking' as BranchName, head, own: true, target: main, draft: false },
    ...{ locked: false, opened: 0 },
  };
  const { findings } = await runGate(hostIn(repository), {
    source: { url: repository.directory, access: {} },
    anchor: main,
    request: { kind: 'pull-request', pullRequest },
    openPullRequests: () => Promise.resolve(ok([])),
    pullRequestsOf: () => Promise.resolve(ok([])),
    reviewsOf: () => Promise.resolve(ok([])),
  });
  return findings;
}

/** A branch that is only right with what it asked a1 for. */
async function pending(): Promise<readonly Finding[]> {
  const repository = branchesFrom({}, { 'a2/ranking': { [RANK]: lines(9) } }, POLICY);
  repository.git('switch', '-q', 'feat/a2/ranking');
  repository.write('services/orchestrator/main.py', 'new\n');
  const paths = ['services/orchestrator/main.py'];
  const options = { paths, message: 'by views', withBranch: true };
  const { data } = await runRequestOpen(hostIn(repository), options);
  const { id } = data.requests[0]!.row.request;
  const text = JSON.stringify(await gated(repository));
  return JSON.parse(text.replaceAll(id, 'q1a2b3c4')) as Finding[];
}

/** Two branches that merge and do not work together. */
function names(): Promise<readonly Finding[]> {
  const [scores, tests] = ['services/common/scores.py', 'tests/test_scores.py'];
  const empty = 'def test_empty():\n    pass';
  return overlapOf(
    branchesFrom(
      { [scores]: 'def load_scores(): ...\n', [RANK]: lines(96), [tests]: lines(39) },
      {
        'a1/store': { [scores]: '', [tests]: lines(39, { 11: `11\n${empty}` }) },
        'a2/ranking': {
          [RANK]: `${lines(96)}load_scores()\n`,
          [tests]: `${lines(39)}${empty}\n`,
        },
      },
    ),
  );
}

/** A branch that asks for another version than the base can live with, and says nothing of what it takes away. */
async function versions(): Promise<readonly Finding[]> {
  const [mine, theirs] = ['viral_engine', 'orchestrator'].map(
    (name) => `services/${name}/requirements.txt`,
  ) as [string, string];
  const [client, init] = ['services/common/client.py', 'services/common/__init__.py'];
  const policy = POLICY.replace('ttl: 2h', `ttl: 2h, version: ${init}`);
  const repository = branchesFrom(
    {
      [mine]: 'fastapi<1\n',
      [theirs]: 'fastapi<1\n',
      [client]: 'class Client:\n    pass\n',
      [init]: '__version__ = "1.4.0"\n',
    },
    { 'a2/ranking': { [mine]: 'fastapi==1.2\n', [client]: 'limit = 1\n' } },
    policy,
  );
  repository.git('switch', '-q', 'feat/a2/ranking');
  const target = { kind: 'branch', ref: 'feat/a2/ranking' } as const;
  return (await runCheck(hostIn(repository), { target })).findings;
}

/** A pull request without form, of a branch that takes back what has landed; the oid is that of no test. */
async function history(): Promise<readonly Finding[]> {
  const form = "pull_requests: { title: '[{agent}] {text}', labels: { all: [auto-merge] } }\n";
  const repository = branchesFrom({ [RANK]: lines(9) }, {}, POLICY + form);
  repository.git('switch', '-q', 'main');
  repository.git('reset', '-q', '--hard');
  repository.write(RANK, lines(9, { 2: 'age' }));
  repository.git('commit', '-qam', 'Rank by age');
  const landed = repository.git('rev-parse', 'main');
  commitTo(repository, 'feat/a2/ranking', { [RANK]: lines(9) }, 'main');
  const target = { kind: 'branch', ref: 'feat/a2/ranking' } as const;
  const { findings } = await runCheck(hostIn(repository), { target });
  const text = JSON.stringify([...findings, ...(await gated(repository))]);
  return JSON.parse(text.replaceAll(landed.slice(0, 10), '1234abcd12')) as Finding[];
}

/** A branch of 412 lines that main has left 61 commits behind. */
async function limits(): Promise<readonly Finding[]> {
  const policy = `${POLICY}limits: { lines: 300, behind: 50 }\n`;
  const repository = branchesFrom({}, { 'a2/ranking': { [RANK]: lines(412) } }, policy);
  for (let count = 0; count < 61; count++) commitTo(repository, 'main', { news: `${count}\n` });
  repository.git('update-ref', 'refs/remotes/origin/main', 'main');
  const target = { kind: 'branch', ref: 'feat/a2/ranking' } as const;
  return (await runCheck(hostIn(repository), { target })).findings;
}

/** Two commits of a2 past the hook, which had passed one before; the oids are those of no test. */
async function pastTheHook(): Promise<readonly Finding[]> {
  const repository = branchesFrom({ [RANK]: lines(9) }, {});
  repository.git('switch', '-q', '-c', 'feat/a2/cache');
  repository.git('reset', '-q', '--hard');
  await runHook(hostIn(repository, { now: () => 0 }), 'pre-commit');
  repository.commit('passed', { [RANK]: lines(9, { 1: 'x' }) });
  const made = [2, 3].map((line) =>
    repository.commit('past', { [RANK]: lines(9, { [line]: 'x' }) }),
  );
  const target = { kind: 'branch', ref: 'feat/a2/cache' } as const;
  const { findings } = await runCheck(hostIn(repository), { target });
  const text = JSON.stringify(findings)
    .replace(made[0]!.slice(0, 10), '3f6c1a90b2')
    .replace(made[1]!.slice(0, 10), '8d04e7719c');
  return JSON.parse(text) as Finding[];
}

/** Leave that a1 gave and that has ended, and a2 that would decide for itself; ids are those of no test. */
async function requests(): Promise<readonly Finding[]> {
  const repository = transgression('feat/a2/ranking', POLICY);
  const host = hostIn(repository, { now: () => NOON });
  const main = ['services/orchestrator/main.py'];
  const { data } = await runRequestOpen(host, { paths: main, message: 'more' });
  const { id } = data.requests[0]!.row.request;
  const own = await runRequestAccept(host, { id, grant: true });
  repository.git('switch', '-q', '-c', 'feat/a1/retries');
  await runRequestAccept(host, { id, grant: true });
  repository.git('switch', '-q', 'feat/a2/ranking');
  repository.git('add', '-A', '-f');
  const findings = [...own.findings, ...(await staged(repository, 3))];
  return JSON.parse(JSON.stringify(findings).replaceAll(id, 'q1a2b3c4')) as Finding[];
}

/** Two branches that do not both land, and a base on which nothing lands. */
async function landings(): Promise<readonly Finding[]> {
  const repository = branchesFrom(
    { [RANK]: lines(9) },
    {
      'a2/ranking': { [RANK]: lines(9, { 2: 'two' }) },
      'a2/scores': { [RANK]: lines(9, { 2: 'zwei' }) },
    },
    `${POLICY}land: { validate: ['test -e built'] }\n`,
  );
  // Nothing is checked out here, so nothing can be in the way.
  repository.git('symbolic-ref', 'HEAD', 'refs/heads/elsewhere');
  const all = { branches: [], all: true, land: 'merge', local: true, yes: true } as const;
  const host = hostIn(repository);
  const plan = await runLand(host, { ...all, plan: true });
  const red = await runLand(host, { ...all, branches: ['feat/a2/ranking'], all: false });
  const text = JSON.stringify([...plan.findings, ...red.findings]);
  return JSON.parse(text.replaceAll(`${repository.directory}/`, '')) as Finding[];
}

/** Two tasks about the same paths, and one that is a1's already. */
async function tasks(): Promise<readonly Finding[]> {
  const repository = transgression('feat/a2/ranking', POLICY);
  const host = hostIn(repository, { now: () => NOON, hostname: () => 'build-1' });
  const paths = ['services/common/**'];
  await runTaskAssign(host, { agent: 'a1', id: '16', title: 'retries', paths });
  const again = await runTaskAssign(host, { agent: 'a2', id: '16', title: 'ranking' });
  const beside = await runTaskAssign(host, { agent: 'a2', id: '17', title: 'ranking', paths });
  return [...again.findings, ...beside.findings];
}

/** a2 comes after a1, which has not handed off. */
async function phases(): Promise<readonly Finding[]> {
  const policy = POLICY.replace("orchestrator/**'] }", "orchestrator/**'], validate: [make] }")
    .replace("forbidden: ['src/auth/**']", '$&, after: [a1]')
    .replace('agents:', 'phases: { enforce: require }\nagents:');
  return staged(transgression('feat/a2/ranking', policy), 0);
}

/** The findings of the commands themselves, over real repositories. */
async function allSaid(): Promise<Finding[]> {
  const repository = transgression('feat/a2/ranking', POLICY);
  const free = await staged(repository, 0);
  const mismatch = await staged(repository, 0, { AGENT_ID: 'a1' });
  repository.git('switch', '-q', '-c', 'feat/a1/retries');
  await takeLock(repository, 'a1', 0);
  repository.git('switch', '-q', 'feat/a2/ranking');
  const held = await staged(repository, 1);
  await takeLock(repository, 'a2', 3);
  const expired = await staged(repository, 6);
  const stranger = transgression(
    'topic',
    POLICY.replace(' }\nagents', ', unknown: deny }\nagents'),
  );
  return [
    ...free,
    ...mismatch,
    ...held,
    ...expired,
    ...(await unlanded()),
    ...(await staged(stranger, 0)),
    ...(await pushTo(repository, 'heads/main')),
    ...(await pushTo(repository, 'heads/feat/a1/retries')),
    ...(await pushTo(repository, 'bailiwick/locks/common')),
    ...(await foreignMerge()),
    ...(await landed()),
    ...(await deletion(repository, 'heads/release/1.x')),
    ...(await between(retry('one'), retry('other'))),
    ...(await between(retry('both'), retry('both', 'top'))),
    ...(await between(lines(60, { 1: 'top' }), lines(60, { 60: 'end' }))),
    ...(await conflictWithBase()),
    ...(await combination()),
    ...(await limits()),
    ...(await pastTheHook()),
    ...(await migrations()),
    ...(await names()),
    ...(await versions()),
    ...(await history()),
    ...(await requests()),
    ...(await pending()),
    ...(await landings()),
    ...(await phases()),
    ...(await tasks()),
  ];
}

describe('an example', () => {
  let findings: Finding[] = [];
  beforeAll(async () => {
    findings = await allSaid();
  });

  it.each(FINDING_CODES)('of %s is what a command really says', (code) => {
    const said = findings.filter((finding) => finding.code === code);
    expect(said).toContainEqual(example(code));
  });
});
