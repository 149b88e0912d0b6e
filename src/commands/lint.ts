import { describePath } from '../core/guard/describe-path.ts';
import { makeRulebook } from '../core/guard/rulebook.ts';
import { branchAgents } from '../core/identity/branch-agent.ts';
import { phaseMatrix } from '../core/phases/phase-matrix.ts';
import type { GuardAnswer, LintFacts } from '../core/policy/lint/context.ts';
import { coverageOf } from '../core/policy/lint/coverage.ts';
import { lintOwnership } from '../core/policy/lint/lint.ts';
import { pastVerdicts } from '../core/policy/lint/past-verdicts.ts';
import { readPolicy, sortProblems } from '../core/policy/parse.ts';
import { Failure } from '../domain/failure.ts';
import type { AgentId } from '../domain/ids.ts';
import type { Ownership } from '../domain/ownership.ts';
import type { RepoPath } from '../domain/path.ts';
import type { Problem } from '../domain/problem.ts';
import { type Report, reportOf, type Verdict } from '../domain/report.ts';
import type { Coverage, LintData } from '../domain/reports/lint.ts';
import { recentCommits } from '../git/history/recent-commits.ts';
import { trackedPaths } from '../git/worktree/tracked-paths.ts';
import type { Host } from '../host/host.ts';
import { readPolicyFile } from '../services/session/read-policy-file.ts';
import { openWorkspace, type Workspace } from '../services/session/workspace.ts';

export interface LintOptions {
  /** A path as typed, or `-` for standard input; by default the policy at the top of the work tree. */
  readonly file?: string | undefined;
  /** Judge this many past commits by it. */
  readonly history?: number | undefined;
}

/**
 * Everything that is wrong with a policy, at once. Reads the file as it stands in the work tree, so
 * that it can be mended before anything is judged by it. A policy by which the guard could not
 * decide is `undecided`, one whose `tests` fail `refused`; warnings change nothing.
 *
 * @throws Failure when the file is missing or is not text.
 */
export async function runLint(host: Host, options: LintOptions): Promise<Report<LintData>> {
  const workspace = await workspaceIfAny(host);
  const { file, text } = await readPolicyFile(host, workspace?.location.top ?? null, options.file);
  const { ownership, problems, locate } = readPolicy(text);
  const tracked = ownership && workspace && (await trackedIn(workspace));
  const linted = ownership ? lintResolved(ownership, { tracked, locate }) : NOTHING;
  const all = sortProblems([...problems, ...linted.problems]);
  const history =
    ownership && workspace && options.history !== undefined
      ? pastVerdicts(
          ownership,
          await recentCommits(workspace.repo, options.history),
          askGuard(ownership),
        )
      : null;
  const phases = ownership === null ? [] : phaseMatrix(ownership);
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  return reportOf('lint', {
    verdict: verdictOf(all),
    agent: null,
    policy: { ref: file, oid: null },
    findings: [],
    data: {
      file,
      problems: all.map((problem) => ({ ...problem, source: lines[problem.line - 1] ?? null })),
      agents: ownership?.agents.size ?? 0,
      coverage: linted.coverage,
      ...(phases.some(({ together }) => !together) && { phases }),
      ...(history && { history }),
    },
  });
}

interface Linted {
  readonly problems: readonly Problem[];
  readonly coverage: Coverage | null;
}

const NOTHING: Linted = { problems: [], coverage: null };

/** The checks that need to know what the policy means, answered by the guard itself. */
function lintResolved(
  ownership: Ownership,
  { tracked, locate }: Pick<LintFacts, 'locate' | 'tracked'>,
): Linted {
  const facts: LintFacts = {
    tracked,
    locate,
    readBranch: branchAgents(ownership),
    describe: askGuard(ownership),
  };
  return { problems: lintOwnership(ownership, facts), coverage: coverageOf(facts) };
}

/** The guard as it stands when nobody holds a lock. */
function askGuard(ownership: Ownership): LintFacts['describe'] {
  const rules = makeRulebook(ownership);
  const leases = new Map(ownership.shared.map(({ name }) => [name, null]));
  const context = { leases, now: 0, lookAlikes: new Map<RepoPath, string>() };
  const known = new Map<string, GuardAnswer>();
  return (path: RepoPath, id: AgentId | null): GuardAnswer => {
    // Several checks ask about every tracked path.
    const key = `${id ?? ''}/${path}`;
    const found = known.get(key);
    if (found) return found;
    const agent = id === null ? null : (ownership.agents.get(id) ?? null);
    const { finding, ...place } = describePath(rules, agent, path, context);
    const answer = { ...place, refusal: finding?.severity === 'error' ? finding.code : null };
    known.set(key, answer);
    return answer;
  };
}

/** Failing cases alone are a refusal; any other error keeps the guard from deciding. */
function verdictOf(problems: readonly Problem[]): Verdict {
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return 'allowed';
  return errors.every(({ rule }) => rule === 'test-failed') ? 'refused' : 'undecided';
}

/** The repository around; null, with a word about it, where there is none. */
async function workspaceIfAny(host: Host): Promise<Workspace | null> {
  try {
    return await openWorkspace(host);
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== 'git') throw error;
    host.note(`without tracked files: ${error.message}`);
    return null;
  }
}

const trackedIn = async ({ repo, location }: Workspace): Promise<readonly RepoPath[] | null> =>
  location.top === null ? null : [...new Set(await trackedPaths(repo))];
