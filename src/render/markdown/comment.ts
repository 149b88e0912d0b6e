import { shellQuote } from '../../domain/text/quote.ts';
import type { BoardData, BoardEntry } from '../../domain/reports/board.ts';
import type { OrderEntry } from '../../domain/reports/order.ts';
import type { OverlapBranch, OverlapPair } from '../../domain/reports/overlap.ts';
import { markdownBlock, markdownCode } from '../escape.ts';
import { conflictPlaces } from '../overlap-words.ts';
import { count, list } from '../words.ts';
import { BranchNames } from './branch-names.ts';
import { foldedPairs, nearPlaces } from './folded-pairs.ts';
import { Page } from './page.ts';
import { byNumber, isSerious } from './pair-key.ts';
import { table } from './table.ts';

/** GitHub takes no comment of more than 65,536 characters. */
const BUDGET = 60_000;
const CLOSING = 1000;
const MOST_PLACES = 4;

/**
 * What a pull request should know about its neighbours, in words that stay the same as long as the
 * facts do; null when there is nothing that anyone has to do something about. Conflicts that a
 * command solves, as in lockfiles, are on the board and not worth a comment.
 *
 * @param page URL of the repository
 */
export function renderComment(data: BoardData, entry: BoardEntry, page: string): string | null {
  const names = new BranchNames(data.entries, page);
  const { ref } = entry;
  const branch = data.overlap.branches.find((each) => each.ref === ref);
  const place = data.order?.order.find((each) => each.ref === ref);
  const own = data.overlap.pairs.filter(({ a, b }) => a === ref || b === ref);
  const pairs = byNumber(own, names);
  const conflicts = pairs.filter(isSerious);
  const combined = place?.conflicts.filter(({ together }) => together.length > 0) ?? [];
  const stale = branch?.base === 'conflict';
  if (!branch || (!stale && conflicts.length === 0 && combined.length === 0)) return null;
  const text = new Page(BUDGET);
  const base = data.overlap.base.ref.replace(/^origin\//, '');
  text.add(`### ${title(ref, stale, base, conflicts, names)}`);
  if (stale) text.add(`It conflicts with it in ${places(branch.conflicts)}.`);
  const rows = conflicts.map((pair) => [
    names.full(other(pair, ref)),
    places(pair.conflicts.filter(({ mechanical }) => !mechanical)),
  ]);
  const met = table('Where', ['With', 'Where'], rows, text.left - CLOSING);
  if (met !== null) text.add(met.replace(/^### .*\n\n/, ''));
  text.add(advice(branch, place, base, names));
  const near = pairs.filter(({ level }) => level === 'near');
  const also = { title: 'Close to others, without a conflict', pairs: near, places: nearPlaces };
  const folded = foldedPairs(also, names, text.left - CLOSING);
  if (folded !== null) text.add(folded);
  text.add(FOOTER);
  return text.toString().trimEnd();
}

/** What replaces a comment that no longer holds. */
export const CLEARED =
  '### ✅ This pull request no longer collides with anything\n\n<sub>Kept up to date by bailiwick.</sub>';

const FOOTER = '<sub>Kept up to date by bailiwick; it will say here when this is resolved.</sub>';

const other = ({ a, b }: OverlapPair, ref: string): string => (a === ref ? b : a);

const places = (conflicts: OverlapPair['conflicts']): string =>
  list(conflictPlaces(conflicts).map(markdownCode), MOST_PLACES) || 'git does not say where';

function title(
  ref: string,
  stale: boolean,
  base: string,
  conflicts: readonly OverlapPair[],
  names: BranchNames,
): string {
  if (stale) return `⚠️ This pull request no longer merges into ${markdownCode(base)}`;
  const [first, ...more] = conflicts;
  if (!first) return '⚠️ This pull request cannot land together with others';
  const rest = more.length > 0 ? ` and ${count(more.length, 'other', 'others')}` : '';
  const all = more.length > 0 ? 'all' : 'both';
  return `⚠️ This pull request and ${names.link(other(first, ref))}${rest} cannot ${all} land as they are`;
}

function advice(
  branch: OverlapBranch,
  place: OrderEntry | undefined,
  base: string,
  names: BranchNames,
): string {
  if (branch.base === 'conflict')
    return `**What to do:** bring it up to date, on this branch:\n\n${markdownBlock(`git fetch origin && git merge ${shellQuote(`origin/${base}`)}`, 'sh')}`;
  if (!place) return '';
  const why = names.sentence(place.reason.slice(place.reason.indexOf(': ') + 2));
  const refs = place.waits.map((wait) => wait.ref).sort((a, b) => names.compare(a, b));
  const before = list(
    refs.map((each) => names.link(each)),
    MOST_PLACES,
  );
  if (place.outcome === 'clean' && before === '')
    return `**What to do:** nothing here. In the cheapest order this one lands first: ${why}.`;
  if (place.outcome === 'clean')
    return `**What to do:** land ${before} first; this one then needs no change: ${why}.`;
  return (
    `**What to do:** in the cheapest order ${before} ${place.waits.length > 1 ? 'land' : 'lands'} first, and this one is then ` +
    `reworked (${count(place.cost.lines, 'line')}): ${why}.`
  );
}
