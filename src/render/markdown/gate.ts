import type { Identity } from '../../domain/identity.ts';
import type { PullRequest } from '../../domain/pull-request.ts';
import type { Report } from '../../domain/report.ts';
import type { GateData } from '../../domain/reports/gate.ts';
import { escapeMarkdown, escapeText, markdownBlock, markdownCode } from '../escape.ts';
import { groupFindings } from '../findings.ts';
import { describePolicy, headline } from '../headline.ts';
import { describeIdentity } from '../identity.ts';
import { remedyOf } from '../remedy.ts';
import { count } from '../words.ts';
import { findingGroup } from './group.ts';
import { landingRecordTable, missingReceipts } from './landing-records.ts';
import { bytes, Page } from './page.ts';

/** GitHub throws a job summary away that is larger than 1 MiB: bytes of one that is not. */
export const SUMMARY_BUDGET = 900_000;
/** Kept free for the line that says what was left out. */
const CLOSING = 200;
/** Subjects and control files named one by one. */
const MOST_ROWS = 20;

const SIGNS = { allowed: '✅', refused: '⛔', undecided: '❔' } as const;

/**
 * The answer of the gate as a job summary: what was judged, whose it is, why it was refused, and
 * what to do.
 *
 * @param documentation URL of the directory of `findings.md`, to link the codes to; null for no links
 * @param budget most UTF-8 bytes; rows that do not fit are counted instead
 */
export function renderGateSummary(
  report: Report<GateData>,
  documentation: string | null,
  budget: number = SUMMARY_BUDGET,
): string {
  const remedy = remedyOf(report);
  const end = remedyBlock(remedy, budget / 4);
  const page = new Page(budget - CLOSING - bytes(end));
  page.add(`## ${SIGNS[report.verdict]} bailiwick: ${escapeMarkdown(headline(report))}`);
  page.add(facts(report));
  for (const block of landedBlocks(report, page.left)) page.add(block);
  if (report.data.control.length > 0) page.add(controlFiles(report.data));
  const groups = groupFindings(report.findings, remedy);
  let hidden = 0;
  for (const [index, group] of groups.entries()) {
    // What one long list does not use is left to the others.
    const block = findingGroup(group, page.left / (groups.length - index), documentation);
    if (block === null || !page.add(block)) hidden += group.findings.length;
  }
  const rest = hidden > 0 ? `and ${count(hidden, 'more finding')}; the report lists all\n\n` : '';
  return `${page.toString()}${rest}${end}`;
}

function facts({ data, policy }: Report<GateData>): string {
  const { pullRequests, subjects, notices } = data;
  const rows = [
    ...limited(pullRequests.map(described)),
    ...limited(
      subjects.map(
        ({ description, changes, identity }) =>
          `- judged: ${escapeMarkdown(description)} (${count(changes, 'path')}), as ${escapeMarkdown(describeIdentity(identity))}`,
      ),
    ),
    `- policy: ${markdownCode(describePolicy(policy))}`,
    ...[...new Set(subjects.flatMap(({ identity }) => trust(identity)))].map(
      (words) => `- ${escapeMarkdown(words)}`,
    ),
    ...notices.map((notice) => `- note: ${escapeMarkdown(notice)}`),
  ];
  return rows.join('\n');
}

/** How what landed came to the base. */
function landedBlocks({ data: { landings } }: Report<GateData>, budget: number): string[] {
  if (landings === null) return [];
  const missing = missingReceipts(landings, 'the base');
  return [
    landingRecordTable('How it landed', landings, null, budget / 2) ?? [],
    missing === null ? [] : `<sub>${escapeMarkdown(missing)}</sub>`,
  ].flat();
}

const described = ({ number, title, author, own }: PullRequest): string =>
  `- pull request: #${number} ${escapeMarkdown(title)}, opened by ${markdownCode(author.login)}` +
  (own ? '' : ' from a fork');

/** How far the identity can be trusted, where that leaves something to be done. */
function trust(identity: Identity): string[] {
  if (identity.kind !== 'agent' || identity.strength === 'verified') return [];
  const { agent } = identity;
  return [
    `weak identity: only the branch name says ${agent}. To have it proven, list the accounts of ${agent} in agents.${agent}.actors of ownership.yml`,
  ];
}

function controlFiles({ control }: GateData): string {
  const rows = limited(control.map((path) => `- ${markdownCode(path)}`));
  const words = `### Control files changed\n\nThese steer the guard, git or an agent, so a person should read their changes, whoever made them. The policy of the base judged them.`;
  return `${words}\n\n${rows.join('\n')}`;
}

const limited = (rows: readonly string[]): string[] =>
  rows.length <= MOST_ROWS
    ? [...rows]
    : [...rows.slice(0, MOST_ROWS), `- and ${count(rows.length - MOST_ROWS, 'more', 'more')}`];

function remedyBlock(remedy: ReturnType<typeof remedyOf>, most: number): string {
  if (remedy === null) return '';
  const command = markdownBlock(escapeText(remedy.command), 'sh');
  const block = `### What to do\n\nTo ${escapeMarkdown(remedy.aim)}, run on the branch and push:\n\n${command}\n`;
  return bytes(block) > most ? '' : block;
}
