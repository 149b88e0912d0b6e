export const STATUS_OPTIONS = {
  watch: {
    kind: 'flag',
    description: 'stay, and draw it again when something changes; needs a terminal',
  },
  phases: {
    kind: 'flag',
    description: 'also say whose turn it is, and who can work beside whom',
  },
  overlap: {
    kind: 'flag',
    unless: true,
    description: 'do not look for conflicts between branches',
  },
} as const;
