/** How a branch lands on the base. It changes which branches conflict, so it is an input. */
export const LANDING_MODES = ['merge', 'rebase', 'squash'] as const;
export type LandingMode = (typeof LANDING_MODES)[number];

/**
 * Whose rules decide what conflicts: git's own, or those of GitHub's merge button, which never
 * guesses that a directory was renamed and knows no `.gitattributes`.
 */
export const MERGE_RULES = ['git', 'github'] as const;
export type MergeRules = (typeof MERGE_RULES)[number];

/** How close two branches are, weakest first: a shared path, touching lines, a failed merge. */
export const OVERLAP_LEVELS = ['file', 'near', 'conflict'] as const;
export type OverlapLevel = (typeof OVERLAP_LEVELS)[number];

/** `later` lands after `earlier`; each is an agent, for all of its branches, or a branch. */
export interface Precedence {
  readonly earlier: string;
  readonly later: string;
}

/** `a3:a1`: a3 lands after a1. No name of an agent or branch holds a colon. Null for anything else. */
export function parsePrecedence(text: string): Precedence | null {
  const [later, earlier, ...more] = text.split(':');
  if (!later || !earlier || more.length > 0 || later === earlier) return null;
  return { earlier, later };
}

/** What `report` shows its figures beside. Null: nothing is aimed at. */
export interface Targets {
  /** Landings of an agent a day, at least. */
  readonly landings: number | null;
  /** Conflicts a week, at most. */
  readonly conflicts: number | null;
  /** Percent of what was tried that lands, at least. */
  readonly integration: number | null;
}

/** What holds for every landing. */
export interface LandTerms {
  /** Commands that must pass on the base with what lands on it, besides those of the agents. */
  readonly validate: readonly string[];
  /** Commands that must pass on the base once a landing is over. */
  readonly after: readonly string[];
  /** Milliseconds that each command may take. */
  readonly timeout: number;
}
