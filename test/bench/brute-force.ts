import type { TestRepository } from '../support/repository.ts';

/** What a fleet comes to when git is asked about one thing at a time, in the plainest way. */
export interface BruteForce {
  /** Branches git cannot merge with the base. */
  readonly withBase: readonly string[];
  /** `a b` for each pair git cannot merge once both have landed. */
  readonly pairs: readonly string[];
}

/**
 * One `git merge-tree` process for each branch and for each pair of branches: each lands on the base
 * alone, and then the two results meet. Shares nothing with the code under test. Writes objects.
 */
export function bruteForce(
  repository: TestRepository,
  branches: readonly string[],
  land: 'merge' | 'squash',
): BruteForce {
  const base = repository.git('rev-parse', 'main');
  const withBase: string[] = [];
  const landed: { name: string; commit: string }[] = [];
  for (const name of [...branches].sort()) {
    const tip = repository.git('rev-parse', `refs/heads/${name}`);
    const { code, stdout } = repository.tryGit('merge-tree', '--write-tree', base, tip);
    if (code > 1 || stdout === '') throw new Error(`git merge-tree ${name} ended with ${code}`);
    if (code === 1) withBase.push(name);
    const tree = stdout.slice(0, base.length);
    const parents = land === 'merge' ? ['-p', base, '-p', tip] : ['-p', base];
    const commit = repository.git('commit-tree', tree, ...parents, '-m', name);
    if (code === 0) landed.push({ name, commit });
  }
  const pairs: string[] = [];
  for (const [at, a] of landed.entries())
    for (const b of landed.slice(at + 1)) {
      const { code, stdout } = repository.tryGit('merge-tree', '--write-tree', a.commit, b.commit);
      if (code > 1 || stdout === '') throw new Error(`${a.name} ${b.name} ended with ${code}`);
      if (code === 1) pairs.push(`${a.name} ${b.name}`);
    }
  return { withBase, pairs };
}
