import { resolve } from 'node:path';
import { runBoard } from '../commands/board.ts';
import {
  runKeepComments,
  type KeptComments,
  type WantedComment,
} from '../commands/keep-comments.ts';
import type { Finding } from '../domain/finding.ts';
import type { BoardData } from '../domain/reports/board.ts';
import type { GitHub } from '../host/github/github.ts';
import type { Host } from '../host/host.ts';
import { renderAnnotations, renderNote } from '../render/annotations.ts';
import { escapeText } from '../render/escape.ts';
import { boardVerdict } from '../render/markdown/board/board-verdict.ts';
import { renderBoardSummary } from '../render/markdown/board.ts';
import { CLEARED, CLOSED, renderComment } from '../render/markdown/comment.ts';
import type { Context } from './context.ts';
import type { Inputs } from './inputs.ts';
import type { Payload } from './payload.ts';
import type { Publication } from './publish.ts';
import { writePage } from './write-page.ts';

/** Looks at all open pull requests, tells those that are affected, and shows the board. */
export async function answerBoard(
  host: Host,
  context: Context,
  github: GitHub,
  inputs: Inputs,
): Promise<Publication> {
  const { source, anchor, home, page } = context;
  const state = inputs.state === '' ? null : resolve(host.cwd, inputs.state);
  const { fleet, land, drafts } = inputs;
  const drawn = inputs.page === '' ? null : `${context.owner}/${context.repo}`;
  const options = { source, base: anchor, home, fleet, land, drafts, state, page: drawn };
  const answer = await runBoard(host, github, options);
  const { page: picture, ...data } = answer.data;
  const report = { ...answer, data };
  if (picture !== null) writePage(host, { ...answer, data: picture }, inputs.page);
  const kept = inputs.comment ? await tell(context, github, inputs, report.data) : NOTHING;
  const notes = kept.notes.map((note) => renderNote('warning', note)).join('');
  return {
    report,
    outcome: 'allowed',
    summary: renderBoardSummary(report, page, kept.notes),
    annotations: renderAnnotations(concerning(context, report.data)) + notes + missing(report.data),
    log: `${escapeText(boardVerdict(report.data))}\n`,
    outputs: {
      overlap: outputOf(report.data.overlap),
      order: report.data.order === null ? '' : outputOf(report.data.order),
    },
  };
}

const NOTHING: KeptComments = { written: 0, notes: [] };

function tell(
  { page, anchor, payload }: Context,
  github: GitHub,
  { author }: Inputs,
  data: BoardData,
): Promise<KeptComments> {
  const unsure = new Set(data.overlap.degraded.flatMap(({ refs }) => refs));
  const told = data.entries.flatMap((entry): WantedComment[] => {
    const { pullRequest, ref } = entry;
    const text = renderComment(data, entry, page);
    // Of a branch that could not be judged, nothing is known to be over.
    return pullRequest === null || (text === null && unsure.has(ref))
      ? []
      : [{ pullRequest, text }];
  });
  const left = [...data.elsewhere, ...data.leftOut].map((pullRequest) => ({
    pullRequest,
    text: null,
  }));
  const wanted = [...told, ...left].sort((a, b) => a.pullRequest.number - b.pullRequest.number);
  const marker = { base: anchor, at: data.at };
  // Of a list that is not whole, it is not known which pull requests are closed.
  const closed =
    data.open === null
      ? undefined
      : { text: CLOSED, open: data.open, numbers: justClosed(payload) };
  return runKeepComments(github, wanted, { author, marker, cleared: CLEARED, closed });
}

/** The pull request of an event that says that it was closed. */
function justClosed(payload: Payload): number[] {
  const number = payload.at('pull_request', 'number');
  const isClosed = payload.at('action') === 'closed';
  return isClosed && typeof number === 'number' ? [number] : [];
}

/** On the page of a pull request, what is about it; elsewhere an annotation would be on no change. */
function concerning({ payload }: Context, { entries }: BoardData): Finding[] {
  const number = payload.at('pull_request', 'number');
  const entry = entries.find(({ pullRequest }) => pullRequest && pullRequest.number === number);
  return entry?.findings.filter(({ severity }) => severity === 'warning') ?? [];
}

const missing = ({ incomplete }: BoardData): string =>
  incomplete.length === 0
    ? ''
    : renderNote('warning', `the board is incomplete: ${incomplete.join('; ')}`);

/** Outputs together may have a million characters; the report's file has everything. */
const MOST = 400_000;

/** JSON of the same form in every case; where it is too long, without the lists of paths. */
function outputOf(value: unknown): string {
  const whole = JSON.stringify(value);
  if (whole.length <= MOST) return whole;
  return JSON.stringify(value, (key, inner: unknown) => (key === 'paths' ? [] : inner));
}
