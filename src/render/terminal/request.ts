import { formatDistance, formatMoment } from '../../domain/text/duration.ts';
import { type Hint, hintTo } from '../../domain/hint.ts';
import type { Report } from '../../domain/report.ts';
import type {
  RequestChangeData,
  RequestListData,
  RequestOutcome,
  RequestRow,
} from '../../domain/reports/request.ts';
import { escapeText } from '../escape.ts';
import { groupFindings } from '../findings.ts';
import { hintLines } from '../hint.ts';
import type { View } from '../view.ts';
import { list, wrap } from '../words.ts';
import { fact } from './fact.ts';
import { groupBlocks } from './groups.ts';

/** The answer of `request`: what became of requests, a list of them, or one with its patch. */
export function renderRequest(
  report: Report<RequestChangeData | RequestListData>,
  view: View,
): string {
  const { data } = report;
  const blocks = [
    ...('patch' in data ? listBlocks(data, view) : changeBlocks(data, view)),
    ...groupBlocks(groupFindings(report.findings, null), 'error', view, '`--json` lists all'),
    ...groupBlocks(groupFindings(report.findings, null), 'warning', view, '`--json` lists all'),
    data.notices.flatMap((notice) => wrap(`note: ${escapeText(notice)}`, view.width, '  ', '')),
  ];
  const text = blocks.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `${text.join('\n\n')}\n`;
}

function changeBlocks(data: RequestChangeData, view: View): string[][] {
  const would = data.dryRun ? ' (dry run: nothing was changed)' : '';
  const blocks = data.requests.flatMap(({ outcome, row }) => {
    // What the findings say already is not said twice.
    if (outcome === 'refused' || outcome === 'conflict') return [];
    const { request } = row;
    const title = `${view.paint.name(request.id)} ${view.paint.good(outcomeWords(outcome, row))}${would}`;
    return [[title, ...factLines(row, data.now, view), ...nextLines(outcome, row, view)]];
  });
  if (data.unstaged.length === 0) return blocks;
  const left = `left out of the index, as before in the work tree: ${list(data.unstaged, 6)}`;
  return [...blocks, wrap(escapeText(left), view.width, '  ', '')];
}

function outcomeWords(outcome: RequestOutcome, { request, asked }: RequestRow): string {
  const whom = asked.length === 0 ? 'a person' : asked.join(' or ');
  const patch = request.patch ? '' : 'leave to change ';
  switch (outcome) {
    case 'opened':
      return `${patch}${files(request.changes.length)}, asked of ${whom}`;
    case 'reopened':
      return `asked again of ${whom}`;
    case 'applied':
      return `applied as ${request.applied?.commit.slice(0, 10)} on ${request.applied?.branch ?? 'this branch'}`;
    case 'granted':
      return `granted: ${request.from} may change ${files(request.changes.length)} on ${request.branch} until ${formatMoment(request.grant?.until ?? 0)}`;
    case 'unchanged':
      return `is ${request.status} already`;
    case 'conflict':
    case 'declined':
    case 'refused':
    case 'revoked':
    case 'withdrawn':
      return outcome;
  }
}

/** The command that comes next, for whoever is to act. */
function nextLines(outcome: RequestOutcome, { request }: RequestRow, view: View): string[] {
  const hint: Hint | null =
    outcome === 'opened' ||
    outcome === 'reopened' ||
    (outcome === 'unchanged' && request.status === 'open')
      ? hintTo('see what became of it', `bailiwick request show ${request.id}`)
      : null;
  return hint === null ? [] : hintLines(hint, view, '  ');
}

function listBlocks(data: RequestListData, view: View): string[][] {
  const broken = data.unreadable.map(({ ref, reason }) =>
    wrap(escapeText(`${ref} cannot be read: ${reason}`), view.width, '  ', ''),
  );
  if (data.requests.length === 0 && data.verb === 'list') return [['no request waits'], ...broken];
  const rows = data.requests.map((row) => {
    const { request, standing } = row;
    const paint = standing === 'open' ? view.paint.warn : view.paint.good;
    const title = `${view.paint.name(request.id)}  ${paint(standing)}${row.overdue ? view.paint.bad(', waits too long') : ''}`;
    return [title, ...factLines(row, data.now, view), ...decideLines(row, data.verb, view)];
  });
  const patch = data.patch === null ? [] : [data.patch.trimEnd().split('\n').map(escapeText)];
  return [...rows, ...patch, ...broken];
}

/** `show` ends with what whoever is asked can do. */
function decideLines(
  { request, standing }: RequestRow,
  verb: RequestListData['verb'],
  view: View,
): string[] {
  if (verb !== 'show' || standing !== 'open') return [];
  const how = request.patch
    ? hintTo(
        'commit it on the branch that is checked out',
        `bailiwick request accept ${request.id} --apply`,
      )
    : hintTo('let it be changed', `bailiwick request accept ${request.id} --grant`);
  return hintLines(how, view, '  ');
}

function factLines(row: RequestRow, now: number, view: View): string[] {
  const { request, asked, queues } = row;
  const { decided, applied, grant } = request;
  const at = (moment: number): string => `${formatMoment(moment)} (${formatDistance(moment, now)})`;
  const where = request.branch === null ? '' : ` on ${request.branch}`;
  return [
    fact('from', `${request.from}${where}, ${at(request.opened.at)}`, view),
    fact('to', asked.length === 0 ? 'a person' : asked.join(' or '), view),
    fact('why', request.message, view),
    fact(
      'paths',
      list(
        request.changes.map(({ path }) => path),
        6,
      ),
      view,
    ),
    fact('urgency', `${request.priority} of 0 to 3, 0 is the most urgent`, view),
    ...queues.map(({ part, place, of }) => fact('queue', `${part}: ${place} of ${of}`, view)),
    ...(request.withBranch ? [fact('goes', `only together with ${request.branch}`, view)] : []),
    ...(decided === null ? [] : [fact('decided', decidedWords(row, at), view)]),
    ...(applied === null ? [] : [fact('commit', `${applied.commit} on ${applied.branch}`, view)]),
    ...(grant === null ? [] : [fact('until', at(grant.until), view)]),
    ...(request.offline ? [fact('remote', 'was not asked when this was recorded', view)] : []),
  ].flat();
}

function decidedWords({ request }: RequestRow, at: (moment: number) => string): string {
  const { by, at: when, reason } = request.decided!;
  const words = `${request.status} by ${by ?? 'a person'}, ${at(when)}`;
  return reason === '' ? words : `${words}: ${reason}`;
}

/** `  paths   services/api/api.py`, wrapped below itself. */
const files = (count: number): string => (count === 1 ? '1 file' : `${count} files`);
