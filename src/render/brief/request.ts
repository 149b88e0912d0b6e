import type { Report } from '../../domain/report.ts';
import type {
  RequestChangeData,
  RequestListData,
  RequestRow,
} from '../../domain/reports/request.ts';
import { list } from '../words.ts';
import { type Brief, briefText, type BriefView, plain } from './brief.ts';
import { briefStateRows } from './state-rows.ts';

/** Characters of a patch that are shown. */
const MOST_PATCH = 8000;

/** What became of requests, or those that wait. */
export function briefRequest(
  report: Report<RequestChangeData | RequestListData>,
  view: BriefView,
): Brief {
  const { data } = report;
  const isList = 'patch' in data;
  const brief = briefStateRows<RequestRow>(report, view, {
    noun: 'request',
    rows: isList ? data.requests.map((row) => ({ row })) : data.requests,
    unreadable: isList ? data.unreadable : [],
    words: rowWords,
    facts: rowData,
  });
  const patch = isList ? data.patch : null;
  if (patch === null) return brief;
  const shown = patch.slice(0, MOST_PATCH);
  return {
    text: briefText([brief.text, shown.split('\n').map(plain).join('\n')]),
    data: { ...brief.data, patch: shown },
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
