import { remedyFor } from '../../core/guard/remedy.ts';
import { type Change, isOrdinaryFile, sameEntry } from '../../domain/change.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Identity } from '../../domain/identity.ts';
import type { Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import type { OutsideChange } from '../../domain/reports/status.ts';
import { readCommitTree } from '../../git/objects/read-top-file.ts';
import { TreeReader } from '../../git/objects/trees.ts';
import { hashFiles } from '../../git/worktree/hash-files.ts';
import { judge } from '../guard/judge.ts';
import type { PolicySession } from '../session/session.ts';
import { isNotHashed } from './tracked-change.ts';

/** What is judged: a work tree, and what is not committed there. */
export interface WorkTree {
  readonly repo: Repo;
  readonly identity: Identity;
  /** Null before the first commit. */
  readonly head: Oid | null;
  readonly changes: readonly Change[];
  /** The paths among them that are in the index already. */
  readonly staged: ReadonlySet<string>;
}

export interface WorkTreeJudgement {
  readonly outside: readonly OutsideChange[];
  /** About who acts there rather than a path. */
  readonly strange: Finding | null;
  /** Takes what is staged and would be refused back out of the index; null when nothing is. */
  readonly unstage: string | null;
}

/** What the guard would say if everything in the work tree were committed as it is now. */
export async function judgeWorkTree(
  session: PolicySession,
  { repo, identity, head, changes, staged }: WorkTree,
): Promise<WorkTreeJudgement> {
  if (changes.length === 0) return { outside: [], strange: null, unstage: null };
  const commit = head && (await readCommitTree(session.reader, head));
  const before = commit && new TreeReader(session.reader, commit.tree);
  const situation = { kind: 'commit', form: 'index', born: head !== null } as const;
  const judged = await judge(session, identity, { changes, before, situation });
  const said = judged.findings.filter(({ severity }) => severity !== 'notice');
  const findings = await withoutBaseState(session, repo, said, changes);
  const inIndex = findings.filter(({ path }) => path !== undefined && staged.has(path));
  return {
    outside: findings.flatMap((finding): OutsideChange[] => {
      const { path, ops, code, severity, owner = [], rule = null, message } = finding;
      if (path === undefined) return [];
      const lock = judged.locks.get(path) ?? null;
      const operation = ops?.[0] ?? 'modify';
      const where = { path, operation, staged: staged.has(path) };
      return [{ ...where, code, severity, owner, rule, message, lock }];
    }),
    strange: findings.find(({ path }) => path === undefined) ?? null,
    unstage:
      remedyFor(inIndex, changes, situation, { locks: new Map(), why: null })?.command ?? null,
  };
}

/**
 * The guard leaves out what ends up as the base has it, by the blobs it would be; only what is said
 * about a file is worth hashing it.
 */
async function withoutBaseState(
  session: PolicySession,
  repo: Repo,
  findings: readonly Finding[],
  changes: readonly Change[],
): Promise<Finding[]> {
  const { base } = session.policy;
  const open = new Map(changes.filter(isNotHashed).map((change) => [change.path, change.after!]));
  const paths = findings.flatMap(({ path }) =>
    path !== undefined && path.isWellFormed() && isOrdinaryFile(open.get(path)) ? [path] : [],
  );
  if (base === null || paths.length === 0) return [...findings];
  const tree = new TreeReader(session.reader, base.tree);
  const tracked = await Promise.all(paths.map((path) => tree.entry(path)));
  // What the base does not have cannot be as the base has it.
  const oids = await hashFiles(
    repo,
    paths.filter((_, at) => tracked[at] !== null),
  );
  const same = new Set(
    paths.filter((path, at) => {
      const oid = oids.get(path);
      return oid !== undefined && sameEntry(tracked[at]!, { mode: open.get(path)!.mode, oid });
    }),
  );
  return findings.filter(({ path }) => path === undefined || !same.has(path));
}
