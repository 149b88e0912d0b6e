import { formatDistance, formatDuration, formatMoment } from '../../domain/text/duration.ts';
import type { Lease, SyncState } from '../../domain/lock.ts';
import type { Report } from '../../domain/report.ts';
import type { LockChangeData, LockListData, LockRow } from '../../domain/reports/lock.ts';
import { escapeText } from '../escape.ts';
import { groupFindings } from '../findings.ts';
import { hintLines, typedCommand } from '../hint.ts';
import type { View } from '../view.ts';
import { list, wrap } from '../words.ts';
import { fact } from './fact.ts';
import { groupBlocks } from './groups.ts';

/** The answer of `lock`: what became of one lock, or all locks. */
export function renderLock(report: Report<LockChangeData | LockListData>, view: View): string {
  const { data } = report;
  const blocks = [
    ...(data.verb === 'list' ? listBlocks(data, view) : [changeLines(data, view)]),
    ...groupBlocks(groupFindings(report.findings, null), 'error', view, '`--json` lists all'),
    data.notices.flatMap((notice) => wrap(`note: ${escapeText(notice)}`, view.width, '  ', '')),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function changeLines({ lock, outcome, dryRun, now }: LockChangeData, view: View): string[] {
  // What the findings say already is not said twice.
  if (lock === null || outcome === 'refused') return [];
  const { paint } = view;
  const would = dryRun ? ' (dry run: nothing was changed)' : '';
  const done =
    outcome === 'unchanged' ? unchanged(lock) : outcome === 'stolen' ? 'taken over' : outcome;
  const title = `lock ${paint.name(lock.name)} ${paint.good(done)}${would}`;
  return [
    title,
    ...(lock.lease?.holder ? leaseLines(lock.lease, now, view) : []),
    ...partLines(lock, view),
  ];
}

const unchanged = ({ lease }: LockRow): string =>
  lease?.holder ? `is held by ${lease.holder} already` : 'is free already';

function listBlocks({ locks, now }: LockListData, view: View): string[][] {
  if (locks.length === 0) return [['ownership.yml names no shared part that has a lock']];
  return locks.map((lock) => {
    const { lease } = lock;
    const title = `${view.paint.name(lock.name)}  ${stateWords(lock, view)}`;
    const facts = lease?.holder ? leaseLines(lease, now, view) : [];
    return [
      title,
      ...problemLines(lock, view),
      ...facts,
      ...partLines(lock, view),
      ...standingLines(lock.standing, view),
    ];
  });
}

function stateWords({ state, lease, part }: LockRow, { paint }: View): string {
  const gone = part === null ? paint.faint(', no longer in ownership.yml') : '';
  switch (state) {
    case 'free':
      return paint.good('free') + gone;
    case 'held':
      return paint.warn(`held by ${lease?.holder}`) + gone;
    case 'landed':
      return paint.good(`free: what ${lease?.holder} changed has landed`) + gone;
    case 'expired':
      return paint.bad(`expired, last held by ${lease?.holder}`) + gone;
    case 'unreadable':
      return paint.bad('cannot be read, and counts as held') + gone;
  }
}

function problemLines({ unreadable }: LockRow, view: View): string[] {
  if (unreadable === undefined) return [];
  const { reason, hint } = unreadable;
  return [...fact('why', reason, view), ...(hint ? hintLines(hint, view, '  ') : [])];
}

function leaseLines(lease: Lease, now: number, view: View): string[] {
  const where = lease.branch === null ? '' : ` on ${lease.branch}`;
  return [
    fact('holder', `${lease.holder} at ${lease.host || 'an unnamed host'}${where}`, view),
    fact('since', `${formatMoment(lease.since)} (${formatDistance(lease.since, now)})`, view),
    fact('until', `${formatMoment(lease.expires)} (${formatDistance(lease.expires, now)})`, view),
    ...(lease.reason === '' ? [] : [fact('reason', lease.reason, view)]),
    fact('fence', `${lease.fence}`, view),
    ...(lease.takenFrom === null
      ? []
      : [fact('taken', `from ${lease.takenFrom}, whose lease had ended`, view)]),
    ...(lease.offline ? [fact('remote', 'was not asked when this was recorded', view)] : []),
  ].flat();
}

function partLines({ part }: LockRow, view: View): string[] {
  if (part === null) return [];
  return [
    ...fact('paths', list(part.paths, 6), view),
    ...fact(
      'agents',
      `${list(part.agents, 12)}; ${part.lock}, for ${formatDuration(part.ttl)}, and ${formatDuration(part.review)} after a commit that waits to land`,
      view,
    ),
  ];
}

/** What is said of a lock whose two sides differ; `sync` brings them together. */
const STANDING: Readonly<Record<SyncState, string | null>> = {
  same: null,
  ahead: 'has not been told yet: to tell it, run',
  behind: 'has moved on, which is shown here: to take it over, run',
  diverged: 'decided otherwise, which is shown here: to take it over, run',
};

function standingLines(standing: SyncState | null, view: View): string[] {
  const words = standing && STANDING[standing];
  return words ? fact('remote', `${words} ${typedCommand('bailiwick sync', view)}`, view) : [];
}
