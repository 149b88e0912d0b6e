import type { OverlapLevel } from '../../domain/landing.ts';
import type { OverlapPair } from '../../domain/reports/overlap.ts';
import { escapeText } from '../escape.ts';
import type { Paint, View } from '../view.ts';
import { columns, pad, widest, wrap } from '../words.ts';

const SIGNS: Readonly<Record<OverlapLevel, string>> = { file: 'f', near: 'n', conflict: 'X' };
const NOTHING = '.';

/**
 * Who meets whom, as the lower half of a square; null when it does not fit the terminal. Branches that
 * meet nobody are left out.
 */
export function overlapMatrix(pairs: readonly OverlapPair[], view: View): string[] | null {
  const refs = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))].sort();
  const levels = new Map(pairs.map(({ a, b, level }) => [`${a} ${b}`, level]));
  const names = refs.map(escapeText);
  const cell = String(refs.length).length + 1;
  const left = 2 + cell + 1 + widest(names) + 1;
  if (refs.length < 2 || left + cell * (refs.length - 1) > view.width) return null;
  const rows = refs.map((ref, row) => {
    const head = `${String(row + 1).padStart(cell + 1)}  ${view.paint.name(names[row]!)}`;
    const fill = ' '.repeat(widest(names) - columns(names[row]!) + 1);
    const cells = refs.slice(0, row).map((other) => {
      const level = levels.get(`${other} ${ref}`);
      const sign = level ? SIGNS[level] : NOTHING;
      return ' '.repeat(cell - 1) + painted(sign, level, view.paint);
    });
    return `${head}${fill}${cells.join('')}`.trimEnd();
  });
  const numbers = refs.slice(0, -1).map((_, at) => String(at + 1).padStart(cell));
  return [...rows, pad('', left) + numbers.join(''), ...legend(view)];
}

function painted(sign: string, level: OverlapLevel | undefined, paint: Paint): string {
  switch (level) {
    case 'conflict':
      return paint.bad(sign);
    case 'near':
      return paint.warn(sign);
    case 'file':
      return sign;
    case undefined:
      return paint.faint(sign);
  }
}

const legend = ({ paint, width }: View): string[] => {
  const words = `${SIGNS.conflict} conflict, ${SIGNS.near} touching lines, ${SIGNS.file} same file`;
  return wrap(words, width, '    ').map(paint.faint);
};
