import { DRAFT } from './draft-option.ts';
import { DRY_RUN } from './change-of-state.ts';

export const CODEOWNERS_OPTIONS = {
  owner: {
    kind: 'text',
    value: 'agent=account',
    repeats: true,
    description: 'whom to ask for an agent: @user, @org/team, an address',
  },
  people: {
    kind: 'text',
    value: 'account',
    repeats: true,
    description: 'whom to ask about what no agent may change',
  },
  check: { kind: 'flag', description: 'only say whether the file says what the policy says' },
  policy: DRAFT,
  dryRun: DRY_RUN,
} as const;
