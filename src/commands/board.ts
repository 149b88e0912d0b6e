import { boardFleet, type BoardFleet, fullRef } from '../core/board/fleet.ts';
import { controlPaths } from '../core/guard/control-paths.ts';
import { combinationFindings, overlapFindings } from '../core/overlap/findings.ts';
import { Failure } from '../domain/failure.ts';
import { sortFindings } from '../domain/finding.ts';
import { hintTo } from '../domain/hint.ts';
import type { PullRequest } from '../domain/pull-request.ts';
import { type Report, reportOf, verdictOf } from '../domain/report.ts';
import type { BoardAnswer, BoardEntry } from '../domain/reports/board.ts';
import type { OverlapData } from '../domain/reports/overlap.ts';
import type { GitHub, Listed } from '../host/github/github.ts';
import type { Host } from '../host/host.ts';
import { LastRun } from '../services/board/last-run.ts';
import { type OpenBoard, withBoard } from '../services/board/open-board.ts';
import type { BoardOptions } from '../services/board/options.ts';
import { surveyBoard } from '../services/board/survey.ts';
import { describePage } from '../services/page/describe-page.ts';

/**
 * Where the open pull requests collide with the base and with each other, and in which order they are
 * cheapest to land.
 *
 * @throws Failure when the open pull requests cannot be listed, or the base cannot be read.
 */
export async function runBoard(
  host: Host,
  github: GitHub,
  options: BoardOptions,
): Promise<Report<BoardAnswer>> {
  const at = host.now();
  const open = await listOpen(github);
  const leftOut = options.drafts === 'leave-out' ? open.items.filter(({ draft }) => draft) : [];
  const fleet = boardFleet(
    open.items.filter((each) => !leftOut.includes(each)),
    options.base,
  );
  const state = new LastRun(host, options);
  return withBoard(host, options, fleet, async (board) => {
    state.lend(board.copy);
    const { overlap, order, problem, source, asked, landings, besides } = await surveyBoard(
      board,
      options.base,
      options.land,
      options.drafts === 'last' ? draftsOf(fleet) : new Set(),
      (context, found) =>
        options.page === null ? Promise.resolve(null) : describePage(context, found, options.page),
    );
    const incomplete = [
      ...(open.complete ? [] : ['not every open pull request could be read']),
      ...board.missing,
      ...overlap.degraded.map(({ message }) => message),
      ...asked.unreadable.map(({ message }) => message),
    ];
    const findings = sortFindings([
      ...overlapFindings(overlap, null),
      ...(order ? combinationFindings(order, null) : []),
    ]);
    const outcome = verdictOf(findings);
    return reportOf('board', {
      verdict: outcome === 'allowed' && incomplete.length > 0 ? 'undecided' : outcome,
      agent: null,
      policy: source,
      findings,
      data: {
        overlap,
        order,
        problem,
        landing: options.land,
        entries: entriesOf(fleet, board, overlap),
        elsewhere: fleet.elsewhere,
        leftOut,
        open: open.complete ? open.items.map((each) => each.number) : null,
        incomplete,
        behind: board.policy?.ownership.limits.behind ?? null,
        requests: asked.waiting,
        landings,
        changes: state.keep(board.copy, overlap, at),
        at,
        page: besides,
      },
    });
  });
}

/** The refs that nobody is ready to land. */
const draftsOf = ({ members }: BoardFleet): Set<string> =>
  new Set([...members].filter(([, all]) => all.every(({ draft }) => draft)).map(([ref]) => ref));

async function listOpen(github: GitHub): Promise<Listed<PullRequest>> {
  const open = await github.openPullRequests();
  if (open.ok) return open.value;
  throw new Failure('io', `the open pull requests cannot be listed: ${open.error.message}`, [
    hintTo('let the workflow list them, give it the permission pull-requests: read'),
  ]);
}

function entriesOf(
  { members }: BoardFleet,
  { policy }: OpenBoard,
  { base, branches, breaks, pairs }: OverlapData,
): BoardEntry[] {
  return branches.map((branch) => {
    const { ref, paths } = branch;
    const own = pairs.filter(({ a, b }) => a === ref || b === ref);
    const broken = breaks.filter(({ refs }) => refs.includes(ref));
    return {
      ref,
      pullRequest: members.get(fullRef(ref))?.[0] ?? null,
      control: policy === null ? [] : controlPaths(policy.ownership, paths),
      findings: overlapFindings({ base, branches: [branch], breaks: broken, pairs: own }, null),
    };
  });
}
