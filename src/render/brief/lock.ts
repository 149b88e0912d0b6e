import { formatMoment } from '../../domain/text/duration.ts';
import type { Report } from '../../domain/report.ts';
import type { LockChangeData, LockListData, LockRow } from '../../domain/reports/lock.ts';
import { type Brief, briefText, type BriefView, hintData, hintWords, plain } from './brief.ts';
import { briefFindings } from './findings.ts';

/** What became of one lock, or how all of them stand. */
export function briefLock(report: Report<LockChangeData | LockListData>, view: BriefView): Brief {
  const { agent, verdict, findings, data } = report;
  const found = briefFindings(findings, view);
  const notes = data.notices.map((notice) => `note: ${plain(notice)}`);
  const shared = { verdict, ...(data.notices.length > 0 && { notices: data.notices }) };
  if (data.verb === 'list') {
    const none = data.locks.length === 0 ? 'no shared part has a lock' : null;
    return {
      text: briefText([none, ...data.locks.map((row) => rowLine(row, view)), ...notes]),
      data: { ...shared, locks: data.locks.map((row) => rowData(row, view)) },
    };
  }
  const { lock, outcome } = data;
  const title = lock === null ? `lock: ${outcome}` : `lock ${lock.name}: ${outcome}`;
  return {
    text: briefText([title, lock && rowLine(lock, view), found.text, ...notes]),
    data: {
      ...shared,
      agent,
      outcome,
      ...(lock !== null && { lock: rowData(lock, view) }),
      ...found.data,
    },
  };
}

function rowLine({ name, state, lease, part, unreadable }: LockRow, view: BriefView): string {
  const paths = part === null ? 'no longer in the policy' : plain(part.paths.join(', '));
  const held = lease?.holder && state !== 'free' ? ` by ${lease.holder}` : '';
  const until = held === '' ? '' : ` until ${formatMoment(lease!.expires)}`;
  const why = lease?.reason && held !== '' ? ` for: ${plain(lease.reason)}` : '';
  const fault = unreadable === undefined ? '' : `: ${plain(unreadable.reason)}`;
  const help = hintWords(unreadable?.hint, view);
  return `${name} is ${state}${held}${until}${why}${fault} (${paths})${help === null ? '' : `. ${help}`}`;
}

const rowData = ({ name, state, lease, part, unreadable }: LockRow, view: BriefView) => ({
  name,
  state,
  ...(lease?.holder &&
    state !== 'free' && {
      holder: lease.holder,
      until: formatMoment(lease.expires),
      ...(lease.reason !== '' && { reason: lease.reason }),
    }),
  ...(part !== null && { paths: part.paths, agents: part.agents, lock: part.lock }),
  ...(unreadable && {
    unreadable: unreadable.reason,
    ...(unreadable.hint && { next: hintData(unreadable.hint, view) }),
  }),
});
