import { createHash } from 'node:crypto';
import type { Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';
import { PATIENCE } from '../process/watchdog.ts';

/** A commit and what it is compared with. */
export interface CommitPair {
  readonly commit: Oid;
  readonly parent: Oid;
}

/** The lines around a change count: git knows a patch again only where they are the same. */
const OPTIONS = [
  '-p',
  '-U3',
  '--full-index',
  '--no-renames',
  '--no-relative',
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--submodule=short',
  '--ignore-submodules=none',
  '-O/dev/null',
];

/** A line of these says which commit comes; inside a hunk every line begins with a sign. */
const COMMIT = /^[0-9a-f]{40,64}$/;
/** Where a change lies, and what its contents are called, makes no difference. */
const LEFT_OUT = /^(?:@@ |index )/;

/**
 * What `git rebase` knows a commit by that it has under another name: its patch, without blanks and line
 * numbers, as in git-patch-id(1). Commits of one id are one patch; see git-rev-list(1), `--cherry-pick`.
 * Null for a commit that changes nothing, or something that is not text: its contents have to be compared.
 *
 * @param pairs of commits, none twice.
 */
export async function patchIds(
  repo: Repo,
  pairs: readonly CommitPair[],
): Promise<ReadonlyMap<Oid, string | null>> {
  if (pairs.length === 0) return new Map();
  const input = pairs.map(({ commit, parent }) => `${commit} ${parent}\n`).join('');
  const { stdout } = await runGit(repo, ['diff-tree', '--stdin', '-r', ...OPTIONS], {
    input,
    patience: PATIENCE,
  });
  const ids = new Map<string, string | null>();
  let commit = '';
  let patch: string[] = [];
  const finish = (): void => {
    const isText = patch.length > 0 && !patch.some((line) => line.startsWith('Binaryfiles'));
    ids.set(commit, isText ? createHash('sha256').update(patch.join('\n')).digest('hex') : null);
    patch = [];
  };
  for (const line of stdout.toString('latin1').split('\n'))
    if (COMMIT.test(line)) {
      finish();
      commit = line;
    } else if (!LEFT_OUT.test(line)) patch.push(line.replace(/\s/g, ''));
  finish();
  return new Map(pairs.map((pair) => [pair.commit, ids.get(pair.commit) ?? null]));
}
