import { DRAFT } from './draft-option.ts';

export const LINT_OPTIONS = {
  policy: DRAFT,
  history: {
    kind: 'number',
    value: 'commits',
    least: 0,
    most: 100_000,
    default: 0,
    description: 'also judge so many past commits',
  },
} as const;
