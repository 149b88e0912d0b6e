import { basename } from 'node:path';
import { madeBetween } from '../../../core/worktrees/made-between.ts';
import { planWorktree } from '../../../core/worktrees/plan-add.ts';
import { type WorktreeRecord, withRecord } from '../../../core/worktrees/registry.ts';
import { Failure } from '../../../domain/failure.ts';
import type { AddedWorktree } from '../../../domain/reports/worktree.ts';
import { locateRepository } from '../../../git/worktree/locate.ts';
import { applyPlan } from '../../plans/apply.ts';
import { type TakeBack } from '../../plans/undo.ts';
import { repoAt } from '../../session/repo-at.ts';
import type { Session } from '../../session/session.ts';
import { commandsDigest } from '../../validation/commands-digest.ts';
import { ignoredWithStamps } from '../ignored-with-stamps.ts';
import type { WorktreeSurvey } from '../survey.ts';
import type { PreparedWorktree } from './prepare.ts';
import type { ProgressBoard } from './progress-board.ts';
import { type ReservedWorktree, changeRegistry, giveBack } from './reserve.ts';

/** What making one worktree needs to know. */
export interface Making {
  readonly session: Session;
  readonly survey: WorktreeSurvey;
  /** `worktrees.setup` of the policy. */
  readonly setup: readonly string[];
  readonly board: ProgressBoard;
  readonly signal: AbortSignal;
}

export type Made = Pick<AddedWorktree, 'failure' | 'outcome'>;

const TAIL = 8;

/** Makes or completes one worktree. When that fails, all of it is taken back, and the others go on. */
export async function makeWorktree(
  making: Making,
  { prepared, begun }: ReservedWorktree,
): Promise<Made> {
  const { session, survey, board } = making;
  const { agent } = prepared.facts;
  const back: TakeBack[] = [];
  const tail: string[] = [];
  try {
    if (begun instanceof Failure) throw begun;
    back.push(begun);
    const outcome = await carryOut(making, prepared, back, tail);
    board.end(agent, outcome === 'unchanged' ? 'is complete' : 'is ready');
    return { outcome, failure: null };
  } catch (error) {
    const left: string[] = [];
    for (const takeBack of back.reverse()) left.push(...(await takeBack()));
    await changeRegistry(session, survey.top, (registry) => giveBack(registry, prepared));
    board.end(agent, 'failed');
    if (!(error instanceof Failure)) throw error;
    const rest = left.length === 0 ? '' : `; not taken back: ${left.join(', ')}`;
    return { outcome: 'failed', failure: { message: error.message + rest, tail } };
  }
}

async function carryOut(
  { session, survey, setup, board, signal }: Making,
  { settled, facts, record }: PreparedWorktree,
  back: TakeBack[],
  tail: string[],
): Promise<'completed' | 'made' | 'unchanged'> {
  const { host, workspace } = session;
  const { agent, path } = facts;
  const plan = planWorktree(facts);
  if (plan.length === 0) return 'unchanged';
  const isNew = facts.state === 'new';
  const there = settled.worktree?.repo ?? repoAt(workspace.repo, path);
  const look = () => ignoredWithStamps(host.files, there);
  const before = isNew ? [] : await look();
  back.push(
    await applyPlan(host, workspace.repo, plan, {
      signal,
      onStep: (step) => {
        if (step.kind === 'run-command') board.begin(agent, step.command);
        else if (step.kind === 'check-out') board.begin(agent, 'checks out');
      },
      onLine: (line) => {
        tail.push(line);
        tail.splice(0, tail.length - TAIL);
        board.line(agent, line);
      },
    }),
  );
  const { gitDirectory } = await locateRepository(there);
  const done: WorktreeRecord = {
    ...record,
    id: settled.worktree?.main ? null : basename(gitDirectory),
    setup: facts.setup.length > 0 ? commandsDigest(setup) : record.setup,
    made: madeBetween(before, await look(), record.made),
    maker: null,
  };
  await changeRegistry(session, survey.top, (registry) => withRecord(registry, done));
  return isNew && settled.worktree === null ? 'made' : 'completed';
}
