import type { Report } from '../../domain/report.ts';
import type { BoardData } from '../../domain/reports/board.ts';
import { filePlace, type OverlapPair } from '../../domain/reports/overlap.ts';
import { escapeMarkdown, markdownCode } from '../escape.ts';
import { effort } from '../overlap-words.ts';
import { count, list, number } from '../words.ts';
import { boardChanges, controlChanges, staleBranches } from './board-changes.ts';
import { boardOrderSections } from './board-order.ts';
import { boardVerdict } from './board-verdict.ts';
import { BranchNames } from './branch-names.ts';
import { waitDiagram } from './diagram.ts';
import { conflictTable, type FoldedPairs, foldedPairs, nearPlaces } from './folded-pairs.ts';
import { SUMMARY_BUDGET } from './gate.ts';
import { conflictMatrix } from './matrix.ts';
import { bytes, Page } from './page.ts';
import { byNumber, isMechanical, isSerious } from './pair-key.ts';

/** Kept free for what is always said at the end. */
const CLOSING = 2000;
const MOST_NAMES = 30;
const MECHANICAL = 'Conflicts only in lockfiles and the like, which a command makes again';

/**
 * The board as a job summary: what to land in which order and why, then who collides with whom and
 * where, then what else is worth knowing.
 *
 * @param page URL of the repository
 * @param notes what happened besides, each a sentence: comments that could not be written
 * @param budget most UTF-8 bytes; rows that do not fit are counted instead
 */
export function renderBoardSummary(
  { data }: Report<BoardData>,
  page: string,
  notes: readonly string[] = [],
  budget: number = SUMMARY_BUDGET,
): string {
  const names = new BranchNames(data.entries, page);
  const text = new Page(budget);
  const room = (): number => text.left - CLOSING;
  const { branches } = data.overlap;
  const pairs = byNumber(data.overlap.pairs, names);
  text.add(`## 🧭 Merge board: ${count(branches.length, 'branch', 'branches')} onto ${base(data)}`);
  text.add(`**${escapeMarkdown(boardVerdict(data))}**`);
  const warning = incomplete(data);
  if (warning !== null) text.add(warning);
  const at = (level: string): OverlapPair[] => pairs.filter((pair) => pair.level === level);
  const fold = (title: string, some: OverlapPair[], places: FoldedPairs['places']) =>
    foldedPairs({ title, pairs: some, places }, names, room());
  const sections: (() => readonly (string | null)[])[] = [
    () => (data.order ? boardOrderSections(data.order, names, room()) : []),
    () => [diagram(data, names)],
    () => [conflictMatrix(pairs, names)],
    () => [conflictTable(pairs.filter(isSerious), names, room())],
    () => [fold(MECHANICAL, pairs.filter(isMechanical), (pair) => pair.conflicts.map(filePlace))],
    () => [staleBranches(data, names, room())],
    () => [data.changes && boardChanges(data.changes, names)],
    () => [controlChanges(data, names, room())],
    () => [fold('Lines that touch, and do not conflict', at('near'), nearPlaces)],
    () => [fold('Same file, no conflict', at('file'), ({ paths }) => paths)],
    () => [elsewhere(data)],
  ];
  for (const section of sections)
    for (const block of section()) if (block !== null && bytes(block) < room()) text.add(block);
  for (const note of notes) text.add(`> ${escapeMarkdown(note)}`);
  text.add(
    `<sub>${escapeMarkdown(`${count(data.overlap.stats.candidates, 'pair')} of ${number(data.overlap.stats.pairs)} looked into; ${effort(data.overlap)}; judged as GitHub merges.`)}</sub>`,
  );
  return text.toString();
}

const base = ({ overlap }: BoardData): string =>
  `${markdownCode(overlap.base.ref.replace(/^origin\//, ''))} at ${markdownCode(overlap.base.oid.slice(0, 7))}`;

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
  return drawn && `### Who waits for whom\n\n${drawn}`;
}

function elsewhere({ elsewhere: others }: BoardData): string | null {
  if (others.length === 0) return null;
  const shown = others.map(({ number: pull, target }) => `#${pull} (${markdownCode(target)})`);
  return `Not looked at, because they land on another branch: ${list(shown, MOST_NAMES)}`;
}
