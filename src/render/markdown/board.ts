import type { Report } from '../../domain/report.ts';
import type { BoardData } from '../../domain/reports/board.ts';
import type { OverlapPair } from '../../domain/reports/overlap.ts';
import { escapeMarkdown, markdownCode } from '../escape.ts';
import { effort } from '../overlap-words.ts';
import { count, list, number } from '../words.ts';
import { boardChanges, controlChanges } from './board/board-changes.ts';
import { boardVerdict } from './board/board-verdict.ts';
import { draftList } from './board/draft-list.ts';
import { landCommand, landNowLine } from './board/land-now.ts';
import { landedLast } from './board/landed-last.ts';
import { requestTable } from './board/request-table.ts';
import { sameChanges } from './board/same-changes.ts';
import { silentBreaks } from './board/silent-breaks.ts';
import { staleBranches } from './board/stale-branches.ts';
import { heldBack, waitingWaves } from './board/waiting-waves.ts';
import { BranchNames } from './branch-names.ts';
import { conflictTable } from './by-file.ts';
import { waitDiagram } from './diagram.ts';
import { type FoldedPairs, foldedPairs, nearPaths, nearPlaces } from './folded-pairs.ts';
import { SUMMARY_BUDGET } from './gate.ts';
import { conflictMatrix } from './matrix.ts';
import { bytes, Page } from './page.ts';
import { byNumber, isMechanical, isSerious } from './pair-key.ts';

/** Kept free for what is always said at the end. */
const CLOSING = 2000;
const MOST_NAMES = 30;

const MECHANICAL: Omit<FoldedPairs, 'pairs'> = {
  title: 'Conflicts only in lockfiles and the like, which a command makes again',
  places: ({ conflicts }) => conflicts.map(({ path }) => path),
  paths: ({ conflicts }) => conflicts.map(({ path }) => path),
};
const NEAR: Omit<FoldedPairs, 'pairs'> = {
  title: 'Lines that touch, and do not conflict',
  places: nearPlaces,
  paths: nearPaths,
};
const SAME_FILE: Omit<FoldedPairs, 'pairs'> = {
  title: 'Same file, no conflict',
  places: ({ paths }) => paths,
  paths: ({ paths }) => paths,
};

/**
 * The board as a job summary: what can land now, then what waits for what, then what no longer merges;
 * below that who collides with whom and where, and what else is worth knowing.
 *
 * @param page URL of the repository
 * @param notes what happened besides, each a sentence: comments that could not be written
 * @param budget most UTF-8 bytes; rows that do not fit are counted instead
 */
export function renderBoardSummary(
  { data, policy }: Report<BoardData>,
  page: string,
  notes: readonly string[] = [],
  budget: number = SUMMARY_BUDGET,
): string {
  const names = new BranchNames(data.entries, page);
  const text = new Page(budget);
  const room = (): number => text.left - CLOSING;
  const pairs = byNumber(data.overlap.pairs, names);
  for (const line of landNowLine(data, names)) text.add(line);
  text.add(`**${escapeMarkdown(boardVerdict(data))}**`);
  // Without a policy nobody lands by it.
  const command = policy === null ? null : landCommand(data, names);
  if (command !== null) text.add(command);
  const warning = incomplete(data);
  if (warning !== null) text.add(warning);
  const at = (level: string): OverlapPair[] =>
    pairs.filter((pair) => pair.level === level && !pair.identical);
  const fold = (folded: FoldedPairs) => foldedPairs(folded, names, room());
  const sections: (() => readonly (string | null)[])[] = [
    () => waitingWaves(data, names, room()),
    () => [heldBack(data, names, room())],
    () => staleBranches(data, names, room()),
    () => [silentBreaks(data, names, room())],
    () => [draftList(data, names, room())],
    () => [requestTable(data, room())],
    () => [sameChanges(data, names)],
    () => [diagram(data, names)],
    () => [conflictMatrix(pairs, names)],
    () => [conflictTable(pairs.filter(isSerious), names, room())],
    () => [fold({ ...MECHANICAL, pairs: pairs.filter(isMechanical) })],
    () => [data.changes && boardChanges(data.changes, names)],
    () => [controlChanges(data, names, room())],
    () => [fold({ ...NEAR, pairs: at('near') })],
    () => [fold({ ...SAME_FILE, pairs: at('file') })],
    () => landedLast(data, names, page, room()),
    () => [elsewhere(data)],
  ];
  for (const section of sections)
    for (const block of section()) if (block !== null && bytes(block) < room()) text.add(block);
  for (const note of notes) text.add(`> ${escapeMarkdown(note)}`);
  text.add(
    `<sub>${count(data.overlap.branches.length, 'branch', 'branches')} onto ${base(data, names)}; ${escapeMarkdown(`${count(data.overlap.stats.candidates, 'pair')} of ${number(data.overlap.stats.pairs)} looked into; ${effort(data.overlap)}; judged as GitHub merges.`)}</sub>`,
  );
  return text.toString();
}

const base = ({ overlap }: BoardData, names: BranchNames): string =>
  `${markdownCode(names.base(overlap.base.ref))} at ${markdownCode(overlap.base.oid.slice(0, 7))}`;

function incomplete({ incomplete: reasons, problem }: BoardData): string | null {
  const all = [...reasons, ...(problem === null ? [] : [`there is no order: ${problem}`])];
  if (all.length === 0) return null;
  const rows = all.slice(0, MOST_NAMES).map((reason) => `> - ${escapeMarkdown(reason)}`);
  return [
    `> [!WARNING]`,
    `> This board is incomplete, so what it does not show is not clean:`,
    ...rows,
  ].join('\n');
}

function diagram({ order }: BoardData, names: BranchNames): string | null {
  const drawn = order && waitDiagram(order, names);
  return drawn && `### What waits for what, drawn\n\n${drawn}`;
}

function elsewhere({ elsewhere: others }: BoardData): string | null {
  if (others.length === 0) return null;
  const shown = others.map(({ number: pull, target }) => `#${pull} (${markdownCode(target)})`);
  return `Not looked at, because they land on another branch: ${list(shown, MOST_NAMES)}`;
}
