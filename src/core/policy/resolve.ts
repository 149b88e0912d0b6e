import { compare } from '../../domain/finding.ts';
import type { AgentId, LockName } from '../../domain/ids.ts';
import type {
  Agent,
  BranchTemplate,
  Glob,
  Limits,
  MigrationRegistry,
  Ownership,
} from '../../domain/ownership.ts';
import type { LandTerms } from '../../domain/landing.ts';
import { USUAL_NEEDS } from '../../domain/validation.ts';
import type { PullRequestRules } from '../../domain/pull-request-rules.ts';
import type { BranchName } from '../../domain/refs.ts';
import { compileGlob } from '../glob/compile.ts';
import type { GlobSyntax } from '../glob/syntax.ts';
import { builtinGlobs, CONTROL_FILES, LOCAL_FILES } from './builtin.ts';
import type { Written } from './written.ts';

/** What holds where the policy says nothing. Decided here and nowhere else. */
export const DEFAULTS = {
  base: 'main' as BranchName,
  branches: [
    { text: 'feat/{agent}/{topic}' },
    { text: 'parallel-dev/{agent}' },
    { text: 'feat/{area}/{topic}__{agent}' },
  ] satisfies BranchTemplate[],
  unknown: 'human',
  unowned: 'deny',
  lock: 'required',
  ttl: 2 * 3_600_000,
  within: 'name',
  enforce: 'advise',
  opens: 'passed',
  timeout: 30 * 60_000,
  review: 3 * 86_400_000,
  remind: 7 * 86_400_000,
  landTimeout: 3_600_000,
  worktreePath: '../wt-{agent}-{slug}',
  worktreeBranch: 'feat/{agent}/main',
} as const;

/** Whether accounts are known, so that what they say proves something. */
const listsActors = ({ agents }: Written): boolean =>
  Object.values<Written['agents'][AgentId]>(agents).some(
    (agent) => (agent?.actors ?? []).length > 0,
  );

/**
 * The policy with everything decided. `written` went through every rule, so that each agent it
 * names is one; `lineOf` gives the line of a case of `tests`.
 */
export function resolveOwnership(written: Written, lineOf: (test: number) => number): Ownership {
  const { limits, requests, worktrees } = written;
  const strong = listsActors(written);
  return {
    base: written.base ?? DEFAULTS.base,
    identify: resolveIdentify(written.identify),
    unowned: written.unowned ?? DEFAULTS.unowned,
    agents: new Map(
      sortedEntries(written.agents).map(([id, agent]) => [id, resolveAgent(id, agent)]),
    ),
    shared: sortedEntries(written.shared).map(([name, part]) => ({
      name,
      paths: makeGlobs(part.paths, `shared.${name}.paths`),
      agents: agentIds(part.agents),
      lock: part.lock ?? DEFAULTS.lock,
      ttl: part.ttl ?? DEFAULTS.ttl,
      review: Math.max(part.review ?? DEFAULTS.review, part.ttl ?? DEFAULTS.ttl),
      version: part.version ?? null,
    })),
    reserved: sortedEntries(written.reserved).map(([name, part]) => ({
      name,
      paths: makeGlobs(part.paths, `reserved.${name}.paths`),
      agents: agentIds(part.agents),
      reason: part.reason ?? null,
    })),
    control: builtinGlobs(CONTROL_FILES),
    frozen: makeGlobs(written.frozen, 'frozen'),
    local: [...makeGlobs(written.local, 'local'), ...builtinGlobs(LOCAL_FILES)],
    derived: sortedEntries(written.derived).map(([name, part]) => ({
      name,
      paths: makeGlobs(part.paths, `derived.${name}.paths`),
      when: makeGlobs(part.when, `derived.${name}.when`),
    })),
    limits: resolveLimits(limits),
    targets: {
      landings: limits?.targets?.landings ?? null,
      conflicts: limits?.targets?.conflicts ?? null,
      integration: limits?.targets?.integration ?? null,
    },
    migrations: resolveRegistries(written.migrations),
    pullRequests: resolvePullRequests(written.pull_requests),
    ...phaseTerms(written),
    requests: {
      remind: requests?.remind ?? DEFAULTS.remind,
      proof: requests?.proof ?? (strong ? 'review' : 'none'),
    },
    land: resolveLand(written.land),
    worktrees: {
      path: worktrees?.path ?? DEFAULTS.worktreePath,
      branch: worktrees?.branch ?? DEFAULTS.worktreeBranch,
      setup: worktrees?.setup ?? [],
    },
    tests: (written.tests ?? []).map((test, index) => ({
      ...test,
      agent: test.agent as AgentId,
      line: lineOf(index),
    })),
  };
}

const resolveLimits = (limits: Written['limits']): Limits => ({
  lines: limits?.lines ?? null,
  behind: limits?.behind ?? null,
  age: limits?.age ?? null,
  exclude: makeGlobs(limits?.exclude, 'limits.exclude'),
  tests: limits?.tests ?? true,
  enforce: [...new Set(limits?.enforce)].sort(compare),
});

const resolvePullRequests = (written: Written['pull_requests']): PullRequestRules => ({
  title:
    written?.title === undefined || written.title === 'conventional'
      ? (written?.title ?? null)
      : { template: written.title },
  labels: { all: written?.labels?.all ?? [], none: written?.labels?.none ?? [] },
  commits: written?.commits
    ? {
        form: written.commits.form ?? null,
        subject: written.commits.subject ?? null,
        trailer: written.commits.trailer ?? null,
      }
    : null,
});

const resolveRegistries = (written: Written['migrations']): MigrationRegistry[] =>
  sortedEntries(written).map(([name, { paths, number, within }]) => ({
    name,
    paths: makeGlobs(paths, `migrations.${name}.paths`),
    number,
    within: within ?? DEFAULTS.within,
  }));

const resolveLand = (land: Written['land']): LandTerms => ({
  validate: land?.validate ?? [],
  after: land?.after ?? [],
  timeout: land?.timeout ?? DEFAULTS.landTimeout,
});

const resolveIdentify = (identify: Written['identify']): Ownership['identify'] => ({
  branches: identify?.branches ?? DEFAULTS.branches,
  unknown: identify?.unknown ?? DEFAULTS.unknown,
});

const phaseTerms = ({ phases, validation }: Written): Pick<Ownership, 'phases' | 'validation'> => ({
  phases: {
    enforce: phases?.enforce ?? DEFAULTS.enforce,
    opens: phases?.opens ?? DEFAULTS.opens,
  },
  validation: { timeout: validation?.timeout ?? DEFAULTS.timeout },
});

function resolveAgent(id: AgentId, agent: NonNullable<Written['agents'][AgentId]>): Agent {
  return {
    id,
    title: agent.title ?? null,
    aliases: agent.aliases ?? [],
    owns: makeGlobs(agent.owns, `agents.${id}.owns`),
    except: makeGlobs(agent.except, `agents.${id}.except`),
    forbidden: makeGlobs(agent.forbidden, `agents.${id}.forbidden`),
    actors: agent.actors ?? [],
    validate: agent.validate ?? [],
    needs: {
      cpus: agent.needs?.cpus ?? USUAL_NEEDS.cpus,
      memory: agent.needs?.memory ?? USUAL_NEEDS.memory,
      exclusive: [...new Set<string>(agent.needs?.exclusive)].sort(compare),
    },
    env: agent.env ?? {},
    ports: agent.ports ?? null,
    after: agentIds(agent.after),
    notWith: agentIds(agent.not_with),
  };
}

const makeGlobs = (globs: readonly GlobSyntax[] | undefined, rule: string): Glob[] =>
  (globs ?? []).map((syntax, index) => compileGlob(syntax, `${rule}[${index}]`));

// The rules have checked that each is the id of an agent.
const agentIds = (names: readonly string[] | undefined): AgentId[] =>
  [...new Set(names as readonly AgentId[] | undefined)].sort(compare);

function sortedEntries<Key extends AgentId | LockName, Value>(
  record: Readonly<Partial<Record<Key, Value>>> | undefined,
): [Key, Value][] {
  const entries = Object.entries(record ?? {}) as [Key, Value][];
  return entries.sort(([a], [b]) => compare(a, b));
}
