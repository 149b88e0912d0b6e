import { join } from 'node:path';
import { Failure } from '../../domain/failure.ts';
import { type Hint, hintTo } from '../../domain/hint.ts';
import { shortRef } from '../../domain/refs.ts';
import type { Diagnosis, PolicyHealth } from '../../domain/reports/doctor.ts';
import { readCommitObject } from '../../git/objects/commit.ts';
import type { ObjectReader } from '../../git/objects/object-reader.ts';
import { readRemoteHeads, type RemoteHead } from '../../git/refs/remote-heads.ts';
import type { Host } from '../../host/host.ts';
import { loadPolicy, type Policy, POLICY_FILE } from '../session/policy.ts';
import type { Workspace } from '../session/workspace.ts';

/** The policy as the guard would read it, and what is wrong with where it comes from. */
export interface PolicyReading {
  readonly policy: Policy | null;
  readonly health: PolicyHealth | null;
  readonly remotes: readonly string[];
  readonly diagnoses: readonly Diagnosis[];
}

/** Reads it. A policy that cannot be used is a fault like others, and ends nothing here. */
export async function readPolicyHealth(
  host: Host,
  workspace: Workspace,
  reader: ObjectReader,
): Promise<PolicyReading> {
  const [policy, heads] = await Promise.all([
    loadPolicy(reader).catch((error: unknown) => {
      if (error instanceof Failure) return error;
      throw error;
    }),
    readRemoteHeads(workspace.repo),
  ]);
  const remotes = heads.map(({ remote }) => remote);
  if (policy instanceof Failure) {
    const hint = policy.hints[0] ?? hintTo('see every problem', 'bailiwick lint');
    const broken = fault('policy-broken', `the policy cannot be used: ${policy.message}`, hint);
    return { policy: null, health: null, remotes, diagnoses: [broken, ...staleHeads(heads)] };
  }
  return {
    policy,
    health: policy && (await healthOf(reader, policy)),
    remotes,
    diagnoses: [
      ...(policy === null ? [noPolicy(host, workspace)] : landed(policy, remotes)),
      ...staleHeads(heads),
      ...(policy === null ? [] : otherBase(policy, heads)),
    ],
  };
}

async function healthOf(reader: ObjectReader, policy: Policy): Promise<PolicyHealth> {
  const { source, ownership } = policy;
  const commit = source.oid === null ? null : await readCommitObject(reader, source.oid);
  return { ...source, committed: commit && commit.time * 1000, base: ownership.base };
}

function noPolicy({ files }: Host, { location: { top } }: Workspace): Diagnosis {
  if (top !== null && files.exists(join(top, POLICY_FILE)))
    return {
      ...fault(
        'policy-not-landed',
        `${POLICY_FILE} is not on the base branch yet: until then no rule is in force`,
        hintTo('bring it there', `git add ${POLICY_FILE} && git commit`),
      ),
      severity: 'note',
    };
  return fault(
    'policy-missing',
    `there is no ${POLICY_FILE}, neither on the base branch nor here: nothing is judged`,
    hintTo('have a first one proposed', 'bailiwick init'),
  );
}

function landed({ base, notices, ownership }: Policy, remotes: readonly string[]): Diagnosis[] {
  if (base === null)
    return [
      fault(
        'base-missing',
        `there is no branch ${ownership.base} here, nor one of a remote, though the policy names it as the base`,
        remotes.length === 0
          ? hintTo(`name the branch that everything lands on, as base in ${POLICY_FILE}`)
          : hintTo(
              'have it',
              `git fetch ${remotes.includes('origin') ? 'origin' : remotes[0]!} ${ownership.base}`,
            ),
      ),
    ];
  return notices.map((message) => ({
    ...fault('policy-not-landed', message, null),
    severity: 'note' as const,
  }));
}

const staleHeads = (heads: readonly RemoteHead[]): Diagnosis[] =>
  heads
    .filter(({ head, exists }) => head !== null && !exists)
    .map(({ remote, head }) =>
      fault(
        'remote-head-stale',
        `${remote}/HEAD points at ${shortRef(head!)}, which is not there any more`,
        askRemote(remote),
      ),
    );

/** The policy is looked for by `origin/HEAD` first, so an old one leads to an old policy. */
const otherBase = ({ ownership }: Policy, heads: readonly RemoteHead[]): Diagnosis[] =>
  heads
    .filter(({ remote, head, exists }) => {
      const name = head && shortRef(head).slice(remote.length + 1);
      return remote === 'origin' && exists && name !== null && name !== String(ownership.base);
    })
    .map(({ remote, head }) =>
      fault(
        'remote-head-differs',
        `${remote}/HEAD points at ${shortRef(head!)}, and the base of the policy is ${ownership.base}`,
        askRemote(remote),
      ),
    );

const askRemote = (remote: string): Hint =>
  hintTo('ask the remote which is its default branch', `git remote set-head ${remote} --auto`);

const fault = (code: Diagnosis['code'], message: string, hint: Hint | null): Diagnosis => ({
  code,
  severity: 'fault',
  worktree: null,
  event: null,
  message,
  hint,
  ours: false,
});
