import type { Change } from '../../domain/change.ts';
import type { Finding } from '../../domain/finding.ts';
import { type Hint, hintTo } from '../../domain/hint.ts';
import type { LockName } from '../../domain/ids.ts';
import type { RepoPath } from '../../domain/path.ts';
import { shellQuote } from '../../domain/text/quote.ts';
import { assertNever } from '../../domain/result.ts';
import { fewestPaths, MOST_PATHS, quoteAll } from './fewest-paths.ts';

/**
 * How the commit chose what goes into it: the `index` as it was, `all` that git tracks (`-a`), `chosen`
 * hunks and paths on top of the index (`-p`, `-i`), or a `partial` one of named paths alone.
 */
export type CommitForm = 'all' | 'chosen' | 'index' | 'partial';

/** Where the judged changes are, which decides how a path is taken out of them. */
export type Situation =
  | { readonly kind: 'commit'; readonly form: CommitForm; readonly born: boolean }
  | { readonly kind: 'merge' }
  /** Of a branch, what takes a path out hangs on its history; see `put-back.ts`. */
  | { readonly kind: 'branch' }
  | { readonly kind: 'paths' };

/** Says of each finding what helps, as one command where there is one. */
export function withHints(
  findings: readonly Finding[],
  situation: Situation,
  facts: RemedyFacts,
): Finding[] {
  return findings.map((finding) => {
    const hint =
      finding.path === undefined ? null : hintFor(finding, finding.path, situation, facts);
    return hint === null || finding.severity === 'notice' ? finding : { ...finding, hint };
  });
}

function hintFor(
  { code, owner }: Finding,
  path: RepoPath,
  situation: Situation,
  { locks, renames = new Map() }: RemedyFacts,
): Hint | null {
  const lock = locks.get(path);
  if (lock !== undefined) {
    const wait = code === 'lock-held' ? ' --wait' : '';
    const verb = code === 'lock-expired' ? 'renew' : 'acquire';
    return hintTo('take the lock', `bailiwick lock ${verb} ${lock}${wait}`);
  }
  if (situation.kind === 'paths')
    return owner === undefined ? null : hintTo(`have it changed, ask ${owner.join(' or ')}`);
  if (situation.kind === 'branch') return null;
  // What `git commit <path>` and `-p` take was chosen by hand: leaving it out is choosing the rest.
  if (situation.kind === 'commit' && isChosenByHand(situation.form)) return null;
  // Half a rename would be a copy, or a loss.
  const other = renames.get(path);
  return hintTo('leave it out', takeOut(other === undefined ? [path] : [path, other], situation));
}

/** What the choice of a remedy needs besides what was found. */
export interface RemedyFacts {
  /** The lock that opens a path, for paths that only want one. */
  readonly locks: ReadonlyMap<RepoPath, LockName>;
  /** Each half of a rename in the commit, with the other. */
  readonly renames?: ReadonlyMap<RepoPath, RepoPath>;
}

/**
 * The one command that helps most: the lock, when that is all that is missing, else the one that
 * takes every refused path out and touches no other. Null when there is nothing to take out.
 */
export function remedyFor(
  findings: readonly Finding[],
  changes: readonly Change[],
  situation: Situation,
  { locks, renames = new Map() }: RemedyFacts,
): Hint | null {
  const errors = findings.filter(
    ({ severity, path }) => severity === 'error' && path !== undefined,
  );
  if (errors.length === 0) return null;
  const needed = new Set(errors.map(({ path }) => locks.get(path!)));
  const [lock] = needed;
  if (needed.size === 1 && lock !== undefined)
    return hintTo(
      'be allowed to change these files',
      `bailiwick lock ${errors[0]!.code === 'lock-expired' ? 'renew' : 'acquire'} ${lock}`,
    );
  if (situation.kind === 'paths' || situation.kind === 'branch') return null;
  const refused = new Set(errors.map(({ path }) => path!));
  // Half a rename would be a copy, or a loss: both halves stay out.
  for (const path of [...refused]) if (renames.has(path)) refused.add(renames.get(path)!);
  const rest = changes.filter(({ path }) => !refused.has(path));
  if (situation.kind === 'commit' && situation.form === 'partial') return commitRest(rest);
  if (situation.kind === 'commit' && situation.form === 'chosen')
    return stageRest(rest, fewestPaths(refused, changes));
  const command = takeOut(fewestPaths(refused, changes), situation);
  return hintTo(aimOf(situation), command);
}

function takeOut(paths: readonly string[], situation: Situation): string {
  const quoted = quoteAll(paths);
  switch (situation.kind) {
    case 'commit':
      if (!situation.born) return `git rm --cached -r -q -- ${quoted}`;
      if (situation.form === 'all') return `git add -u && git restore --staged -- ${quoted}`;
      return `git restore --staged -- ${quoted}`;
    case 'merge':
      return `git restore --source=MERGE_HEAD --staged --worktree -- ${quoted}`;
    case 'branch':
    case 'paths':
      return '';
    default:
      return assertNever(situation);
  }
}

const isChosenByHand = (form: CommitForm): boolean => form === 'chosen' || form === 'partial';

/** The same partial commit without what was refused; null when nothing is left or it is too long. */
function commitRest(rest: readonly Change[]): Hint | null {
  if (rest.length === 0 || rest.length > MOST_PATHS) return null;
  const paths = quoteAll(rest.map(({ path }) => path));
  return hintTo('commit the other files', `git commit -m 'without what was refused' -- ${paths}`);
}

/** What taking the refused paths out leads to. */
function aimOf(situation: Situation): string {
  switch (situation.kind) {
    case 'commit':
      return situation.born && situation.form === 'all'
        ? 'leave these files out of a commit without -a'
        : 'leave these files out of this commit';
    case 'merge':
      return 'take these files as the merged branch has them';
    case 'branch':
    case 'paths':
      return 'go on';
    default:
      return assertNever(situation);
  }
}

/**
 * Stages exactly what was chosen and allowed. git gives the index back as it was before `-p`, so the
 * hunks would have to be chosen anew; their files are stored already, by id. `reset` and
 * `--ignore-unmatch` do not mind paths that were not in that index.
 */
function stageRest(rest: readonly Change[], refused: readonly string[]): Hint | null {
  if (rest.length === 0 || rest.length > MOST_PATHS) return null;
  const gone = rest.filter(({ after }) => after === null).map(({ path }) => path);
  const infos = rest.flatMap(({ path, after }) =>
    after === null ? [] : [`--cacheinfo ${after.mode},${after.oid},${shellQuote(path)}`],
  );
  const commands = [
    `git reset -q -- ${quoteAll(refused)}`,
    ...(infos.length > 0 ? [`git update-index --add ${infos.join(' ')}`] : []),
    ...(gone.length > 0 ? [`git rm --cached --ignore-unmatch -r -q -- ${quoteAll(gone)}`] : []),
  ];
  return hintTo('stage the rest of what was chosen', commands.join(' && '));
}
