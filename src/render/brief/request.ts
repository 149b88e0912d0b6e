import type { Report } from '../../domain/report.ts';
import type {
  RequestChangeData,
  RequestListData,
  RequestRow,
} from '../../domain/reports/request.ts';
import { list } from '../words.ts';
import {
  type Brief,
  briefText,
  type BriefView,
  moreKey,
  moreLine,
  plain,
  someOf,
} from './brief.ts';
import { briefFindings } from './findings.ts';

/** Characters of a patch that are shown. */
const MOST_PATCH = 8000;

/** What became of requests, or those that wait. */
export function briefRequest(
  { agent, verdict, findings, data }: Report<RequestChangeData | RequestListData>,
  view: BriefView,
): Brief {
  const found = briefFindings(findings, view);
  const rows: readonly { readonly row: RequestRow; readonly outcome?: string }[] =
    'patch' in data ? data.requests.map((row) => ({ row })) : data.requests;
  const { some, more } = someOf(rows);
  const patch = 'patch' in data ? data.patch : null;
  const unreadable = 'patch' in data ? data.unreadable : [];
  return {
    text: briefText([
      rows.length === 0 && found.text === '' ? 'no request' : null,
      ...some.map(({ row, outcome }) => plain(`${outcome ? `${outcome}: ` : ''}${rowWords(row)}`)),
      moreLine(more),
      found.text,
      ...unreadable.map(({ ref, reason }) => plain(`not decided: ${ref}: ${reason}`)),
      ...data.notices.map((notice) => `note: ${plain(notice)}`),
      patch === null ? null : patch.slice(0, MOST_PATCH).split('\n').map(plain).join('\n'),
    ]),
    data: {
      verdict,
      agent,
      requests: some.map(({ row, outcome }) => ({ ...(outcome && { outcome }), ...rowData(row) })),
      ...moreKey(more),
      ...found.data,
      ...(unreadable.length > 0 && { unreadable }),
      ...(data.notices.length > 0 && { notices: data.notices }),
      ...(patch !== null && { patch: patch.slice(0, MOST_PATCH) }),
    },
  };
}

function rowWords({ request, standing, asked, overdue }: RequestRow): string {
  const { id, from, changes, message } = request;
  const whom = asked.length > 0 ? list(asked) : 'people';
  const paths = list(
    changes.map(({ path }) => path),
    5,
  );
  return `${id} is ${standing}${overdue ? ', overdue' : ''}: ${from} asks ${whom} for ${paths}: ${message}`;
}

const rowData = ({ request, standing, asked, overdue }: RequestRow) => ({
  id: request.id,
  standing,
  from: request.from,
  asked,
  paths: request.changes.slice(0, 30).map(({ path }) => path),
  message: request.message,
  ...(overdue && { overdue }),
});
