import { LANDING_MODES } from '../landing.ts';

export const LAND_OPTIONS = {
  all: { kind: 'flag', description: "every branch of the policy's agents" },
  land: {
    kind: 'choice',
    value: 'mode',
    choices: LANDING_MODES,
    default: 'merge',
    description: 'how branches land on the base',
  },
  each: { kind: 'flag', description: 'validate and land one branch at a time', conflicts: 'once' },
  once: {
    kind: 'flag',
    description: 'validate all of them together, and land them at once',
    conflicts: 'each',
  },
  batch: {
    kind: 'number',
    value: 'n',
    least: 0,
    most: 1000,
    default: 0,
    description: 'validate and land so many at a time; 0: each of up to 4, more than those at once',
  },
  retries: {
    kind: 'number',
    value: 'n',
    least: 0,
    most: 10,
    default: 1,
    description: 'red runs that have to speak against a branch, besides the first',
  },
  push: {
    kind: 'flag',
    description: 'move the base of origin, in one push with the journal and the receipt',
    conflicts: ['local', 'pr', 'mergePrs'],
  },
  pr: {
    kind: 'flag',
    description: 'open one pull request for all of it on GitHub, and merge that',
    conflicts: ['local', 'mergePrs'],
  },
  mergePrs: {
    kind: 'flag',
    description: 'merge the pull requests that the branches have on GitHub, in the proven order',
    conflicts: 'local',
  },
  local: { kind: 'flag', description: 'move the base in this clone alone' },
  clean: {
    kind: 'flag',
    description:
      'remove what has landed at the end: branches here and on origin, and their worktrees',
  },
  unchecked: { kind: 'flag', description: 'land also where no command says what has to pass' },
  yes: { kind: 'flag', description: 'run the commands of ownership.yml without being asked' },
  plan: { kind: 'flag', description: 'say what would land, in which order, and change nothing' },
} as const;

/** Of the command that shows receipts. */
export const LAND_SHOW_OPTIONS = {
  all: { kind: 'flag', description: 'every receipt, newest first' },
} as const;

/** Of the commands that go on with a landing. */
export const LAND_CONTINUE_OPTIONS = { yes: LAND_OPTIONS.yes } as const;
