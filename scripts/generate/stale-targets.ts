import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Target } from './target.ts';

/** Those that are not in the checkout as the source says, whole or at all. */
export const staleTargets = (targets: readonly Target[], checkout: string): Target[] =>
  targets.filter(({ path, content }) => read(join(checkout, path)) !== content);

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
