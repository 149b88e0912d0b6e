import type { Verdict } from '../domain/report.ts';

/** 0 allowed, 1 refused, 2 could not decide. Never a count: 256 findings must not wrap to 0. */
export function exitCodeOf(verdict: Verdict): 0 | 1 | 2 {
  switch (verdict) {
    case 'allowed':
      return 0;
    case 'refused':
      return 1;
    case 'undecided':
      return 2;
  }
}
