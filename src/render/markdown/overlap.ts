import type { Report } from '../../domain/report.ts';
import {
  filePlace,
  type OverlapBranch,
  type OverlapData,
  type OverlapPair,
  type SilentBreak,
} from '../../domain/reports/overlap.ts';
import { escapeMarkdown, markdownCode } from '../escape.ts';
import { hintSentence } from '../hint.ts';
import { conflictPlaces, effort, overlapHeadline, remediesOf } from '../overlap-words.ts';
import { list, number } from '../words.ts';
import { Page } from './page.ts';
import { table } from './table.ts';

/** Below the 65,536 characters of a comment, with room for what the Action adds around it. */
const COMMENT_BUDGET = 60_000;
const MOST_PLACES = 5;

/**
 * The answer of `overlap` for a pull request's summary or comment.
 *
 * @param budget most UTF-8 bytes; rows that do not fit are counted instead
 */
export function renderOverlapMarkdown(
  report: Report<OverlapData>,
  budget: number = COMMENT_BUDGET,
): string {
  const page = new Page(budget);
  const { data } = report;
  page.add(`## bailiwick: ${escapeMarkdown(overlapHeadline(data))}`);
  for (const section of overlapSections(data, page)) page.add(section);
  page.add(escapeMarkdown(effort(data)));
  return `${page.toString().trimEnd()}\n`;
}

/** Most serious first; each as long as the page has room for. */
export function* overlapSections(data: OverlapData, page: Page): Generator<string> {
  const { branches, pairs, breaks, hints, degraded } = data;
  const at = (level: string): OverlapPair[] => pairs.filter((pair) => pair.level === level);
  const stale = branches.filter(({ base }) => base === 'conflict');
  const room = (): number => page.left - CLOSING;
  const sections = [
    () =>
      table(
        `No longer merge with ${data.base.ref}`,
        ['Branch', 'Where'],
        stale.map(staleRow),
        room(),
      ),
    () => table('Conflicts', ['Branches', 'Where'], at('conflict').map(conflictRow), room()),
    () =>
      table('Merge, and break all the same', ['Branches', 'What'], breaks.map(breakRow), room()),
    () => table('Touching lines', ['Branches', 'Files'], at('near').map(nearRow), room()),
    () => table('Same file', ['Branches', 'Files'], at('file').map(sharedRow), room()),
    () => bullets('Not decided', [...degraded, ...remedies(degraded)], room()),
    () => bullets('Hints', hints, room()),
  ];
  for (const section of sections) {
    const text = section();
    if (text !== null) yield text;
  }
}

/** Kept free for the last line. */
const CLOSING = 200;

const staleRow = ({ ref, conflicts }: OverlapBranch): string[] => [
  markdownCode(ref),
  places(conflicts),
];

const conflictRow = (pair: OverlapPair): string[] => [
  pair.oneWay
    ? `${markdownCode(pair.oneWay.later)} once ${markdownCode(pair.oneWay.earlier)} has landed`
    : both(pair),
  places(pair.conflicts),
];

const breakRow = ({ code, refs, message, hint }: SilentBreak): string[] => [
  refs.map(markdownCode).join(' and '),
  [
    `${markdownCode(code)}: ${escapeMarkdown(message)}`,
    ...(hint ? [escapeMarkdown(hintSentence(hint))] : []),
  ].join('. '),
];

const sharedRow = (pair: OverlapPair): string[] => [
  both(pair),
  list(pair.paths.map(markdownCode), MOST_PLACES),
];

const nearRow = (pair: OverlapPair): string[] => [
  both(pair),
  list(pair.near.map(filePlace).map(escapeMarkdown), MOST_PLACES),
];

const both = ({ a, b }: OverlapPair): string => `${markdownCode(a)} and ${markdownCode(b)}`;

const places = (conflicts: OverlapPair['conflicts']): string =>
  list(conflictPlaces(conflicts).map(escapeMarkdown), MOST_PLACES);

const remedies = (degraded: OverlapData['degraded']): { readonly message: string }[] =>
  remediesOf(degraded).map((message) => ({ message: hintSentence(message) }));

function bullets(
  title: string,
  items: readonly { readonly message: string }[],
  budget: number,
): string | null {
  if (items.length === 0) return null;
  const page = new Page(budget);
  page.add(`### ${title}`);
  const shown = items.filter(({ message }) => page.add(`- ${escapeMarkdown(message)}`)).length;
  const hidden = items.length - shown;
  return page.toString().trimEnd() + (hidden > 0 ? `\n\nand ${number(hidden)} more` : '');
}
