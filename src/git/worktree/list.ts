import { type Oid, parseOid, parseRefName, type RefName } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';

/** One worktree, as `git worktree list` knows it. */
export interface WorktreeEntry {
  /** Absolute. */
  readonly path: string;
  /** Null in a bare repository. */
  readonly head: Oid | null;
  /** Null when HEAD is detached, and in a bare repository. */
  readonly branch: RefName | null;
  readonly bare: boolean;
  /** Why it is locked, '' without a reason; null when it is not. */
  readonly locked: string | null;
  /** Why it can be pruned: its directory is gone. Null when it is there. */
  readonly prunable: string | null;
}

/** All worktrees of the repository, the main one (or the bare repository itself) first. */
export async function listWorktrees(repo: Repo): Promise<WorktreeEntry[]> {
  return parseWorktreeList(
    (await runGit(repo, ['worktree', 'list', '--porcelain', '-z'])).stdout.toString(),
  );
}

/** Reads `git worktree list --porcelain -z`: lines end in NUL, an empty one ends a worktree. */
export function parseWorktreeList(text: string): WorktreeEntry[] {
  return text
    .split('\0\0')
    .filter((record) => record !== '')
    .map((record) => {
      const fields = new Map(record.split('\0').map(splitField));
      return {
        path: fields.get('worktree') ?? '',
        head: parseOid(fields.get('HEAD') ?? ''),
        branch: parseRefName(fields.get('branch') ?? ''),
        bare: fields.has('bare'),
        locked: fields.get('locked') ?? null,
        prunable: fields.get('prunable') ?? null,
      };
    });
}

function splitField(line: string): [label: string, value: string] {
  const space = line.indexOf(' ');
  return space < 0 ? [line, ''] : [line.slice(0, space), line.slice(space + 1)];
}
