import { foldPath } from '../../domain/text/fold.ts';
import type { AgentId } from '../../domain/ids.ts';
import type {
  DerivedPart,
  Glob,
  Ownership,
  ReservedPart,
  SharedPart,
} from '../../domain/ownership.ts';
import type { RepoPath } from '../../domain/path.ts';
import { type GlobSet, makeGlobSet } from '../glob/glob-set.ts';

/** One glob of the policy, and what it says of the paths it matches. */
export type GuardRule =
  | { readonly layer: 'control'; readonly glob: Glob }
  | { readonly layer: 'frozen'; readonly glob: Glob }
  | { readonly layer: 'local'; readonly glob: Glob }
  | { readonly layer: 'derived'; readonly part: DerivedPart; readonly glob: Glob }
  | {
      readonly layer: 'owned';
      readonly agent: AgentId;
      readonly glob: Glob;
      /** An `except` would name the path if case and Unicode form did not count. */
      readonly doubtful?: true;
    }
  | { readonly layer: 'reserved'; readonly part: ReservedPart; readonly glob: Glob }
  | { readonly layer: 'shared'; readonly part: SharedPart; readonly glob: Glob };

export type RuleOf<Layer extends GuardRule['layer']> = Extract<
  GuardRule,
  { readonly layer: Layer }
>;

/** An agent's claim on a path: a glob of its `owns` that none of its `except` takes back. */
export type Grant = RuleOf<'owned'>;

/** The policy arranged for fast questions about one path after another. */
export interface Rulebook {
  readonly ownership: Ownership;
  /**
   * Every rule that names the path, or would if case and Unicode form did not count; claims that an
   * `except` takes back by exact bytes are left out. In the order of the policy within a layer.
   */
  find(path: RepoPath): readonly GuardRule[];
}

export function makeRulebook(ownership: Ownership): Rulebook {
  const set: GlobSet<GuardRule> = makeGlobSet(
    rulesOf(ownership).map((value) => ({ glob: value.glob, value })),
  );
  return {
    ownership,
    find: (path) => {
      const folded = foldPath(path);
      return set
        .findFolded(path, folded)
        .flatMap((rule): GuardRule[] =>
          rule.layer === 'owned' ? claim(ownership, rule, path, folded) : [rule],
        );
    },
  };
}

function rulesOf(ownership: Ownership): GuardRule[] {
  const { local, control, frozen, reserved, shared, derived } = ownership;
  return [
    ...local.map((glob): GuardRule => ({ layer: 'local', glob })),
    ...control.map((glob): GuardRule => ({ layer: 'control', glob })),
    ...frozen.map((glob): GuardRule => ({ layer: 'frozen', glob })),
    ...reserved.flatMap((part) =>
      part.paths.map((glob): GuardRule => ({ layer: 'reserved', part, glob })),
    ),
    ...shared.flatMap((part) =>
      part.paths.map((glob): GuardRule => ({ layer: 'shared', part, glob })),
    ),
    ...derived.flatMap((part) =>
      part.paths.map((glob): GuardRule => ({ layer: 'derived', part, glob })),
    ),
    ...[...ownership.agents.values()].flatMap(({ id, owns }) =>
      owns.map((glob): GuardRule => ({ layer: 'owned', agent: id, glob })),
    ),
  ];
}

/**
 * A hole in a grant refuses its agent, so it also holds for names that only some file systems keep apart.
 * It opens the path to others, so for them it holds for the very name alone.
 */
function claim({ agents }: Ownership, rule: Grant, path: RepoPath, folded: string): Grant[] {
  const { except } = agents.get(rule.agent)!;
  if (except.some((glob) => glob.matches(path))) return [];
  return [except.some((glob) => glob.matchesFolded(folded)) ? { ...rule, doubtful: true } : rule];
}

/** True when the glob names the path, or would if case and Unicode form did not count. */
export const matchesNear = (glob: Glob, path: RepoPath, folded: string): boolean =>
  glob.matchesFolded(folded) || glob.matches(path);
