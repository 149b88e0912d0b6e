import type { ShellWord } from './shell-words.ts';

/** What one simple command does to files, as far as its words say. */
export interface WrittenFiles {
  readonly files: readonly ShellWord[];
  /** Commands that it hands to another shell. */
  readonly scripts: readonly ShellWord[];
  /** It runs what stands in its here-document. */
  readonly readsScript: boolean;
  /** It reads a patch from its input or its words. */
  readonly readsPatch: boolean;
  /** Where the shell stands afterwards; null when it does not move. */
  readonly goesTo: ShellWord | null;
}

export const NOTHING_WRITTEN: WrittenFiles = {
  files: [],
  scripts: [],
  readsScript: false,
  readsPatch: false,
  goesTo: null,
};
