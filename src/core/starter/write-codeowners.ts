import { compare } from '../../domain/finding.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Glob, Ownership } from '../../domain/ownership.ts';
import type { RepoPath } from '../../domain/path.ts';
import { parseGlob } from '../glob/parse.ts';
import { GLOBSTAR, type Pattern, type Token } from '../glob/syntax.ts';
import { sameAccount } from './codeowners-line.ts';
import { decidingRules, readCodeownersRules } from './codeowners-rules.ts';
import { coverFiles } from './cover-files.ts';

export interface CodeownersFacts {
  readonly ownership: Ownership;
  readonly tracked: readonly RepoPath[];
  /** Accounts the host may ask, for each agent. */
  readonly accounts: ReadonlyMap<AgentId, readonly string[]>;
  /** Who is asked about what no agent may change; nobody when empty. */
  readonly people: readonly string[];
  /** Who may change a path, as the guard says. */
  ownersOf(path: RepoPath): readonly AgentId[];
}

export interface WrittenCodeowners {
  readonly lines: readonly string[];
  /** Files whose names no line can say. */
  readonly left: readonly RepoPath[];
}

/**
 * The lines of a CODEOWNERS file that say what a policy says: for every tracked file the same owners,
 * which is tried by reading the lines back. Where the last match winning comes to something else
 * than the layers of the policy, lines for just these files follow.
 */
export function writeCodeowners(facts: CodeownersFacts): WrittenCodeowners {
  const wanted = new Map(facts.tracked.map((path) => [path, accountsOf(facts, path)]));
  const lines = generalLines(facts);
  const wrong = misread(lines, wanted);
  const groups = new Map<string, Set<RepoPath>>();
  for (const path of wrong) {
    const key = wanted.get(path)!.join(' ');
    groups.set(key, (groups.get(key) ?? new Set()).add(path));
  }
  for (const [owners, files] of [...groups].sort(([a], [b]) => compare(a, b)))
    for (const glob of coverFiles(files, facts.tracked).globs)
      for (const pattern of patternsOf(glob)) lines.push(lineOf(pattern, owners.split(' ')));
  return { lines, left: misread(lines, wanted) };
}

function accountsOf({ accounts, ownersOf, people }: CodeownersFacts, path: RepoPath): string[] {
  const owners = ownersOf(path);
  const asked = owners.length === 0 ? people : owners.flatMap((id) => accounts.get(id) ?? []);
  return [...new Set(asked)].sort(compare);
}

/** The files for which the lines name others than are wanted. */
function misread(
  lines: readonly string[],
  wanted: ReadonlyMap<RepoPath, readonly string[]>,
): RepoPath[] {
  const paths = [...wanted.keys()];
  const { rules } = readCodeownersRules(lines.join('\n'), paths, 'github');
  const deciding = decidingRules(rules, paths);
  return paths.filter((path) => {
    const [rule] = deciding.get(path)!;
    const named = rule === undefined ? '' : rules[rule]!.ownersKey;
    return named !== wanted.get(path)!.map(sameAccount).sort().join(' ');
  });
}

/** The policy's own globs, those that win last: owned paths, the wider first, then shared, then reserved. */
function generalLines({ ownership, accounts, people }: CodeownersFacts): string[] {
  const named = (agents: readonly AgentId[]): string[] =>
    [...new Set(agents.flatMap((id) => accounts.get(id) ?? []))].sort(compare);
  const agents = [...ownership.agents.values()];
  const owned = agents.flatMap(({ id, owns, except }) => [
    ...said(owns, named([id])),
    // A hole is somebody else's, who then has a line of the same width, or nobody's.
    ...said(except, people).map((line) => ({ ...line, hole: true })),
  ]);
  owned.sort(
    (a, b) => a.depth - b.depth || Number(b.hole) - Number(a.hole) || compare(a.pattern, b.pattern),
  );
  const parts = [...ownership.shared, ...ownership.reserved].flatMap((part) =>
    said(part.paths, named(part.agents)),
  );
  const closed = said([...ownership.control, ...ownership.frozen], people);
  const base = people.length > 0 ? [lineOf('*', people)] : [];
  return unique([
    ...base,
    ...[...owned, ...parts, ...closed].map(({ pattern, owners }) => lineOf(pattern, owners)),
  ]);
}

interface SaidGlob {
  readonly pattern: string;
  readonly owners: readonly string[];
  readonly depth: number;
  readonly hole: boolean;
}

const said = (globs: readonly Glob[], owners: readonly string[]): SaidGlob[] =>
  globs.flatMap(({ text }) =>
    patternsOf(text).map((pattern) => ({
      pattern,
      owners,
      depth: pattern.split('/').filter((name) => name !== '').length,
      hole: false,
    })),
  );

/** Of equal lines only the last counts. */
const unique = (lines: readonly string[]): string[] => [...new Set(lines.toReversed())].reverse();

const lineOf = (pattern: string, owners: readonly string[]): string =>
  [pattern, ...owners].join(' ').trim();

/** The patterns of CODEOWNERS that name what a glob names; those it cannot say are left out. */
function patternsOf(text: string): string[] {
  const parsed = parseGlob(text);
  return parsed.ok ? parsed.value.patterns.flatMap((pattern) => patternOf(pattern) ?? []) : [];
}

function patternOf(pattern: Pattern): string | null {
  const names: string[] = [];
  for (const segment of pattern) {
    const name = segment === GLOBSTAR ? GLOBSTAR : segmentOf(segment);
    if (name === null) return null;
    names.push(name);
  }
  if (names.length === 1 && names[0] === GLOBSTAR) return '*';
  const below = names.at(-1) === GLOBSTAR ? names.slice(0, -1) : names;
  const end = below.length < names.length ? '/' : '';
  // A name alone is found at any depth.
  if (below.length === 2 && below[0] === GLOBSTAR && below[1] !== '*') return below[1]! + end;
  return `/${below.join('/')}${end}`;
}

/** There is no escape but for blanks, and no class. */
function segmentOf(tokens: readonly Token[]): string | null {
  const parts = tokens.map((token) => {
    if (token.kind === 'many') return '*';
    if (token.kind === 'one') return '?';
    if (token.kind === 'class' || /[*?[\]\\!#]/.test(token.text)) return null;
    return token.text.replaceAll(' ', '\\ ');
  });
  return parts.includes(null) ? null : parts.join('');
}
