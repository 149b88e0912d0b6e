import { join } from 'node:path';
import { runStatus, type StatusOptions } from '../../../src/commands/status.ts';
import type { Report } from '../../../src/domain/report.ts';
import { GUARD_EVENTS } from '../../../src/domain/reports/init.ts';
import type { StatusData, StatusRow } from '../../../src/domain/reports/status.ts';
import type { Host } from '../../../src/host/host.ts';
import { guardedRepository } from '../../support/guarded.ts';
import { hostIn } from '../../support/host.ts';
import { POLICY } from '../../support/policy.ts';
import { packageRoot, type TestRepository } from '../../support/repository.ts';

/** A guarded repository and worktrees beside it. */
export class Fleet {
  readonly main: TestRepository;

  constructor(policy: string = POLICY) {
    this.main = guardedRepository({ policy });
    // As init writes them, so that they are known for what they are.
    for (const event of GUARD_EVENTS)
      this.main.write(
        `.git/hooks/${event}`,
        `#!/bin/sh\nexec "${packageRoot}/hooks/run" ${event} "$@"\n`,
        0o755,
      );
  }

  /** A worktree on a new branch. */
  worktree(name: string, branch: string, from = 'main'): TestRepository {
    this.main.git('worktree', 'add', '-q', '-b', branch, `../${name}`, from);
    return this.main.at(`../${name}`);
  }

  status(
    at: TestRepository = this.main,
    options: StatusOptions = { overlap: false },
    more: Partial<Host> = {},
  ): Promise<Report<StatusData>> {
    return runStatus(hostIn(at, more), options);
  }
}

/** The row of a branch, of a worktree by the name of its directory, or the only one. */
export function rowOf({ data }: Report<StatusData>, name?: string): StatusRow {
  const rows = data.rows.filter(
    ({ branch, worktree }) =>
      name === undefined ||
      branch === name ||
      worktree?.path === name ||
      basename(worktree) === name,
  );
  if (rows.length !== 1) throw new Error(`${rows.length} rows for ${name}`);
  return rows[0]!;
}

const basename = (worktree: StatusRow['worktree']): string | undefined =>
  worktree?.path.split('/').at(-1);

/** `modify owned-by-other services/api/api.py`, sorted by path. */
export const outsideOf = ({ worktree }: StatusRow): string[] =>
  (worktree?.changes?.outside ?? []).map(
    ({ operation, code, path }) => `${operation} ${code} ${path}`,
  );

export const POLICY_WITH = (limits: string): string => `${POLICY}limits: ${limits}\n`;

export const inside = (repository: TestRepository, path: string): string =>
  join(repository.directory, path);
