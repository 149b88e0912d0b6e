import { judgeForm } from '../../core/pull-requests/judge-form.ts';
import { undoneLandings, MOST_LANDINGS } from '../../core/undo/undone-landings.ts';
import { undoWords } from '../../core/undo/undo-words.ts';
import type { Finding } from '../../domain/finding.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { PullRequest } from '../../domain/pull-request.ts';
import type { BranchName, Oid } from '../../domain/refs.ts';
import {
  commitsBeside,
  type RawEntryChange,
  recentLandings,
} from '../../git/history/raw-history.ts';
import type { PolicySession } from '../session/session.ts';

/** Commits of one branch that are read. */
const MOST_COMMITS = 1000;

/** One branch, and the pull request it comes by, if any. */
export interface BranchHistory {
  readonly base: Oid;
  readonly head: Oid;
  readonly branch: BranchName | null;
  /** What landing it does to the base. */
  readonly changes: readonly RawEntryChange[];
  readonly request: Pick<PullRequest, 'labels' | 'number' | 'title'> | null;
}

/** What the commits of a branch say, and what they take back of the last landings. */
export async function judgeHistory(
  { workspace: { repo }, policy }: PolicySession,
  { base, head, branch, changes, request }: BranchHistory,
  names: { readonly agent: AgentId | null; readonly branch: string; readonly base: string },
): Promise<Finding[]> {
  const { agents, pullRequests } = policy.ownership;
  const { agent } = names;
  const isModified = changes.some(({ before, after }) => before !== null && after !== null);
  const [landings, own] = await Promise.all([
    isModified ? recentLandings(repo, base, MOST_LANDINGS) : [],
    commitsBeside(repo, base, head, MOST_COMMITS),
  ]);
  const undone = undoneLandings(changes, landings, request ? [...own, said(request, own)] : own);
  const form =
    agent === null
      ? []
      : judgeForm(pullRequests, {
          agent,
          aliases: agents.get(agent)?.aliases ?? [],
          branch,
          base: names.base,
          request,
          commits: own,
        });
  return [
    ...form,
    ...(undone ? [{ code: 'undoes-landed' as const, agent, ...undoWords(undone, names) }] : []),
  ];
}

/** A pull request that says by its title that it reverts speaks for all of its commits. */
const said = (
  { title }: Pick<PullRequest, 'title'>,
  own: Awaited<ReturnType<typeof commitsBeside>>,
): (typeof own)[number] => ({
  commit: '' as Oid,
  message: title,
  changes: own.flatMap(({ changes }) => changes),
});
