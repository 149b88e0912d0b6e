import { branchAgents } from '../../core/identity/branch-agent.ts';
import { isDeclared } from '../../core/identity/declared-person.ts';
import { branchPatterns } from '../../core/identity/branch-patterns.ts';
import { resolveIdentity } from '../../core/identity/resolve.ts';
import { type Finding, sortFindings } from '../../domain/finding.ts';
import { type Hint, hintTo } from '../../domain/hint.ts';
import { agentOf, type Identity } from '../../domain/identity.ts';
import { type BranchName, branchOf, branchRef, shortRef } from '../../domain/refs.ts';
import type { ReportParts } from '../../domain/report.ts';
import type { CheckData, Subject } from '../../domain/reports/check.ts';
import { readCommitTree } from '../../git/objects/read-top-file.ts';
import type { MovedRef } from '../../git/refs/moved-refs.ts';
import { refsContaining } from '../../git/refs/refs-containing.ts';
import { sharedStatePaths } from '../../git/worktree/state-paths.ts';
import type { Host } from '../../host/host.ts';
import { beforePolicy } from '../guard/before-policy.ts';
import { type BranchJudgement, judgeBranch } from '../guard/judge-branch.ts';
import { operationIn } from '../layout/operation-in.ts';
import { hookSession } from '../session/hook-session.ts';
import { currentBranch, identify } from '../session/identify.ts';
import { requireBase } from '../session/policy.ts';
import { type PolicySession, type Session, withSession } from '../session/session.ts';

const NOTHING: ReportParts<CheckData> = {
  agent: null,
  policy: null,
  findings: [],
  data: { worktree: null, subjects: [], remedy: null, notices: [] },
};

/**
 * Judges branches that git is about to move, by what landing them would then change: the hook of strict
 * mode, which sees what no commit hook does. Refused is what the move makes worse, so that a branch that
 * is wrong already can be put right step by step.
 */
export const judgeMoves = (
  host: Host,
  moves: readonly MovedRef[],
): Promise<ReportParts<CheckData>> =>
  withSession(host, (session) => judgeAll(session, moves), hookSession(host));

async function judgeAll(
  session: Session,
  moves: readonly MovedRef[],
): Promise<ReportParts<CheckData>> {
  const { policy } = session;
  if (policy === null || (await beforePolicy(session)) !== null) return NOTHING;
  const judging = { ...session, policy };
  rememberPatterns(judging);
  const judged = [];
  for (const move of moves) {
    const found = await judgeMove(judging, move);
    if (found !== null) judged.push(found);
  }
  const agents = new Set(judged.map(({ subject }) => agentOf(subject.identity)));
  const findings = sortFindings(judged.flatMap((each) => each.findings));
  const refused = judged.find(({ findings: found }) => found.some(isError));
  return {
    agent: agents.size === 1 ? [...agents][0]! : null,
    policy: policy.source,
    findings,
    data: {
      worktree: session.workspace.location.top,
      subjects: judged.map(({ subject }) => subject),
      remedy: refused ? wayBack(judging, refused.subject.description) : null,
      notices: [],
    },
  };
}

/** For the hook itself, which asks nothing more about branches that are not like these. */
function rememberPatterns({ host, policy, workspace }: PolicySession): void {
  const { ownership } = policy;
  const path = sharedStatePaths(workspace.location).branchPatterns;
  const text = [ownership.base, ...branchPatterns(ownership), ''].join('\n');
  if (host.files.read(path)?.toString() !== text) host.files.write(path, text);
}

interface JudgedMove {
  readonly subject: Subject;
  readonly findings: readonly Finding[];
}

/** Null for what concerns no agent, and for commits that a branch has already. */
async function judgeMove(
  session: PolicySession,
  { ref, before, after }: MovedRef,
): Promise<JudgedMove | null> {
  const { policy, reader, workspace } = session;
  const branch = branchOf(ref);
  const identity = branch === null ? null : whoMoves(session, branch);
  if (branch === null || identity === null || branch === policy.ownership.base) return null;
  if ((await refsContaining(workspace.repo, after)).length > 0) return null;
  const head = (await readCommitTree(reader, after))?.commit ?? null;
  if (head === null) return null;
  const judge = (commit: typeof head): Promise<BranchJudgement> =>
    judgeBranch(session, identity, { head: commit, branch, local: ref, name: branch });
  const base = requireBase(policy);
  const { findings, changes } = await judge(head);
  const known =
    before !== null && findings.some(isError) ? (await judge(before)).findings.map(keyOf) : [];
  const subject: Subject = {
    kind: 'branch',
    description: `${branch} since ${shortRef(base.ref)}@${base.commit.slice(0, 10)}`,
    identity,
    changes,
  };
  // What helps a branch that has these commits does not help one that has not got them yet.
  const made = findings
    .filter((finding) => isError(finding) && !known.includes(keyOf(finding)))
    .map(({ hint: _, ...finding }) => finding);
  return { subject, findings: made };
}

const isError = ({ severity }: Finding): boolean => severity === 'error';

const keyOf = ({ code, path, message }: Finding): string => `${code} ${path ?? message}`;

/** Whom the move is judged as: on another branch than the one checked out, as whose branch it is. */
function whoMoves(session: PolicySession, branch: BranchName): Identity | null {
  const { host, policy, workspace } = session;
  if (isDeclared(identify(session, { branch: null }))) return null;
  const owned = branchAgents(policy.ownership)(branch).length > 0;
  const here = currentBranch(host, workspace.location) === branch;
  if (!owned || here) {
    const acting = identify(session, here ? {} : { branch: null });
    return acting.kind === 'human' ? null : acting;
  }
  const named = resolveIdentity(policy.ownership, { binding: null, branch, environment: {} });
  return named.ok ? named.value : null;
}

/** Nothing was moved: what git has begun is ended, and there is nothing to put back. */
function wayBack({ host, workspace: { location } }: PolicySession, what: string): Hint {
  const operation = operationIn(host.files, location.gitDirectory);
  const branch = what.split(' ', 1)[0]!;
  return operation === null || operation === 'bisect'
    ? hintTo(`go on, leave these paths out: ${branchRef(branch as BranchName)} is where it was`)
    : hintTo(`go back to where ${branch} was`, `git ${operation} --abort`);
}
