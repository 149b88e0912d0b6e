/** How a branch lands on the base. It changes which branches conflict, so it is an input. */
export const LANDING_MODES = ['merge', 'rebase', 'squash'] as const;
export type LandingMode = (typeof LANDING_MODES)[number];

/**
 * Whose rules decide what conflicts: git's own, or those of GitHub's merge button, which never
 * guesses that a directory was renamed.
 */
export const MERGE_RULES = ['git', 'github'] as const;
export type MergeRules = (typeof MERGE_RULES)[number];

/** How close two branches are, weakest first: a shared path, touching lines, a failed merge. */
export const OVERLAP_LEVELS = ['file', 'near', 'conflict'] as const;
export type OverlapLevel = (typeof OVERLAP_LEVELS)[number];
