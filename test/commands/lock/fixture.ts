import { runLockList } from '../../../src/commands/lock/list.ts';
import { type LockResetOptions, runLockReset } from '../../../src/commands/lock/reset.ts';
import { type LockOptions, runLock } from '../../../src/commands/lock.ts';
import { Failure } from '../../../src/domain/failure.ts';
import type { Report } from '../../../src/domain/report.ts';
import type { LockChangeData, LockListData } from '../../../src/domain/reports/lock.ts';
import { hostIn } from '../../support/host.ts';
import { POLICY } from '../../support/policy.ts';
import { asPublished } from '../../support/report-schema.ts';
import { TestRepository } from '../../support/repository.ts';

export const HOUR = 3_600_000;
export const NOON = Date.UTC(2026, 2, 1, 12);
export const REF = 'refs/bailiwick/locks/common';

/** One machine: a repository, its name and its clock. */
export class Machine {
  readonly repository: TestRepository;
  readonly hostname: string;
  now = NOON;

  constructor(repository: TestRepository, hostname = 'build-1') {
    this.repository = repository;
    this.hostname = hostname;
  }

  lock(
    verb: LockOptions['verb'],
    agent: string,
    more: Partial<LockOptions> = {},
  ): Promise<Report<LockChangeData>> {
    return asPublished(runLock(this.host, { verb, name: 'common', agent, ...more }));
  }

  list(offline = false): Promise<Report<LockListData>> {
    return asPublished(runLockList(this.host, { offline }));
  }

  reset(more: Partial<LockResetOptions> = {}): Promise<Report<LockChangeData>> {
    return asPublished(runLockReset(this.host, { name: 'common', ...more }));
  }

  get host() {
    return hostIn(this.repository, { now: () => this.now, hostname: () => this.hostname });
  }

  /** The lease in this clone's ref. */
  lease(): Record<string, unknown> {
    return JSON.parse(this.repository.git('show', `${REF}:state.json`)) as Record<string, unknown>;
  }

  tip(): string {
    return this.repository.tryGit('rev-parse', '--verify', '--quiet', REF).stdout.trim();
  }
}

/** A repository with a policy and no remote. */
export function alone(format: 'sha1' | 'sha256' = 'sha1'): Machine {
  const repository = TestRepository.create({ format });
  repository.commit('first', { 'ownership.yml': POLICY });
  return new Machine(repository);
}

/** A bare repository with a policy, and machines that each have a clone of it. */
export function together(format: 'sha1' | 'sha256' = 'sha1') {
  const server = TestRepository.create({ bare: true, name: 'server.git', format });
  const seed = TestRepository.create({ format });
  seed.commit('first', { 'ownership.yml': POLICY });
  seed.git('push', '-q', server.directory, 'main');
  const machine = (name: string): Machine => {
    const clone = server.at(`../${name}`);
    server.git('clone', '-q', server.directory, clone.directory);
    return new Machine(clone, name);
  };
  return { server, machine };
}

/** What the remote is while it cannot be reached. */
export function unplug(machine: Machine): () => void {
  const url = machine.repository.git('remote', 'get-url', 'origin');
  machine.repository.git('remote', 'set-url', 'origin', `${url}-unplugged`);
  return () => void machine.repository.git('remote', 'set-url', 'origin', url);
}

/** `acquired a1#1`, or `refused lock-held`. */
export function said({ findings, data }: Report<LockChangeData>): string {
  const { lock, outcome } = data;
  if (outcome === 'refused') return `refused ${findings.map(({ code }) => code).join()}`;
  return `${outcome} ${lock?.lease?.holder ?? 'free'}#${lock?.lease?.fence ?? 0}`;
}

/** The failure a promise ends in; anything else is the test's own failure. */
export async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const outcome = await work.catch((error: unknown) => error);
  if (outcome instanceof Failure) return outcome;
  throw new Error(`no Failure: ${JSON.stringify(outcome)}`);
}
