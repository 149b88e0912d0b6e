/** Asks a policy that is not in force. */
export const DRAFT = {
  kind: 'text',
  value: 'file',
  description: 'ask a draft instead of the policy in force',
} as const;
