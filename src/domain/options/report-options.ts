import { OFFLINE } from './change-of-state.ts';

export const REPORT_OPTIONS = {
  since: {
    kind: 'text',
    value: 'time',
    description: 'how far to look back: 12h, 7d, 30d (default: 7d)',
  },
  offline: OFFLINE,
} as const;
