import type { Token } from './syntax.ts';

/** A token, or what separates tokens: slashes and the parts of braces. */
export type Piece = Token | Slash | { readonly kind: 'close' | 'comma' | 'open' };

export interface Slash {
  readonly kind: 'slash';
}

/** One piece and where the next begins. */
export interface ScanStep {
  readonly piece: Piece;
  readonly next: number;
}
