import type { JsonEntry } from './json-entries.ts';

/** A file by which a harness is told to run our hooks, or to start our server. */
export interface HarnessFile {
  /** From the top of a checkout. */
  readonly path: string;
  /**
   * `main`: the harness reads the one of the main checkout in every worktree. `each`: it reads only
   * the one of the worktree it works in.
   */
  readonly place: 'each' | 'main';
  readonly content: HarnessContent;
}

export type HarnessContent =
  | {
      readonly kind: 'json';
      /** The harness reads comments. */
      readonly comments: boolean;
      readonly entries: readonly JsonEntry[];
    }
  /** Lines between marks of ours, at the end of a file whose order does not matter. */
  | {
      readonly kind: 'block';
      readonly lines: readonly string[];
      /** What somebody else's file must not say besides. */
      readonly clash: RegExp;
    }
  /** All of it is ours. */
  | { readonly kind: 'own'; readonly text: string };
