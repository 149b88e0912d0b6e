/**
 * What a fleet has besides worktrees, in the order the page shows it. `tasks`, `phases` and `landings` have their
 * name and place here, and are shown once something gathers them.
 */
export const PANEL_NAMES = [
  'locks',
  'tasks',
  'requests',
  'phases',
  'landings',
  'report',
  'targets',
  'refusals',
] as const;
export type PanelName = (typeof PANEL_NAMES)[number];

/** One table of the fleet. */
export interface PagePanel {
  readonly name: PanelName;
  readonly columns: readonly string[];
  /** A cell for each column; never empty. */
  readonly rows: readonly (readonly PageCell[])[];
}

/** Words, or numbers that are drawn. */
export type PageCell = PageBars | PageShare | string;

/** A bar for each number, the largest full. */
export interface PageBars {
  readonly bars: readonly number[];
  /** The same, for whoever does not see it. */
  readonly words: string;
}

/** One bar, as long as the part is of the whole, and its words beside it. */
export interface PageShare {
  readonly part: number;
  /** More than 0. */
  readonly of: number;
  readonly words: string;
}
