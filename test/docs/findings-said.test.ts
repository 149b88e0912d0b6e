import { beforeAll, describe, expect, it } from 'vitest';
import { runCheckPush } from '../../src/commands/check-push.ts';
import { runCheck } from '../../src/commands/check.ts';
import { runLock } from '../../src/commands/lock.ts';
import type { Finding, FindingCode } from '../../src/domain/finding.ts';
import { example } from '../render/examples.ts';
import { hostIn } from '../support/host.ts';
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

const pushTo = async (repository: TestRepository, branch: string): Promise<readonly Finding[]> => {
  const oid = repository.git('rev-parse', 'HEAD');
  const line = `refs/heads/feat/a2/ranking ${oid} refs/heads/${branch} ${'0'.repeat(40)}\n`;
  return (await runCheckPush(hostIn(repository), line)).findings;
};

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
    ...(await staged(stranger, 0)),
    ...(await pushTo(repository, 'main')),
    ...(await pushTo(repository, 'feat/a1/retries')),
  ];
}

describe('an example', () => {
  let findings: Finding[] = [];
  beforeAll(async () => {
    findings = await allSaid();
  });

  it.each<FindingCode>([
    'base-branch-push',
    'forbidden',
    'foreign-branch-push',
    'frozen',
    'identity-mismatch',
    'identity-unknown',
    'local-only',
    'lock-expired',
    'lock-held',
    'lock-needed',
    'owned-by-other',
    'policy-changed',
    'reserved',
    'unowned',
    'unsafe-path',
  ])('of %s is what is really said', (code) => {
    expect(findings.find((finding) => finding.code === code)).toEqual(example(code));
  });
});
