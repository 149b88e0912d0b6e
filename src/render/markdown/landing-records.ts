import type { LandedCommit, LandingRecords } from '../../domain/reports/land.ts';
import { escapeMarkdown, markdownCode } from '../escape.ts';
import { foldingTable } from './folding-table.ts';

/**
 * How the newest commits came to the base.
 *
 * @param page URL of the repository; null for no links
 */
export function landingRecordTable(
  title: string,
  { commits }: LandingRecords,
  page: string | null,
  budget: number,
): string | null {
  const rows = commits.map((one) => [
    commitLink(one, page),
    one.branch === null ? escapeMarkdown(one.subject) : markdownCode(one.branch),
    HOW[one.how](one),
  ]);
  return foldingTable(title, ['Commit', 'What', 'How'], rows, budget);
}

const HOW: Readonly<Record<LandedCommit['how'], (one: LandedCommit) => string>> = {
  outside: () => 'outside of `bailiwick land`',
  receipt: ({ receipt, checked }) =>
    `by \`bailiwick land\`, ${checked === true ? 'validated' : 'without a check'}: receipt ${markdownCode(receipt!)}`,
  trailer: () => 'by `bailiwick land`, as its trailer says and no receipt does',
};

function commitLink({ commit }: LandedCommit, page: string | null): string {
  const short = markdownCode(commit.slice(0, 7));
  return page === null ? short : `[${short}](${page}/commit/${commit})`;
}

/** What the records do not tell. Null where they tell all. */
export function missingReceipts(
  { receipts, problem }: LandingRecords,
  base: string,
): string | null {
  if (problem !== null) return `The receipts of ${base} cannot be read: ${problem}`;
  return receipts === null
    ? `There are no receipts of ${base}: what bailiwick land has landed is told by trailers alone`
    : null;
}
