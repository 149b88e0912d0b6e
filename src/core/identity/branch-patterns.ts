import type { Ownership } from '../../domain/ownership.ts';

/**
 * What refs of agents look like, as patterns of a shell: every branch of an agent is like one of them, and
 * some that are nobody's are, too.
 */
export const branchPatterns = ({ identify }: Ownership): string[] => [
  ...new Set(
    identify.branches.map(
      ({ text }) =>
        `refs/heads/${text.replace(/\{[^{}]*\}/g, '*').replace(/[^A-Za-z0-9._/@+=*-]/g, '?')}`,
    ),
  ),
];
