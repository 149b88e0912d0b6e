/** How text is to look: what the terminal can show. Renderers take it as an argument and compute nothing. */
export interface View {
  readonly paint: Paint;
  /** Columns to fill at most. */
  readonly width: number;
  /** Where `findings.md` is for this reader: a directory or a URL, without the trailing slash. */
  readonly documentation: string;
  /** How this reader starts the program: `bailiwick`, `npx bailiwick`, `node <path>`. */
  readonly program: string;
}

/** Meaning, not colour: each wraps a text and gives it back unchanged where colour is off. */
export interface Paint {
  bad(text: string): string;
  good(text: string): string;
  warn(text: string): string;
  strong(text: string): string;
  faint(text: string): string;
  /** Names of agents, branches, paths. */
  name(text: string): string;
}

const same = (text: string): string => text;

export const plainPaint: Paint = {
  bad: same,
  good: same,
  warn: same,
  strong: same,
  faint: same,
  name: same,
};

const sgr =
  (on: number, off: number) =>
  (text: string): string =>
    `\x1b[${on}m${text}\x1b[${off}m`;

/** ECMA-48 select graphic rendition; the 16 basic colours, which every theme keeps readable. */
export const colorPaint: Paint = {
  bad: sgr(31, 39),
  good: sgr(32, 39),
  warn: sgr(33, 39),
  strong: sgr(1, 22),
  faint: sgr(2, 22),
  name: sgr(36, 39),
};

/** A log that people read in a browser, where nobody can run a command at once. */
export const LOG_VIEW: View = {
  paint: plainPaint,
  width: 100,
  documentation: 'docs',
  program: 'bailiwick',
};
