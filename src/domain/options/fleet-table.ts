import { LANDING_MODES, MERGE_RULES, OVERLAP_LEVELS } from '../landing.ts';
import { MERGE_LIMIT, RENAME_LIMIT } from './fleet-options.ts';

/** Of every command that looks at a fleet, and turns what it finds into a refusal if asked. */
export const FLEET_TABLE = {
  refs: {
    kind: 'text',
    value: 'glob',
    repeats: true,
    description: "look at these refs, by full name or glob, such as 'refs/heads/**'",
  },
  base: {
    kind: 'text',
    value: 'ref',
    description: 'what the branches land on (default: the base of the policy)',
  },
  worktrees: {
    kind: 'flag',
    conflicts: 'refs',
    description: 'look at what is checked out in the worktrees, uncommitted work included',
  },
  renameLimit: {
    kind: 'number',
    value: 'files',
    least: 1,
    most: 9_999_999,
    default: RENAME_LIMIT,
    description: 'look for changed renames among this many files at most',
  },
  mergeLimit: {
    kind: 'number',
    value: 'megabytes',
    least: 1,
    most: 9_999_999,
    default: MERGE_LIMIT,
    description: 'leave out a file whose merges for all pairs would read more than this',
  },
  land: {
    kind: 'choice',
    value: 'mode',
    choices: LANDING_MODES,
    default: 'merge',
    description: 'how branches land on the base',
  },
  as: {
    kind: 'choice',
    value: 'whose',
    choices: MERGE_RULES,
    default: 'git',
    description: "whose rules say what conflicts: git's, or GitHub's merge button's",
  },
  failOn: {
    kind: 'choice',
    value: 'level',
    choices: OVERLAP_LEVELS,
    description: 'exit 1 for pairs that are as close as this',
  },
} as const;

/** Of `order`, besides. */
export const ORDER_TABLE = {
  ...FLEET_TABLE,
  after: {
    kind: 'text',
    value: 'later:earlier',
    repeats: true,
    description:
      'the first lands after the second, this time: two agents or branches, such as a3:a1',
  },
  test: {
    kind: 'text',
    value: 'command',
    conflicts: 'worktrees',
    description: 'run this on merges of the branches, to find out which fails without which',
  },
} as const;
