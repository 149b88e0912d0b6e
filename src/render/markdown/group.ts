import type { Finding } from '../../domain/finding.ts';
import { escapeMarkdown, markdownCode } from '../escape.ts';
import { describeOperations, type FindingGroup } from '../findings.ts';
import { hintMarkdown } from '../hint.ts';
import { count, list, number } from '../words.ts';
import { bytes } from './page.ts';

/** Lists longer than this are folded away until they are asked for. */
const MOST_OPEN_ROWS = 10;
/** Room for the tags that fold a list, and for the line that counts its rest. */
const FRAME = 120;

/** One group of findings within a number of bytes; null when not even its first row fits. */
export function findingGroup(
  group: FindingGroup,
  budget: number,
  documentation: string | null,
): string | null {
  const top = title(group, documentation);
  const bottom = facts(group);
  const rows = rowsWithin(group, budget - bytes(top) - bytes(bottom) - FRAME);
  if (rows === null) return null;
  return [top, folded(rows, group.findings.length), bottom]
    .filter((block) => block !== '')
    .join('\n\n');
}

function title({ code, severity, message }: FindingGroup, documentation: string | null): string {
  const name = markdownCode(code);
  const linked = documentation === null ? name : `[${name}](${documentation}/findings.md#${code})`;
  const kind = severity === 'error' ? '' : ` (${severity})`;
  return `### ${linked}${kind}${message === null ? '' : `: ${escapeMarkdown(message)}`}`;
}

/** As many rows as fit; null when there are some and none does. */
function rowsWithin({ findings, message }: FindingGroup, budget: number): string[] | null {
  const rows: string[] = [];
  let left = budget;
  for (const finding of findings) {
    const text = row(finding, message === null);
    if (text === null) continue;
    left -= bytes(text) + 1;
    if (left < 0) return rows.length > 0 ? rows : null;
    rows.push(text);
  }
  return left < 0 ? null : rows;
}

function row(finding: Finding, own: boolean): string | null {
  const said = own ? escapeMarkdown(finding.message) : '';
  if (finding.path === undefined) return own ? `- ${said}` : null;
  const operation = describeOperations(finding);
  const about = `${operation === '' ? '' : `${operation} `}${markdownCode(finding.path)}`;
  return `- ${about}${own ? `: ${said}` : ''}`;
}

function folded(rows: readonly string[], all: number): string {
  const hidden = rows.length > 0 ? all - rows.length : 0;
  const text = [...rows, ...(hidden > 0 ? [`- and ${number(hidden)} more`] : [])].join('\n');
  if (rows.length <= MOST_OPEN_ROWS) return text;
  return `<details><summary>${count(all, 'path')}</summary>\n\n${text}\n\n</details>`;
}

function facts({ rule, owner, hint }: FindingGroup): string {
  const lines: string[] = [];
  if (rule !== null) lines.push(`rule: ${markdownCode(rule)}`);
  if (owner.length > 0) lines.push(`owner: ${list(owner.map(markdownCode))}`);
  if (hint !== null) {
    lines.push(hintMarkdown(hint));
  }
  return lines.join('  \n');
}
