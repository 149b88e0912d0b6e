import { join } from 'node:path';
import { putMarkedBlock } from '../../../core/text/marked-block.ts';
import type { AddFacts } from '../../../core/worktrees/plan-add.ts';
import type { WorktreeRecord } from '../../../core/worktrees/registry.ts';
import { variableLines, type Variables } from '../../../core/worktrees/variables.ts';
import { Failure } from '../../../domain/failure.ts';
import { hintTo } from '../../../domain/hint.ts';
import type { Agent } from '../../../domain/ownership.ts';
import { branchRef, type Oid, type RefName, shortRef } from '../../../domain/refs.ts';
import { readRef } from '../../../git/refs/refs.ts';
import { resolveCommit } from '../../../git/refs/resolve.ts';
import { logPath } from '../../../git/worktree/state-paths.ts';
import { digest } from '../../../host/digest.ts';
import type { Host } from '../../../host/host.ts';
import { requireBase } from '../../session/policy.ts';
import type { PolicySession } from '../../session/session.ts';
import { commandEnvironment } from '../../validation/command-environment.ts';
import { commandsDigest } from '../../validation/commands-digest.ts';
import { armFrom, hookFacts } from '../guarded-worktrees.ts';
import { LOCAL_ENVIRONMENT_FILE } from '../registry-file.ts';
import { type WorktreeSurvey, surveyWorktrees } from '../survey.ts';
import { type AgentFiles, agentFiles } from './agent-files.ts';
import { assignPorts } from './assign-ports.ts';
import { checkoutState } from './checkout-state.ts';
import { type ChosenPlace, choosePlaces } from './choose-places.ts';

export interface AddRequest {
  readonly agents: readonly Agent[];
  readonly branch?: string | undefined;
  readonly topic?: string | undefined;
  /** Where new branches begin; else the base branch. */
  readonly base?: string | undefined;
  readonly setup: boolean;
}

/** One agent's worktree: what is to be done, and what will be known of it then. */
export interface PreparedWorktree {
  readonly settled: ChosenPlace;
  readonly facts: AddFacts;
  readonly record: WorktreeRecord;
}

export interface Prepared {
  readonly survey: WorktreeSurvey;
  readonly worktrees: readonly PreparedWorktree[];
  readonly notes: readonly string[];
}

/**
 * Reads everything that making the worktrees depends on, and decides. Changes nothing.
 *
 * @throws Failure with everything that is in the way.
 */
export async function prepare(session: PolicySession, request: AddRequest): Promise<Prepared> {
  const { host, workspace, policy } = session;
  const survey = await surveyWorktrees(session);
  const settled = choosePlaces(host.files, policy.ownership, request.agents, request, survey);
  const spread = spreadOf(workspace.location.commonDirectory);
  const assigned = await assignPorts(policy.ownership, settled, survey, spread);
  const hooks = await hookFacts(session, survey.worktrees);
  const worktrees: (PreparedWorktree & { own: AgentFiles })[] = [];
  for (const each of settled) {
    const begin = await beginning(session, each, request.base);
    const ports = assigned.ports.get(each.path)!;
    const own = await agentFiles(session, each, { ports, head: begin.head });
    const record = { ...recordOf(each), ports, written: own.written };
    const setup = request.setup && !each.worktree?.main ? policy.ownership.worktrees.setup : [];
    const facts: AddFacts = {
      agent: each.agent.id,
      path: each.path,
      branch: each.branch,
      state: await checkoutState(host.files, each.worktree),
      start: begin.start,
      bound: each.worktree?.binding === each.agent.id ? each.agent.id : null,
      arm: armFrom(host, hooks, each.path),
      files: own.files,
      setup: record.setup === commandsDigest(setup) ? [] : setup,
      environment: commandEnvironment(host.environment, own.variables),
      log: logPath(workspace.location, each.path),
      block: blockFor(host, each, own.variables, setup.length > 0),
    };
    worktrees.push({ settled: each, facts, record, own });
  }
  refuseMissing(worktrees);
  const notes = [...assigned.notes, ...worktrees.flatMap(({ own }) => own.notes)];
  return { survey, worktrees, notes };
}

/** Where a repository begins to look for ports: somewhere else than the next one. */
const spreadOf = (directory: string): number =>
  Array.from(digest(directory)).reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 100_000, 0);

interface Beginning {
  /** The commit that is, or will be, checked out. */
  readonly head: Oid;
  /** Null when the branch is there. */
  readonly start: AddFacts['start'];
}

/** Where the branch is, or is to begin: where the remote has it, else where it was asked for, else at the base. */
async function beginning(
  { workspace: { repo }, policy }: PolicySession,
  { branch, worktree }: ChosenPlace,
  asked: string | undefined,
): Promise<Beginning> {
  const local = branch === null ? (worktree?.head ?? null) : await readRef(repo, branchRef(branch));
  if (local !== null) return { head: local, start: null };
  if (branch === null) throw new Failure('git', `${worktree?.path} has no commit checked out`);
  const upstream = `refs/remotes/origin/${branch}` as RefName;
  const theirs = await readRef(repo, upstream);
  if (theirs !== null)
    return { head: theirs, start: { at: theirs, upstream, from: shortRef(upstream) } };
  if (asked === undefined) {
    const base = requireBase(policy);
    const start = { at: base.commit, upstream: null, from: shortRef(base.ref) };
    return { head: base.commit, start };
  }
  const at = await resolveCommit(repo, asked);
  if (at === null)
    throw new Failure('usage', `'${asked}' names no commit here`, [
      hintTo('see the branches', 'git branch -a'),
    ]);
  return { head: at, start: { at, upstream: null, from: asked } };
}

/** What was known of the worktree, or the beginning of a record. */
function recordOf({ agent, path, branch, worktree }: ChosenPlace) {
  const before = worktree?.record;
  return {
    path,
    agent: agent.id,
    branch,
    id: worktree?.id ?? null,
    maker: null,
    setup: before?.setup ?? null,
    made: before?.made ?? {},
  };
}

/** The block for the user's own file: when it is there and lacks it, or the setup commands may yet make it. */
function blockFor(
  { files }: Host,
  { path: top, worktree }: ChosenPlace,
  variables: Variables,
  setup: boolean,
): AddFacts['block'] {
  const path = join(top, LOCAL_ENVIRONMENT_FILE);
  const lines = variableLines(variables);
  const text = files.read(path)?.toString('latin1');
  if (text === undefined) return worktree === null && setup ? { path, lines } : null;
  const bytes = lines.map((line) => Buffer.from(line).toString('latin1'));
  return putMarkedBlock(text, bytes) === text ? null : { path, lines };
}

function refuseMissing(worktrees: readonly (PreparedWorktree & { own: AgentFiles })[]): void {
  const missing = worktrees.flatMap(({ facts: { agent }, own }) =>
    own.missing.map((name) => ({ agent, name })),
  );
  if (missing.length === 0) return;
  const list = missing.map(({ agent, name }) => `${name} (for ${agent})`).join(', ');
  const names = [...new Set(missing.map(({ name }) => name))];
  throw new Failure('usage', `not set in this environment, or empty: ${list}`, [
    hintTo(
      'set what ownership.yml takes from here',
      `export ${names.map((name) => `${name}=...`).join(' ')}`,
    ),
  ]);
}
