import type { Change } from '../../domain/change.ts';
import type { Finding } from '../../domain/finding.ts';
import { type Hint, hintTo } from '../../domain/hint.ts';
import type { AgentId, LockName } from '../../domain/ids.ts';
import type { RepoPath } from '../../domain/path.ts';
import { shellQuote } from '../../domain/text/quote.ts';
import { fewestPaths, MOST_PATHS, quoteAll } from './remedies/fewest-paths.ts';
import { isOpenable } from './openings.ts';
import { commitRest, type Situation, stageCommands, takeOut } from './take-out.ts';

/** What the choice of a remedy needs besides what was found. */
export interface RemedyFacts {
  /** The lock that opens a path, for paths that only want one. */
  readonly locks: ReadonlyMap<RepoPath, LockName>;
  /** Each half of a rename in the commit, with the other. */
  readonly renames?: ReadonlyMap<RepoPath, RepoPath>;
  /** What a request says it is for; null where nobody is acting who could ask. */
  readonly why: string | null;
}

/**
 * The command that asks the owners for what was refused, and leaves the rest ready to go on with: it
 * takes what it asks for out of the index by itself. What nobody can be asked for is taken out with it.
 * Null where nothing of it can be asked for.
 */
export function askRemedy(
  errors: readonly Finding[],
  changes: readonly Change[],
  situation: Situation,
  { why, renames = new Map() }: RemedyFacts,
): Hint | null {
  const askable = errors.filter(isOpenable);
  if (why === null || askable.length === 0) return null;
  const asked = new Set(askable.map(({ path }) => path!));
  const others = new Set(errors.flatMap(({ path }) => (asked.has(path!) ? [] : [path!])));
  for (const path of [...others]) if (renames.has(path)) others.add(renames.get(path)!);
  const paths = fewestPaths(asked, changes);
  const rest = changes.filter(({ path }) => !asked.has(path) && !others.has(path));
  const commands = commandsFor(situation, { paths, others, rest, changes, why });
  if (commands === null) return null;
  const goOn =
    situation.kind === 'commit' && situation.form === 'all'
      ? ' and commit the rest without -a'
      : GO_ON[situation.kind];
  return hintTo(`ask ${whom(ownersIn(askable))} for it${goOn}`, commands.join(' && '));
}

/** What asks for everything that a branch may not change and others may; null where that is nothing. */
export function askForBranch(
  findings: readonly Finding[],
  changes: readonly Change[],
  name: string | null,
): { readonly command: string; readonly whom: string } | null {
  const askable = findings.filter(isOpenable);
  if (askable.length === 0 || name === null) return null;
  const paths = fewestPaths(new Set(askable.map(({ path }) => path!)), changes);
  return { command: askFor(paths, false, `needed for ${name}`), whom: whom(ownersIn(askable)) };
}

const ownersIn = (findings: readonly Finding[]): AgentId[] =>
  [...new Set(findings.flatMap(({ owner }) => owner ?? []))].sort();

/** What is left when the command has run. */
const GO_ON: Readonly<Record<Situation['kind'], string>> = {
  commit: ' and go on without it',
  merge: ' and go on without it',
  branch: '',
  paths: '',
};

/** What was refused, and what was not. */
interface Parts {
  readonly paths: readonly string[];
  readonly others: ReadonlySet<RepoPath>;
  readonly rest: readonly Change[];
  readonly changes: readonly Change[];
  readonly why: string;
}

function commandsFor(
  situation: Situation,
  { paths, others, rest, changes, why }: Parts,
): string[] | null {
  const staged = askFor([], true, why);
  const out = others.size === 0 ? [] : [takeOut(fewestPaths(others, changes), situation)];
  if (situation.kind === 'paths') return [askFor(paths, false, why)];
  if (situation.kind === 'merge') return [staged, ...out];
  if (situation.kind === 'branch') return null;
  switch (situation.form) {
    case 'index':
      return [staged, ...out];
    case 'all':
      return out.length > 0
        ? ['git add -u', staged, takeOut([...others], { ...situation, form: 'index' })]
        : ['git add -u', staged];
    case 'partial': {
      const commit = commitRest(rest);
      return [askFor(paths, false, why), ...(commit === null ? [] : [commit])];
    }
    case 'chosen': {
      const chosen = changes.filter(({ path }) => !others.has(path));
      if (chosen.length > MOST_PATHS) return null;
      const reset = others.size === 0 ? [] : [`git reset -q -- ${quoteAll([...others])}`];
      return [...reset, ...stageCommands(chosen), staged];
    }
  }
}

/** `bailiwick request open --staged -m 'needed for feat/a1/x'`. */
export function askFor(paths: readonly string[], staged: boolean, why: string): string {
  const words = [
    'bailiwick request open',
    ...(paths.length > 0 ? [quoteAll(paths)] : []),
    ...(staged ? ['--staged'] : []),
    `-m ${shellQuote(why)}`,
  ];
  return words.join(' ');
}

/** `a1 or a2`; people where no agent owns it. */
export const whom = (owners: readonly AgentId[] | undefined): string =>
  owners === undefined || owners.length === 0 ? 'a person' : owners.join(' or ');
