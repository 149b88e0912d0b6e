export const OWNER_OPTIONS = {
  agent: { kind: 'text', value: 'id', description: 'answer for this agent' },
} as const;
