import { DRAFT } from './draft-option.ts';

export const OWNER_OPTIONS = {
  agent: { kind: 'text', value: 'id', description: 'answer for this agent' },
  policy: DRAFT,
} as const;
