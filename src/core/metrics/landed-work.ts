import type { AgentId } from '../../domain/ids.ts';
import { type BranchName, type Oid, parseBranchName } from '../../domain/refs.ts';
import type { LandingReceipt } from '../../domain/states/landing-receipt.ts';
import { type BaseStep, howLanded } from '../history/how-landed.ts';

/** One branch that landed on the base. */
export interface LandedWork {
  readonly at: number;
  readonly agent: AgentId | null;
  readonly branch: BranchName | null;
  /** What landed of it; null where the landing does not tell. */
  readonly tip: Oid | null;
  /** By `land`, in the order that was proven, as a receipt or the commit itself says. */
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
  const how = howLanded(line, receipts);
  const there = new Set(how.flatMap((one) => (one.kind === 'receipt' ? one.receipt : [])));
  const landed: LandedWork[] = [];
  // A base that was moved back has no commit that tells of it.
  const undone = receipts.flatMap(({ back, at }) => (back ? [at] : []));
  const direct: number[] = [];
  for (const { steps, at, undoes } of there) {
    if (undoes !== null) undone.push(at);
    else
      for (const { branch, agent, tip } of steps)
        landed.push({ at, agent, branch, tip, ordered: true });
  }
  for (const [place, step] of line.entries()) {
    const known = how[place]!;
    if (known.kind === 'receipt') continue;
    if (known.kind === 'trailer') {
      const { branch, tip } = known;
      landed.push({ at: step.at, agent: onlyOne(agentsOf(branch)), branch, tip, ordered: true });
      continue;
    }
    const [subject = ''] = step.message.split('\n', 1);
    const branch = mergedBranch(subject);
    const named = isAgent(trailerOf(step.message, trailer) ?? '');
    const agent = (branch === null ? null : onlyOne(agentsOf(branch))) ?? named;
    if (/^Revert\b/.test(subject)) undone.push(step.at);
    else if (step.parents.length > 1 && branch !== base)
      landed.push({
        at: step.at,
        agent,
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

/** A name that fits several agents names none. */
const onlyOne = ([agent, second]: readonly AgentId[]): AgentId | null =>
  agent === undefined || second !== undefined ? null : agent;

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
