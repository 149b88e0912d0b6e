import type { Severity } from '../../domain/finding.ts';
import { escapeText } from '../escape.ts';
import { describeOperations, type FindingGroup } from '../findings.ts';
import { hintLines } from '../hint.ts';
import type { Paint, View } from '../view.ts';
import { count, number, pad, widest, wrap } from '../words.ts';

/** What is shown of a long answer; the rest is counted. */
const MOST_GROUPS = 8;
const MOST_PATHS = 10;

const HEADINGS: Record<Severity, string | null> = {
  error: null,
  warning: 'Let through, with a warning:',
  notice: 'Let through, for information:',
};

/**
 * The groups of one severity as blocks of lines, one for each group.
 *
 * @param listAll how to see what is cut: `--json lists all`
 */
export function groupBlocks(
  all: readonly FindingGroup[],
  severity: Severity,
  view: View,
  listAll: string,
): string[][] {
  const groups = all.filter((group) => group.severity === severity);
  const blocks = groups.slice(0, MOST_GROUPS).map((group) => groupLines(group, view, listAll));
  const hidden = groups.slice(MOST_GROUPS);
  if (hidden.length > 0) {
    const more = hidden.reduce((sum, group) => sum + group.findings.length, 0);
    const words = `and ${count(more, 'more finding', 'more findings')} in ${count(hidden.length, 'group')}; ${listAll}`;
    blocks.push(wrap(words, view.width).map(view.paint.faint));
  }
  const heading = HEADINGS[severity];
  if (heading !== null && blocks[0]) blocks[0] = [view.paint.strong(heading), ...blocks[0]];
  return blocks;
}

function groupLines(group: FindingGroup, view: View, listAll: string): string[] {
  const { paint, width } = view;
  const lines = [...titleLines(group, view), ...pathLines(group, view)];
  const hidden = group.findings.length - MOST_PATHS;
  if (hidden > 0) lines.push(paint.faint(`  and ${number(hidden)} more; ${listAll}`));
  if (group.rule !== null)
    lines.push(...wrap(`rule: ${escapeText(group.rule)}`, width, '    ', '  ').map(paint.faint));
  if (group.owner.length > 0)
    lines.push(...wrap(`owner: ${group.owner.join(', ')}`, width, '    ', '  ').map(paint.faint));
  if (group.hint !== null) lines.push(...hintLines(group.hint, view, '  '));
  return lines;
}

function titleLines({ code, severity, message }: FindingGroup, { paint, width }: View): string[] {
  if (message === null) return [`${codePaint(paint, severity)(code)}:`];
  const [first, ...rest] = wrap(escapeText(message), width, '  ', `${code}: `);
  return [codePaint(paint, severity)(code) + first!.slice(code.length), ...rest];
}

function codePaint(paint: Paint, severity: Severity): (text: string) => string {
  switch (severity) {
    case 'error':
      return paint.bad;
    case 'warning':
      return paint.warn;
    case 'notice':
      return paint.strong;
  }
}

/** `  modify  src/a.ts`, with the finding's own message below where the group has none. */
function pathLines({ findings, message }: FindingGroup, { paint, width }: View): string[] {
  const shown = findings.slice(0, MOST_PATHS);
  const column = widest(shown.map(describeOperations));
  return shown.flatMap((finding) => {
    const own = message === null ? wrap(escapeText(finding.message), width, '    ') : [];
    if (finding.path === undefined) return own;
    const operation = column > 0 ? `${pad(describeOperations(finding), column)}  ` : '';
    return [`  ${operation}${paint.name(escapeText(finding.path))}`, ...own];
  });
}
