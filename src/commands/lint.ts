import { isAbsolute, join, relative, sep } from 'node:path';
import { describePath } from '../core/guard/describe-path.ts';
import { makeRulebook } from '../core/guard/rulebook.ts';
import { branchAgents } from '../core/identity/branch-agent.ts';
import { decodePolicyText } from '../core/policy/decode-policy-text.ts';
import type { GuardAnswer, LintFacts } from '../core/policy/lint/context.ts';
import { coverageOf } from '../core/policy/lint/coverage.ts';
import { lintOwnership } from '../core/policy/lint/lint.ts';
import { readPolicy, sortProblems } from '../core/policy/parse.ts';
import { Failure } from '../domain/failure.ts';
import { hintTo } from '../domain/hint.ts';
import type { AgentId } from '../domain/ids.ts';
import type { Ownership } from '../domain/ownership.ts';
import type { RepoPath } from '../domain/path.ts';
import type { Problem } from '../domain/problem.ts';
import { type Report, reportOf, type Verdict } from '../domain/report.ts';
import type { Coverage, LintData } from '../domain/reports/lint.ts';
import { trackedPaths } from '../git/worktree/tracked-paths.ts';
import type { Host } from '../host/host.ts';
import { POLICY_FILE } from '../services/session/policy.ts';
import { openWorkspace, type Workspace } from '../services/session/workspace.ts';

export interface LintOptions {
  /** A path as typed, or `-` for standard input; by default the policy at the top of the work tree. */
  readonly file?: string | undefined;
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
  const { file, text } = await readFile(host, workspace, options.file);
  const { ownership, problems, locate } = readPolicy(text);
  const tracked = ownership && workspace && (await trackedIn(workspace));
  const linted = ownership ? lintResolved(ownership, { tracked, locate }) : NOTHING;
  const all = sortProblems([...problems, ...linted.problems]);
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

async function readFile(
  host: Host,
  workspace: Workspace | null,
  typed: string | undefined,
): Promise<{ readonly file: string; readonly text: string }> {
  if (typed === '-') return { file: typed, text: decodePolicyText(await host.input(), typed) };
  const top = host.files.resolve(workspace?.location.top ?? host.cwd);
  const path = absolutePath(host, top, typed);
  const inside = relative(top, path).split(sep).join('/');
  const file = inside.startsWith('../') || isAbsolute(inside) ? (typed ?? inside) : inside;
  const bytes = host.files.read(path);
  if (bytes === null)
    throw new Failure('policy', `there is no ${file}`, [
      hintTo('start a policy', 'bailiwick init'),
      hintTo('lint another file', 'bailiwick lint <file>'),
    ]);
  return { file, text: decodePolicyText(bytes, file) };
}

function absolutePath(host: Host, top: string, typed: string | undefined): string {
  if (typed === undefined) return join(top, POLICY_FILE);
  return isAbsolute(typed) ? typed : join(host.files.resolve(host.cwd), typed);
}
