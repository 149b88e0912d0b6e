/** One thing the demo tried, and what git answered. */
export interface DemoScene {
  readonly title: string;
  /** The directory it happened in, relative to the demo's own. */
  readonly worktree: string;
  /** The commands of the scene, one a line. */
  readonly commands: readonly string[];
  /** What git printed, hooks included. */
  readonly output: string;
  /** Exit code of the last command. */
  readonly exit: number;
  readonly expected: 'blocked' | 'passes';
}

/** What the demo asked once the commits were made, and the answer. */
export interface DemoAnswer {
  readonly title: string;
  /** As it is typed in the main checkout. */
  readonly command: string;
  /** What was printed. */
  readonly output: string;
  /** Null when it did not run to its end. */
  readonly exit: number | null;
}

/** `data` of `demo`. */
export interface DemoData {
  /** Where the scratch repository stays, absolute. */
  readonly directory: string;
  readonly scenes: readonly DemoScene[];
  readonly answers: readonly DemoAnswer[];
}
