import type { Report } from '../../domain/report.ts';
import type { CheckData } from '../../domain/reports/check.ts';
import { escapeText } from '../escape.ts';
import { describePolicy } from '../headline.ts';
import { describeIdentity } from '../identity.ts';
import type { View } from '../view.ts';
import { count, pad, wrap } from '../words.ts';

/** Refs of one push that are described; the others are counted. */
const MOST_SUBJECTS = 5;

/** What was judged, for whom, by which policy: what a reader must agree with before the verdict. */
export function judgedLines({ data, policy }: Report<CheckData>, view: View): string[] {
  const lines: string[] = [];
  let last: string | null = null;
  for (const subject of data.subjects.slice(0, MOST_SUBJECTS)) {
    lines.push(
      ...fact('judged', `${subject.description} (${count(subject.changes, 'path')})`, view),
    );
    const who = describeIdentity(subject.identity);
    if (who !== last) lines.push(...fact('agent', who, view));
    last = who;
  }
  const hidden = data.subjects.length - MOST_SUBJECTS;
  if (hidden > 0) lines.push(...fact('judged', `and ${hidden} more`, view));
  if (data.worktree !== null) lines.push(...fact('in', data.worktree, view));
  lines.push(...fact('policy', describePolicy(policy), view));
  return lines;
}

/** `  agent:  a2, from branch feat/a2/x (asserted)`, the label faint. */
export function fact(label: string, value: string, { paint, width }: View): string[] {
  const labelled = `${pad(`  ${label}:`, LABEL_COLUMNS - 1)} `;
  const [first, ...rest] = wrap(escapeText(value), width, ' '.repeat(LABEL_COLUMNS), labelled);
  return [paint.faint(labelled) + first!.slice(labelled.length), ...rest];
}

const LABEL_COLUMNS = '  judged:  '.length;
