import type { Dispute } from '../../domain/reports/page.ts';

/** The labels are the oids that were merged; no text a person writes looks like this. */
const BEGIN = /^(<{7,}) [0-9a-f]{40,64}/;

/** What is kept of a file, a place and a line: enough to see what it is about. */
const MOST_DISPUTES = 6;
const MOST_LINES = 14;
const MOST_CHARACTERS = 180;

/**
 * What git could not put together, from the file it leaves with conflict markers in it:
 * `<<<<<<< <oid>`, the lines of ours, `=======`, those of theirs, `>>>>>>> <oid>`.
 */
export function disputesIn(text: string): {
  readonly disputes: readonly Dispute[];
  readonly more: number;
} {
  const lines = text.split('\n');
  const disputes: Dispute[] = [];
  let more = 0;
  for (let at = 0; at < lines.length; at += 1) {
    const size = BEGIN.exec(lines[at]!)?.[1]!.length;
    if (size === undefined) continue;
    const middle = lines.findIndex((line, index) => index > at && line === '='.repeat(size));
    const close = `${'>'.repeat(size)} `;
    const end = lines.findIndex((line, index) => index > middle && line.startsWith(close));
    if (middle < 0 || end < 0) break;
    if (disputes.length < MOST_DISPUTES)
      disputes.push(dispute(lines.slice(at + 1, middle), lines.slice(middle + 1, end)));
    else more += 1;
    at = end;
  }
  return { disputes, more };
}

function dispute(ours: readonly string[], theirs: readonly string[]): Dispute {
  const over = (lines: readonly string[]): number => Math.max(0, lines.length - MOST_LINES);
  return { ours: cut(ours), theirs: cut(theirs), more: over(ours) + over(theirs) };
}

const cut = (lines: readonly string[]): string[] =>
  lines
    .slice(0, MOST_LINES)
    .map((line) => line.replace(/\r$/, ''))
    .map((line) =>
      line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS - 1)}…` : line,
    );
