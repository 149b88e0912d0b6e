import { fileURLToPath } from 'node:url';

/** The top of this checkout. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** A file that is made from the source. */
export interface Target {
  /** Relative to the top of the checkout. */
  readonly path: string;
  readonly content: string;
}
