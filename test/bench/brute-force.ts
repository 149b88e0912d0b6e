import type { TestRepository } from '../support/repository.ts';

/** What a fleet comes to when git is asked about one thing at a time, in the plainest way. */
export interface BruteForce {
  /** Branches git cannot merge with the base. */
  readonly withBase: readonly string[];
  /**
   * `a b` for each pair of which neither lands after the other, `a > b` where only `b` does not land after
   * `a`, `a < b` where only `a` does not land after `b`.
   */
  readonly pairs: readonly string[];
}

/**
 * One `git merge-tree` process for each branch and two for each pair of branches: each lands on the base
 * alone, and then each of the others on that. Shares nothing with the code under test. Writes objects.
 */
export function bruteForce(
  repository: TestRepository,
  branches: readonly string[],
  land: 'merge' | 'squash',
): BruteForce {
  const base = repository.git('rev-parse', 'main');
  const withBase: string[] = [];
  const landed: { name: string; commit: string; tip: string }[] = [];
  const merges = (ours: string, theirs: string): string | null => {
    const { code, stdout } = repository.tryGit('merge-tree', '--write-tree', ours, theirs);
    if (code > 1 || stdout === '') throw new Error(`git merge-tree ${theirs} ended with ${code}`);
    return code === 0 ? stdout.slice(0, base.length) : null;
  };
  for (const name of [...branches].sort()) {
    const tip = repository.git('rev-parse', `refs/heads/${name}`);
    const tree = merges(base, tip);
    if (tree === null) {
      withBase.push(name);
      continue;
    }
    const parents = land === 'merge' ? ['-p', base, '-p', tip] : ['-p', base];
    landed.push({ name, tip, commit: repository.git('commit-tree', tree, ...parents, '-m', name) });
  }
  const adds = ({ commit }: { commit: string }): boolean =>
    repository.git('rev-parse', `${commit}^{tree}`) !==
    repository.git('rev-parse', `${base}^{tree}`);
  const pairs: string[] = [];
  const open = landed.filter(adds);
  for (const [at, a] of open.entries())
    for (const b of open.slice(at + 1)) {
      const [forth, back] = [merges(a.commit, b.tip) !== null, merges(b.commit, a.tip) !== null];
      if (!forth || !back) pairs.push(`${a.name} ${forth ? '< ' : back ? '> ' : ''}${b.name}`);
    }
  return { withBase, pairs };
}
