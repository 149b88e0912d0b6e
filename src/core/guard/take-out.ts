import type { Change } from '../../domain/change.ts';
import { shellQuote } from '../../domain/text/quote.ts';
import { assertNever } from '../../domain/result.ts';
import { MOST_PATHS, quoteAll } from './remedies/fewest-paths.ts';

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

/** The command that takes paths out of what is judged. */
export function takeOut(paths: readonly string[], situation: Situation): string {
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

/** The same partial commit without what was refused; null when nothing is left or it is too long. */
export function commitRest(rest: readonly Change[]): string | null {
  if (rest.length === 0 || rest.length > MOST_PATHS) return null;
  const paths = quoteAll(rest.map(({ path }) => path));
  return `git commit -m 'without what was refused' -- ${paths}`;
}

/**
 * Stages exactly what was chosen and allowed. git gives the index back as it was before `-p`, so the
 * hunks would have to be chosen anew; their files are stored already, by id. `reset` and
 * `--ignore-unmatch` do not mind paths that were not in that index.
 */
export function stageRest(rest: readonly Change[], refused: readonly string[]): string | null {
  if (rest.length === 0 || rest.length > MOST_PATHS) return null;
  return [`git reset -q -- ${quoteAll(refused)}`, ...stageCommands(rest)].join(' && ');
}

/** Commands that stage exactly these, whatever the index holds there now. */
export function stageCommands(changes: readonly Change[]): string[] {
  const gone = changes.filter(({ after }) => after === null).map(({ path }) => path);
  const infos = changes.flatMap(({ path, after }) =>
    after === null ? [] : [`--cacheinfo ${after.mode},${after.oid},${shellQuote(path)}`],
  );
  return [
    ...(infos.length > 0 ? [`git update-index --add ${infos.join(' ')}`] : []),
    ...(gone.length > 0 ? [`git rm --cached --ignore-unmatch -r -q -- ${quoteAll(gone)}`] : []),
  ];
}
