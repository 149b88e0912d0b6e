import { DRAFT } from './draft-option.ts';

export const CHECK_OPTIONS = {
  staged: { kind: 'flag', description: 'judge what is staged (the default)' },
  branch: {
    kind: 'text',
    value: 'ref',
    description: 'judge what a branch changes against the base branch',
  },
  // In help: --range <a>..<b>
  range: { kind: 'text', value: 'a>..<b', description: 'judge what <b> changes against <a>' },
  paths: {
    kind: 'text',
    value: 'path',
    repeats: true,
    description: 'judge paths that are about to be changed',
  },
  agent: { kind: 'text', value: 'id', description: 'judge as this agent' },
  asHuman: { kind: 'flag', description: 'judge as a person: at a terminal, not in a harness' },
  base: {
    kind: 'text',
    value: 'ref',
    description: 'judge against this ref, and by its policy',
  },
  policy: DRAFT,
} as const;
