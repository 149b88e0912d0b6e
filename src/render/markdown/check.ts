import type { Report } from '../../domain/report.ts';
import type { CheckData } from '../../domain/reports/check.ts';
import { escapeMarkdown, escapeText, markdownBlock, markdownCode } from '../escape.ts';
import { groupFindings } from '../findings.ts';
import { describePolicy, headline } from '../headline.ts';
import { describeIdentity } from '../identity.ts';
import { type Remedy, remedyOf } from '../remedy.ts';
import { count } from '../words.ts';
import { findingGroup } from './group.ts';
import { bytes, Page } from './page.ts';

/** Below the 65,536 characters of a comment, with room for what the Action adds around it. */
const COMMENT_BUDGET = 60_000;
/** Kept free for the line that says what was left out. */
const CLOSING = 120;

/**
 * The answer of `check` for a pull request's summary or comment.
 *
 * @param budget most UTF-8 bytes; rows that do not fit are counted instead
 * @param documentation URL of the directory of `findings.md`, to link the codes to; null for no links
 */
export function renderCheckMarkdown(
  report: Report<CheckData>,
  budget: number = COMMENT_BUDGET,
  documentation: string | null = null,
): string {
  const remedy = remedyOf(report);
  const end = remedy && remedyBlock(remedy, budget / 4);
  const page = new Page(budget - CLOSING - (end === null ? 0 : bytes(end) + 2));
  page.add(`## bailiwick: ${escapeMarkdown(headline(report))}`);
  page.add(judged(report));
  for (const notice of report.data.notices) page.add(`> ${escapeMarkdown(notice)}`);
  const groups = groupFindings(report.findings, remedy);
  let hidden = 0;
  for (const [index, group] of groups.entries()) {
    // What one long list does not use is left to the others.
    const block = findingGroup(group, page.left / (groups.length - index), documentation);
    if (block === null || !page.add(block)) hidden += group.findings.length;
  }
  const closing = hidden > 0 ? `and ${count(hidden, 'more finding', 'more findings')}\n\n` : '';
  return `${page.toString()}${closing}${end === null ? '' : `${end}\n\n`}`.replace(/\n+$/, '\n');
}

function judged({ data, policy }: Report<CheckData>): string {
  const subjects = data.subjects.map(
    ({ description, changes, identity }) =>
      `- judged: ${escapeMarkdown(description)} (${count(changes, 'path')}), agent: ${escapeMarkdown(describeIdentity(identity))}`,
  );
  return [...subjects.slice(0, 5), `- policy: ${markdownCode(describePolicy(policy))}`].join('\n');
}

function remedyBlock({ aim, command }: Remedy, most: number): string | null {
  const block = `To ${escapeMarkdown(aim)}, run:\n\n${markdownBlock(escapeText(command), 'sh')}`;
  return bytes(block) > most ? null : block;
}
