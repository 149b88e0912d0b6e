import { DRY_RUN } from './dry-run-option.ts';

export const INIT_OPTIONS = {
  hooks: { kind: 'flag', unless: true, description: 'leave the hooks as they are' },
  policy: { kind: 'flag', unless: true, description: 'propose no ownership.yml' },
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
  uninstall: { kind: 'flag', description: 'take out what init put in; ownership.yml stays' },
  dryRun: DRY_RUN,
} as const;
