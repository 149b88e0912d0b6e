import type { AgentId } from '../../domain/ids.ts';
import { type BranchName, type Oid, parseBranchName } from '../../domain/refs.ts';
import type { LandingReceipt } from '../../domain/states/landing-receipt.ts';

/** One commit of the base's own line. */
export interface BaseStep {
  readonly commit: Oid;
  readonly parents: readonly Oid[];
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly message: string;
}

/** One branch that landed on the base. */
export interface LandedWork {
  readonly at: number;
  readonly agent: AgentId | null;
  readonly branch: BranchName | null;
  /** What landed of it; null where the landing does not tell. */
  readonly tip: Oid | null;
  /** By `land`, in the order that was proven. */
  readonly ordered: boolean;
}

/** What happened on a base. */
export interface BaseHistory {
  /** Newest first. */
  readonly landed: readonly LandedWork[];
  /** When a landing was taken back, newest first. */
  readonly undone: readonly number[];
  /** Commits that are not the landing of a branch, as far as can be told. */
  readonly direct: readonly number[];
}

/**
 * Tells the landings on a base, each once: a receipt stands for all commits that it moved the base over, and what
 * no receipt knows is told by the commit itself.
 *
 * @param line the base's own line, newest first
 * @param trailer the trailer by which commits name their agent
 */
export function landedWork(
  line: readonly BaseStep[],
  receipts: readonly LandingReceipt[],
  {
    base,
    agentsOf,
    isAgent,
    trailer,
  }: {
    readonly base: BranchName;
    readonly agentsOf: (branch: BranchName) => readonly AgentId[];
    readonly isAgent: (name: string) => AgentId | null;
    readonly trailer: string;
  },
): BaseHistory {
  const places = new Map(line.map(({ commit }, at) => [commit, at]));
  const covered = new Set<Oid>();
  const landed: LandedWork[] = [];
  const undone: number[] = [];
  const direct: number[] = [];
  for (const { before, after, steps, at, undoes } of receipts) {
    const from = places.get(after);
    // The base was rewritten since: what a receipt says is no longer there.
    if (from === undefined) continue;
    const to = places.get(before);
    const moved = to === undefined ? steps : line.slice(from, to);
    for (const { commit } of moved) covered.add(commit);
    if (undoes !== null) undone.push(at);
    else
      for (const { branch, agent, tip } of steps)
        landed.push({ at, agent, branch, tip, ordered: true });
  }
  for (const step of line) {
    if (covered.has(step.commit)) continue;
    const [subject = ''] = step.message.split('\n', 1);
    const branch = mergedBranch(subject);
    const named = isAgent(trailerOf(step.message, trailer) ?? '');
    const [agent = named, second] = branch === null ? [] : agentsOf(branch);
    if (/^Revert\b/.test(subject)) undone.push(step.at);
    else if (step.parents.length > 1 && branch !== base)
      landed.push({
        at: step.at,
        agent: second === undefined ? agent : named,
        branch,
        tip: step.parents[1]!,
        ordered: false,
      });
    else if (/\(#\d+\)$/.test(subject) || named !== null)
      landed.push({ at: step.at, agent: named, branch: null, tip: null, ordered: false });
    else direct.push(step.at);
  }
  const newest = <T extends { readonly at: number }>(x: T, y: T): number => y.at - x.at;
  return {
    landed: landed.sort(newest),
    undone: undone.sort((x, y) => y - x),
    direct,
  };
}

/** What git and the hosts write when they merge. */
function mergedBranch(subject: string): BranchName | null {
  const [, request, quoted] =
    /^Merge (?:pull request #\d+ from [^/\s]+\/(\S+)|(?:remote-tracking )?branch '([^']+)')/.exec(
      subject,
    ) ?? [];
  return parseBranchName((request ?? quoted ?? '').replace(/^origin\//, ''));
}

function trailerOf(message: string, name: string): string | null {
  const prefix = `${name.toLowerCase()}:`;
  const lines = message.trimEnd().split('\n').slice(1);
  const line = lines.findLast((each) => each.toLowerCase().startsWith(prefix));
  return line === undefined ? null : line.slice(prefix.length).trim();
}
