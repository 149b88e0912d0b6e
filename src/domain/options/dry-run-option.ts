/** Of every command that changes something. */
export const DRY_RUN = {
  kind: 'flag',
  description: 'show what would be done, change nothing',
} as const;
