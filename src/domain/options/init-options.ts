import { EDIT_HOOKS } from '../harness/harness.ts';
import { DRY_RUN } from './change-of-state.ts';

export const INIT_OPTIONS = {
  hooks: { kind: 'flag', unless: true, description: 'leave the hooks as they are' },
  policy: { kind: 'flag', unless: true, description: 'propose no ownership.yml' },
  agents: {
    kind: 'number',
    value: 'number',
    least: 2,
    most: 24,
    default: 4,
    description: 'how many agents to divide the tree among',
  },
  from: {
    kind: 'choice',
    value: 'source',
    choices: ['codeowners', 'folders', 'history'],
    description: 'what to propose it from; by default the best there is',
  },
  workflows: {
    kind: 'text',
    value: 'action',
    description: 'write the workflows of the gate and the board',
  },
  harness: {
    kind: 'text',
    value: 'names',
    description: 'hooks of coding agents: names with commas, or auto',
  },
  editHook: {
    kind: 'choice',
    value: 'form',
    choices: EDIT_HOOKS,
    description: 'who answers Claude Code before an edit: a command, or the running server',
  },
  prepare: {
    kind: 'flag',
    description: 'set up the hooks at each install: prepare of package.json',
  },
  entry: {
    kind: 'flag',
    description: 'pre-commit and prek: an entry of theirs, so that a refusal ends the run',
  },
  instructions: {
    kind: 'text',
    value: 'files',
    description: 'a short block in AGENTS.md and the like: names with commas, or auto',
  },
  strict: {
    kind: 'flag',
    description: 'also judge what git commits without the commit hook',
  },
  uninstall: { kind: 'flag', description: 'take out what init put in; ownership.yml stays' },
  dryRun: DRY_RUN,
} as const;
