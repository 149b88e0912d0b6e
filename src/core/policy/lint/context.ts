import type { FindingCode } from '../../../domain/finding.ts';
import type { AgentId } from '../../../domain/ids.ts';
import type { Glob, Ownership } from '../../../domain/ownership.ts';
import type { RepoPath } from '../../../domain/path.ts';
import type { Problem } from '../../../domain/problem.ts';
import type { BranchName } from '../../../domain/refs.ts';
import type { PathLayer } from '../../../domain/reports/owner.ts';
import { type FindPath, makeFindPath } from '../../glob/find-path.ts';

/** What is known about the repository, and what the rest of the program says when it is asked. */
export interface LintFacts {
  /** Paths in the index; null outside of a repository. */
  readonly tracked: readonly RepoPath[] | null;
  /** What the guard says about a path, to an agent that modifies it or to nobody in particular. */
  describe(path: RepoPath, agent: AgentId | null): GuardAnswer;
  /** The agents a branch may belong to. */
  readBranch(branch: BranchName): readonly AgentId[];
  /** Where a rule such as `agents.a1.owns[0]` stands. */
  locate(rule: string): { readonly line: number; readonly column: number };
}

export interface GuardAnswer {
  readonly layer: PathLayer;
  readonly rule: string | null;
  readonly owners: readonly AgentId[];
  readonly reason: string;
  /** The code of the finding that refuses; null when nothing does. */
  readonly refusal: FindingCode | null;
  /** Two agents claim the path, so that no change of it can be judged. */
  readonly ambiguous: boolean;
}

/** What every check gets. */
export interface LintContext {
  readonly ownership: Ownership;
  readonly facts: LintFacts;
  readonly findPath: FindPath;
}

/** One kind of thing that can be wrong with a policy that can be read. */
export type Check = (context: LintContext) => readonly Problem[];

export const makeContext = (ownership: Ownership, facts: LintFacts): LintContext => ({
  ownership,
  facts,
  findPath: makeFindPath(),
});

/** A problem at the place of a rule. */
export const problemAt = (
  { facts }: LintContext,
  rule: string,
  problem: Omit<Problem, 'column' | 'line'>,
): Problem => ({ ...problem, ...facts.locate(rule) });

/** A list of globs as it was written, and what it is for. */
export interface GlobList {
  readonly globs: readonly Glob[];
  readonly purpose:
    | 'derived'
    | 'except'
    | 'forbidden'
    | 'frozen'
    | 'local'
    | 'owns'
    | 'reserved'
    | 'shared';
}

/** Every list of globs in the policy, without what is built in. */
export function writtenLists(ownership: Ownership): GlobList[] {
  const lists: GlobList[] = [
    ...[...ownership.agents.values()].flatMap(({ owns, except, forbidden }): GlobList[] => [
      { globs: owns, purpose: 'owns' },
      { globs: except, purpose: 'except' },
      { globs: forbidden, purpose: 'forbidden' },
    ]),
    ...ownership.shared.map(({ paths }): GlobList => ({ globs: paths, purpose: 'shared' })),
    ...ownership.reserved.map(({ paths }): GlobList => ({ globs: paths, purpose: 'reserved' })),
    ...ownership.derived.flatMap(({ paths, when }): GlobList[] => [
      { globs: paths, purpose: 'derived' },
      { globs: when, purpose: 'derived' },
    ]),
    { globs: ownership.frozen, purpose: 'frozen' },
    { globs: ownership.local, purpose: 'local' },
  ];
  return lists.map(({ globs, purpose }) => ({
    globs: globs.filter(({ rule }) => rule !== 'builtin'),
    purpose,
  }));
}

export const quoted = ({ text }: Glob): string => `\`${text}\``;
