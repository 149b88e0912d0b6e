import type { LandingPlan } from '../../domain/reports/land.ts';
import { count } from '../../domain/text/count.ts';

/** What is lost by landing so, and nothing else says. */
export const planNotices = ({ steps, mode }: LandingPlan): string[] =>
  steps
    .filter(({ unsigned }) => unsigned > 0)
    .map(
      ({ branch, unsigned }) =>
        `${branch} has ${count(unsigned, 'signed commit')}, and what --land ${mode} makes of it has no signature; --land merge keeps it`,
    );
