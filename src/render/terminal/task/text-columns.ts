import { pad, widest } from '../../words.ts';

/** Rows of plain text under each other, two spaces between columns, nothing at the end of a line. */
export function textColumns(rows: readonly (readonly string[])[]): string[] {
  const most = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: most }, (_, at) => widest(rows.map((row) => row[at] ?? '')));
  return rows.map((row) =>
    row
      .map((cell, at) => pad(cell, widths[at]!))
      .join('  ')
      .trimEnd(),
  );
}
