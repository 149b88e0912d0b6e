import type { BoardData, BoardEntry } from '../../domain/reports/board.ts';
import type { OrderEntry } from '../../domain/reports/order.ts';
import type { OverlapBranch, OverlapPair } from '../../domain/reports/overlap.ts';
import { markdownCode } from '../escape.ts';
import { conflictPlaces } from '../overlap-words.ts';
import { count, list } from '../words.ts';
import { BranchNames } from './branch-names.ts';
import { adviceFor, adviceForStale, type UpToDate } from './advice.ts';
import { foldedPairs, nearPaths, nearPlaces } from './folded-pairs.ts';
import { foldingTable } from './folding-table.ts';
import { Page } from './page.ts';
import { byNumber, isMechanical, isSerious } from './pair-key.ts';
import { partnersOf } from './who-pays.ts';

/** GitHub takes no comment of more than 65,536 characters. */
const BUDGET = 60_000;
const CLOSING = 1000;
const MOST_PLACES = 4;

/**
 * What somebody has to do about a pull request, in words that stay the same as long as the facts do; null
 * when there is nothing to be done: it lands as it is, or the others give way. Conflicts that a command
 * solves, as in lockfiles, are on the board and not worth a comment.
 *
 * @param page URL of the repository
 */
export function renderComment(data: BoardData, entry: BoardEntry, page: string): string | null {
  const names = new BranchNames(data.entries, page);
  const { ref, pullRequest } = entry;
  const branch = data.overlap.branches.find((each) => each.ref === ref);
  const own = data.overlap.pairs.filter(({ a, b }) => a === ref || b === ref);
  const task = branch && pullRequest && taskOf(data, branch, own, names);
  if (!branch || !pullRequest || !task) return null;
  const pairs = byNumber(own, names);
  const base = names.base(data.overlap.base.ref);
  const how = { pullRequest, base, land: data.landing, page };
  const text = new Page(BUDGET);
  text.add(`### ${titleOf(task, base, names)}`);
  if (task.kind === 'stale') text.add(`It conflicts with it in ${places(branch.conflicts)}.`);
  const rows = pairs
    .filter(isSerious)
    .map((pair) => [
      names.full(other(pair, ref)),
      places(pair.conflicts.filter(({ mechanical }) => !mechanical)),
    ]);
  const met = foldingTable('Where', ['With', 'Where'], rows, text.left - CLOSING);
  if (met !== null) text.add(met.replace(/^### .*\n\n/, ''));
  text.add(adviceOf(task, how, names));
  const near = pairs.filter(({ level }) => level === 'near');
  const title = 'Close to others, without a conflict';
  const also = { title, pairs: near, places: nearPlaces, paths: nearPaths };
  const folded = foldedPairs(also, names, text.left - CLOSING);
  if (folded !== null) text.add(folded);
  text.add(FOOTER);
  return text.toString().trimEnd();
}

/** What there is to do, the most pressing first. */
type Task =
  | { readonly kind: 'stale' }
  | { readonly kind: 'twin'; readonly of: string }
  | { readonly kind: 'wait'; readonly place: OrderEntry; readonly partners: readonly string[] }
  /** Nothing says who goes first. */
  | { readonly kind: 'meet'; readonly partners: readonly string[] };

function taskOf(
  { order }: BoardData,
  { ref, base }: OverlapBranch,
  own: readonly OverlapPair[],
  names: BranchNames,
): Task | null {
  if (base === 'conflict') return { kind: 'stale' };
  const serious = byNumber(own.filter(isSerious), names).map((pair) => other(pair, ref));
  if (order === null) return serious.length > 0 ? { kind: 'meet', partners: serious } : null;
  const place = order.order.find((each) => each.ref === ref);
  if (place && hasToWait(place, own)) return { kind: 'wait', place, partners: serious };
  const twin = own
    .filter(({ identical }) => identical)
    .map((pair) => other(pair, ref))
    .find((each) => names.compare(each, ref) < 0);
  return twin === undefined ? null : { kind: 'twin', of: twin };
}

/** Whether it is this one that gives way, and a thought has to go into it. */
function hasToWait({ conflicts, waits }: OrderEntry, own: readonly OverlapPair[]): boolean {
  const met = conflicts.filter(({ mechanical }) => !mechanical);
  if (met.length > 0) return true;
  const mechanical = new Set(own.filter(isMechanical).flatMap(({ a, b }) => [a, b]));
  return waits.some(
    ({ why, ref }) => (why === 'conflict' || why === 'combination') && !mechanical.has(ref),
  );
}

/** What replaces a comment that no longer holds. */
export const CLEARED =
  '### ✅ This pull request no longer collides with anything\n\n<sub>Kept up to date by bailiwick.</sub>';

/** What replaces a comment on a pull request that has landed or was closed. */
export const CLOSED =
  '### ✅ This pull request is no longer open\n\nWhat stood here about other pull requests is over.\n\n<sub>Kept up to date by bailiwick.</sub>';

const FOOTER = '<sub>Kept up to date by bailiwick; it will say here when this is resolved.</sub>';

const other = ({ a, b }: OverlapPair, ref: string): string => (a === ref ? b : a);

const places = (conflicts: OverlapPair['conflicts']): string =>
  list(conflictPlaces(conflicts).map(markdownCode), MOST_PLACES) || 'git does not say where';

function titleOf(task: Task, base: string, names: BranchNames): string {
  switch (task.kind) {
    case 'stale':
      return `⚠️ This pull request no longer merges into ${markdownCode(base)}`;
    case 'twin':
      return `⚠️ This pull request makes the same change as ${names.link(task.of)}`;
    case 'meet':
      return cannotAllLand(task.partners, names);
    case 'wait':
      if (task.place.outcome === 'clean')
        return `⚠️ This pull request is to land after ${partnersOf(task.place, names)}`;
      return task.partners.length === 0
        ? '⚠️ This pull request cannot land together with others'
        : cannotAllLand(task.partners, names);
  }
}

function cannotAllLand(partners: readonly string[], names: BranchNames): string {
  const [first, ...more] = partners as [string, ...string[]];
  const rest = more.length > 0 ? ` and ${count(more.length, 'other', 'others')}` : '';
  const all = more.length > 0 ? 'all' : 'both';
  return `⚠️ This pull request and ${names.link(first)}${rest} cannot ${all} land as they are`;
}

function adviceOf(task: Task, how: UpToDate, names: BranchNames): string {
  switch (task.kind) {
    case 'stale':
      return adviceForStale(how);
    case 'twin':
      return `**What to do:** close one of the two: once one has landed, the other adds nothing.`;
    case 'meet':
      return '**What to do:** agree who goes first; the board says why there is no order.';
    case 'wait':
      return adviceFor(task.place, how, names);
  }
}
