import { escapeText } from '../escape.ts';
import type { View } from '../view.ts';
import { wrap } from '../words.ts';

/** `  until   2026-03-01T14:00:00Z (in 2h)`, wrapped below itself. */
export function fact(label: string, words: string, { paint, width }: View): string[] {
  const [first, ...rest] = wrap(escapeText(words), width, ' '.repeat(10), `  ${label.padEnd(8)}`);
  return [first!.replace(label, paint.faint(label)), ...rest];
}
