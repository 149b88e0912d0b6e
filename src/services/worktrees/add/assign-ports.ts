import { formatRange, overlaps, portsOf, proposeRange } from '../../../core/worktrees/ports.ts';
import type { WorktreeRecord } from '../../../core/worktrees/registry.ts';
import { Failure } from '../../../domain/failure.ts';
import { hintTo } from '../../../domain/hint.ts';
import type { Ownership } from '../../../domain/ownership.ts';
import type { PortRange } from '../../../domain/ids.ts';
import type { WorktreePorts } from '../../../domain/reports/worktree.ts';
import { usedPorts } from '../../../host/used-ports.ts';
import type { WorktreeSurvey } from '../survey.ts';
import type { ChosenPlace } from './choose-places.ts';

/** A range that a policy gives may be long; where all of these are used, something else is wrong. */
const MOST_TRIED = 200;

export interface AssignedPorts {
  /** By path of the worktree. */
  readonly ports: ReadonlyMap<string, WorktreePorts>;
  readonly notes: readonly string[];
}

/**
 * Gives every worktree ports of its own: those of the policy as they are, else the ones it had, else
 * ten that no agent, worktree or running program has.
 *
 * @param start see `proposeRange`.
 * @throws Failure when a range of the policy is another worktree's, or used up by other programs.
 */
export async function assignPorts(
  ownership: Ownership,
  settled: readonly ChosenPlace[],
  { registry }: WorktreeSurvey,
  start: number,
): Promise<AssignedPorts> {
  const ports = new Map<string, WorktreePorts>();
  const notes: string[] = [];
  const others = registry.filter(({ path }) => settled.every((each) => each.path !== path));
  const policies = [...ownership.agents.values()].flatMap((agent) => agent.ports ?? []);
  for (const { agent, path } of settled) {
    const before = registry.find((record) => record.path === path)?.ports ?? null;
    const taken = [...others.map((record) => record.ports), ...ports.values()];
    const asGiven = agent.ports !== null && !hasRange(others, agent.id, agent.ports);
    if (!asGiven) {
      if (agent.ports !== null)
        notes.push(`${agent.id} has ${formatRange(agent.ports)} in another worktree already`);
      const own = before !== null && !taken.some((range) => overlaps(range, before));
      const mayStay = own && !policies.some((range) => overlaps(range, before));
      ports.set(path, mayStay ? before : await freeRange([...taken, ...policies], start));
    } else {
      const range = agent.ports;
      refuseTaken(agent.id, range, others);
      const same = before !== null && before.first === range.first && before.last === range.last;
      const chosen = same ? { ports: before, note: null } : await startIn(agent.id, range);
      ports.set(path, chosen.ports);
      if (chosen.note !== null) notes.push(chosen.note);
    }
  }
  return { ports, notes };
}

/** The range of the policy is in use in another worktree of the same agent. */
const hasRange = (others: readonly WorktreeRecord[], agent: string, range: PortRange): boolean =>
  others.some((record) => record.agent === agent && overlaps(record.ports, range));

function refuseTaken(agent: string, range: PortRange, others: readonly WorktreeRecord[]): void {
  const holder = others.find((record) => overlaps(record.ports, range));
  if (!holder) return;
  throw new Failure(
    'usage',
    `the ports ${formatRange(range)} of ${agent} are still those of ${holder.agent} in ${holder.path}`,
    [
      hintTo(
        `give ${holder.agent} the ports the policy says`,
        `bailiwick worktree add ${holder.agent}`,
      ),
    ],
  );
}

/** The first port of a range that a server could be started on now. */
async function startIn(
  agent: string,
  range: PortRange,
): Promise<{ ports: WorktreePorts; note: string | null }> {
  const tried = portsOf(range, MOST_TRIED);
  const used = await usedPorts(tried);
  const port = tried.find((each) => !used.has(each));
  if (port === undefined)
    throw new Failure('usage', `every port of ${agent} (${formatRange(range)}) is in use`, [
      hintTo('see by which programs', 'lsof -nP -iTCP -sTCP:LISTEN'),
    ]);
  const list = [...used].join(', ');
  const note =
    used.size === 0 ? null : `${agent}: in use by other programs: ${list}; PORT is ${port}`;
  return { ports: { ...range, port }, note };
}

async function freeRange(taken: readonly PortRange[], start: number): Promise<WorktreePorts> {
  const avoid = [...taken];
  for (;;) {
    const range = proposeRange(avoid, start);
    if (range === null)
      throw new Failure('usage', 'no ports are left for another worktree', [
        hintTo('give back those of worktrees that are gone', 'bailiwick worktree prune'),
      ]);
    if ((await usedPorts(portsOf(range))).size === 0) return { ...range, port: range.first };
    avoid.push(range);
  }
}
