import { FINDING_CODES, type Finding, type FindingCode } from '../../src/domain/finding.ts';
import { hintTo } from '../../src/domain/hint.ts';
import type { Identity } from '../../src/domain/identity.ts';
import type { AgentId } from '../../src/domain/ids.ts';
import type { RepoPath } from '../../src/domain/path.ts';
import type { Oid } from '../../src/domain/refs.ts';
import { verdictOf, REPORT_SCHEMA, type Report } from '../../src/domain/report.ts';
import type { CheckData, Subject } from '../../src/domain/reports/check.ts';
import { plainPaint, type View } from '../../src/render/view.ts';

export const agent = (id: string): AgentId => id as AgentId;
export const path = (text: string): RepoPath => text as RepoPath;

export const view: View = {
  paint: plainPaint,
  width: 80,
  documentation: '/opt/bailiwick/docs',
  program: 'bailiwick',
};

export const identity: Identity = {
  kind: 'agent',
  agent: agent('a2'),
  strength: 'bound',
  claims: [
    { source: 'binding', from: "the worktree's binding", agent: agent('a2') },
    { source: 'branch', from: 'branch feat/a2/ranking', agent: agent('a2') },
  ],
};

export const subject = (more: Partial<Subject> = {}): Subject => ({
  kind: 'commit',
  description: 'the staged changes',
  identity,
  changes: 12,
  ...more,
});

/** A check of a commit; the verdict follows from the findings. */
export function checkReport(
  findings: readonly Finding[],
  data: Partial<CheckData> = {},
  more: Partial<Report<CheckData>> = {},
): Report<CheckData> {
  return {
    schema: REPORT_SCHEMA,
    command: 'check',
    verdict: verdictOf(findings),
    agent: agent('a2'),
    policy: { ref: 'origin/main', oid: '1234abcd'.repeat(5) as Oid },
    findings,
    data: {
      worktree: '/home/ann/wt-a2',
      subjects: [subject()],
      remedy: null,
      notices: [],
      ...data,
    },
    ...more,
  };
}

const at = (text: string, operation: NonNullable<Finding['ops']>[number] = 'modify') => ({
  path: path(text),
  ops: [operation],
});

const ask = (text: string): string =>
  `bailiwick request open :/${text} --staged -m 'needed for feat/a2/ranking'`;

type Example = Omit<Finding, 'agent' | 'code' | 'severity'> & {
  /** Null where the finding is of two branches, or of nobody; left out, it is a2. */
  readonly agent?: null;
  readonly severity?: 'notice' | 'warning';
};

/** One finding of each code, worded as the guard words it; `docs/findings.md` shows the same. */
const WORDS: Record<FindingCode, Example> = {
  'base-branch-push': {
    message: 'a2 may not push to main: what lands there is merged, not pushed',
    hint: hintTo('propose the change, push a branch of the agent and open a pull request'),
  },
  'base-red': {
    agent: null,
    message:
      'main itself does not pass, so nothing was tried: test -e built: exit code 1, see .git/bailiwick/validation/land-main/1.log',
    hint: hintTo('see what is new on main', 'git log --oneline -10 main'),
  },
  'branch-stale': {
    severity: 'warning',
    message: 'feat/a2/ranking is 61 commits behind origin/main, where 50 are the limit',
    rule: 'limits.behind',
    hint: hintTo('catch up', 'git merge origin/main'),
  },
  'branch-too-large': {
    severity: 'warning',
    message: 'feat/a2/ranking changes 412 lines, where 300 are the limit',
    rule: 'limits.lines',
    hint: hintTo('see where they are', 'git diff --stat origin/main...feat/a2/ranking'),
  },
  conflict: {
    severity: 'warning',
    agent: null,
    path: path('services/common/retry.py'),
    message: 'feat/a1/retries and feat/a2/ranking conflict: services/common/retry.py lines 40-52',
    hint: hintTo('see in which order they are cheapest to merge', 'bailiwick order'),
  },
  'conflict-combination': {
    severity: 'warning',
    agent: null,
    path: path('services/common/retry.py'),
    message:
      'feat/a2/ranking conflicts once feat/a1/backoff and feat/a1/retries have landed: services/common/retry.py',
    hint: hintTo('see where it lands best', 'bailiwick order'),
  },
  'conflict-with-base': {
    severity: 'warning',
    path: path('services/viral_engine/rank.py'),
    message: 'feat/a2/ranking no longer merges with main: services/viral_engine/rank.py line 12',
    hint: hintTo('see what conflicts', 'git merge-tree main feat/a2/ranking'),
  },
  'dangling-name': {
    severity: 'notice',
    agent: null,
    path: path('services/viral_engine/rank.py'),
    message:
      '`load_scores` is removed by feat/a1/store (services/common/scores.py) and used by feat/a2/ranking (services/viral_engine/rank.py:97)',
    hint: hintTo(
      'see how it is used',
      'git grep -n -w -F -e load_scores feat/a2/ranking -- services/viral_engine/rank.py',
    ),
  },
  'duplicate-name': {
    severity: 'notice',
    agent: null,
    path: path('tests/test_scores.py'),
    message:
      '`test_empty` is added by feat/a1/store (tests/test_scores.py:12) and by feat/a2/ranking (tests/test_scores.py:40): the second takes the place of the first without a word',
    hint: hintTo('keep both, give the one that lands later another name'),
  },
  forbidden: {
    ...at('src/auth/session.ts'),
    rule: "agents.a2.forbidden[0] 'src/auth/**'",
    message: 'a2 may never change this',
    hint: hintTo('leave it out', 'git restore --staged -- :/src/auth/session.ts'),
  },
  'foreign-merge': {
    owner: [agent('a1')],
    message:
      'has commits of feat/a1/retries, a branch of a1 that has not landed: they would land with this one',
    hint: hintTo(
      'take the merge out and keep what came after it',
      `git reset --keep ${'1234abcd'.repeat(5)}`,
    ),
  },
  'foreign-ref-push': {
    message: 'a2 may not delete release/1.x, which is not a branch of a2',
    hint: hintTo('have it done, ask a person'),
  },
  'state-ref-push': {
    message:
      'a2 may not push to refs/bailiwick/locks/common by hand: only its own commands write there',
    hint: hintTo('see the locks and who holds them', 'bailiwick lock list'),
  },
  'foreign-branch-push': {
    owner: [agent('a1')],
    message: 'a2 may not push to feat/a1/retries, a branch of a1',
    hint: hintTo('hand the work over, push it to a branch of a2 and ask a1 to take it'),
  },
  frozen: {
    ...at('ownership.yml'),
    rule: "builtin 'ownership.yml'",
    message:
      "a control file of the guard: only people, or an agent whose 'owns' names it, may change it",
    hint: hintTo('leave it out', 'git restore --staged -- :/ownership.yml'),
  },
  'grant-expired': {
    ...at('services/orchestrator/main.py'),
    owner: [agent('a1')],
    rule: "agents.a1.owns[0] 'services/orchestrator/**'",
    message: 'the leave of a1 to change this (request q1a2b3c4) ended at 2026-05-01T14:00:00Z',
    hint: hintTo('ask for it anew', 'bailiwick request reopen q1a2b3c4'),
  },
  'hook-bypassed': {
    severity: 'warning',
    message: '2 commits of feat/a2/cache passed no commit hook: 3f6c1a90b2, 8d04e7719c',
    hint: hintTo('see whether git runs the hooks', 'bailiwick doctor'),
  },
  'identity-mismatch': {
    agent: null,
    message: 'it is not clear who is acting: AGENT_ID=a1 says a1, branch feat/a2/ranking says a2',
    hint: hintTo('see where each comes from', 'bailiwick whoami'),
  },
  'identity-unknown': {
    agent: null,
    message: 'no agent of the policy is acting here, and the policy lets nobody else make changes',
    hint: hintTo('act as an agent', 'bailiwick whoami --bind <agent>'),
  },
  'land-failed': {
    message:
      'feat/a2/scores does not land: conflicts with feat/a2/ranking in services/viral_engine/rank.py',
    hint: hintTo('see where, and with whom', 'bailiwick overlap'),
  },
  'landed-out-of-part': {
    ...at('services/orchestrator/main.py', 'modify'),
    rule: "agents.a1.owns[0] 'services/orchestrator/**'",
    owner: [agent('a1')],
    message: '#12 landed what the check refuses: owned-by-other, belongs to a1',
    hint: hintTo('see what landed', `git diff ${'1234abcd'.repeat(5)} ${'5678abcd'.repeat(5)}`),
  },
  'local-only': {
    ...at('.agent.env', 'add'),
    rule: "builtin '.agent.env'",
    message: 'local to one worktree: it must never be committed',
    hint: hintTo('leave it out', 'git restore --staged -- :/.agent.env'),
  },
  'lock-expired': {
    ...at('services/common/retry.py'),
    owner: [agent('a1'), agent('a2')],
    rule: "shared.common.paths[0] 'services/common/**'",
    message: 'the lease of a2 on the lock common ended at 2026-05-01T17:00:00Z',
    hint: hintTo('take the lock', 'bailiwick lock renew common'),
  },
  'lock-held': {
    ...at('services/common/retry.py'),
    owner: [agent('a1'), agent('a2')],
    rule: "shared.common.paths[0] 'services/common/**'",
    message:
      'the lock common is held by a1 since 2026-05-01T12:00:00Z until 2026-05-01T14:00:00Z: retries',
    hint: hintTo('take the lock', 'bailiwick lock acquire common --wait'),
  },
  'lock-needed': {
    ...at('services/common/retry.py'),
    owner: [agent('a1'), agent('a2')],
    rule: "shared.common.paths[0] 'services/common/**'",
    message: 'a change needs the lock common, and a2 does not hold it',
    hint: hintTo('take the lock', 'bailiwick lock acquire common'),
  },
  'lock-unlanded': {
    rule: 'shared.common',
    message:
      'feat/a2/ranking has changes of common that have not landed: whoever takes the lock next may change the same files. The lock is free by itself once they have landed',
    hint: hintTo('give it back all the same', 'bailiwick lock release common --unlanded'),
  },
  'migration-collision': {
    path: path('db/0007_scores.up.sql'),
    message:
      'db/0007_scores.up.sql and db/0007_index.up.sql both have the number 0007 once it is on main: golang-migrate refuses duplicates',
    hint: hintTo('renumber it', 'git mv -- db/0007_scores.up.sql db/0008_scores.up.sql'),
  },
  'near-change': {
    severity: 'notice',
    agent: null,
    path: path('services/common/retry.py'),
    message: 'feat/a1/retries and feat/a2/ranking come close: services/common/retry.py',
    hint: hintTo(
      'see how they differ',
      'git diff feat/a1/retries feat/a2/ranking -- services/common/retry.py',
    ),
  },
  'owned-by-other': {
    ...at('services/orchestrator/main.py'),
    owner: [agent('a1')],
    rule: "agents.a1.owns[0] 'services/orchestrator/**'",
    message: 'belongs to a1',
    hint: hintTo('ask a1 for it', ask('services/orchestrator/main.py')),
  },
  'phase-closed': {
    owner: [agent('a1')],
    rule: 'agents.a2.after',
    message: 'it is not the turn of a2: a1 has not handed off yet',
    hint: hintTo('see what a1 has handed off', 'bailiwick handoff show a1'),
  },
  'policy-changed': {
    severity: 'notice',
    ...at('ownership.yml'),
    message: 'the policy itself changes; this was judged by the one of main',
  },
  'pull-request-form': {
    message:
      "the title is not '[{agent}] {text}'; it would read: [a2] Rank by views; the label auto-merge is missing",
    rule: 'pull_requests',
    hint: hintTo(
      'put the pull request right',
      "gh pr edit 12 --title '[a2] Rank by views' --add-label auto-merge",
    ),
  },
  'request-pending': {
    owner: [agent('a1')],
    message:
      'feat/a2/ranking lands only together with what it asked a1 for, which waits for an answer (request q1a2b3c4)',
    hint: hintTo('see it', 'bailiwick request show q1a2b3c4'),
  },
  'request-refused': {
    owner: [agent('a1')],
    message: "request q1a2b3c4 is a2's own: a1 decides it",
    hint: hintTo('see it', 'bailiwick request show q1a2b3c4'),
  },
  reserved: {
    ...at('db/alembic/0007_add_index.py', 'add'),
    owner: [agent('a1')],
    rule: "reserved.migrations.paths[0] '**/alembic/**'",
    message: 'only a1 may change this (migrations): one writer keeps the numbers linear',
    hint: hintTo('ask a1 for it', ask('db/alembic/0007_add_index.py')),
  },
  'same-file': {
    severity: 'notice',
    agent: null,
    path: path('services/common/retry.py'),
    message: 'feat/a1/retries and feat/a2/ranking both change services/common/retry.py',
    hint: hintTo(
      'see how they differ',
      'git diff feat/a1/retries feat/a2/ranking -- services/common/retry.py',
    ),
  },
  'task-overlap': {
    severity: 'warning',
    owner: [agent('a1')],
    message: 'task 17 is about paths of task 16 as well',
    hint: hintTo('see it', 'bailiwick task show 16'),
  },
  'task-taken': {
    owner: [agent('a1')],
    message: "task 16 is a1's since 2026-05-01T12:00:00Z (build-1), and assigned",
    hint: hintTo('see it', 'bailiwick task show 16'),
  },
  'undoes-landed': {
    severity: 'notice',
    path: path('services/viral_engine/rank.py'),
    message:
      "feat/a2/ranking puts 1 of 1 file back to what it was before 1234abcd12 'Rank by age', without saying that it reverts",
    hint: hintTo(
      'see what it takes back',
      'git diff main feat/a2/ranking -- services/viral_engine/rank.py',
    ),
  },
  unowned: {
    ...at('tools/new.sh', 'add'),
    message: 'no agent owns this',
    hint: hintTo('ask a person for it', ask('tools/new.sh')),
  },
  'unsafe-path': {
    ...at('services/viral_engine/Rank.py', 'add'),
    message: 'the name differs only in case or Unicode form from services/viral_engine/rank.py',
    hint: hintTo('leave it out', 'git restore --staged -- :/services/viral_engine/Rank.py'),
  },
  'version-bump-needed': {
    severity: 'warning',
    path: path('services/common/client.py'),
    rule: 'shared.common.version',
    message:
      'feat/a2/ranking takes `Client` away from the shared part common, and its version in services/common/__init__.py stays 1.4.0',
    hint: hintTo(
      'say so to whoever uses it, raise the version, or add .changeset/<name>.md with `"common": major` in its front matter',
    ),
  },
  'version-drift': {
    severity: 'warning',
    path: path('services/viral_engine/requirements.txt'),
    message:
      'fastapi becomes ==1.2, which cannot hold together with <1 in services/orchestrator/requirements.txt',
    hint: hintTo('change both, or ask for a version of fastapi that both accept'),
  },
};

export const example = (code: FindingCode): Finding => ({
  code,
  severity: 'error',
  agent: agent('a2'),
  ...WORDS[code],
});

/** Findings of every code, in the order of the codes. */
export const examples: readonly Finding[] = FINDING_CODES.map(example);
