import { join } from 'node:path';
import { leaseState } from '../../core/locks/lease.ts';
import { formatDuration } from '../../domain/text/duration.ts';
import { Failure } from '../../domain/failure.ts';
import { type Hint, hintTo } from '../../domain/hint.ts';
import type { Diagnosis } from '../../domain/reports/doctor.ts';
import type { ProcessMark } from '../../domain/process-mark.ts';
import { sharedStatePaths } from '../../git/worktree/state-paths.ts';
import { sharedSetting } from '../../git/worktree/settings.ts';
import type { Host } from '../../host/host.ts';
import { isAlive } from '../../host/process/process-mark.ts';
import { isOurAlias } from '../../core/install/alias.ts';
import { ALIAS_SETTING, ALLOW_MISSING_SETTING, HOME_SETTING } from '../install/settings.ts';
import { listLeases } from '../locks/list-leases.ts';
import type { Policy } from '../session/policy.ts';
import type { Workspace } from '../session/workspace.ts';
import { readRegistry } from '../worktrees/registry-file.ts';
import { diagnoseRequests } from './diagnose-requests.ts';

type Kind = Pick<Diagnosis, 'code' | 'message'> & Partial<Diagnosis>;

const fault = (kind: Kind): Diagnosis => ({
  severity: 'fault',
  worktree: null,
  event: null,
  hint: null,
  ours: false,
  ...kind,
});

/** Everything besides hooks, worktrees and policy that keeps the guard, or git itself, from working. */
export async function diagnoseLeftovers(
  host: Host,
  workspace: Workspace,
  policy: Policy | null,
): Promise<Diagnosis[]> {
  const [locks, requests, settings] = await Promise.all([
    diagnoseLocks(host, workspace),
    diagnoseRequests(workspace.repo, policy, host.now()),
    diagnoseSettings(host, workspace),
  ]);
  return [...locks, ...requests, ...settings, ...ofRegistry(host, workspace)];
}

/** Leases that have ended and were never given back, and locks that nobody can read. */
async function diagnoseLocks(host: Host, { repo }: Workspace): Promise<Diagnosis[]> {
  const now = host.now();
  const { leases } = await listLeases(repo, true);
  return [...leases].flatMap(([name, { reading }]) => {
    if (reading instanceof Failure)
      return fault({
        code: 'lock-unreadable',
        message: `the lock ${name} cannot be read: ${reading.message}`,
        hint:
          reading.hints[0] ?? hintTo('make it what it last said', `bailiwick lock reset ${name}`),
      });
    if (leaseState(reading, now, 0) !== 'expired') return [];
    const { holder, expires } = reading!;
    return fault({
      code: 'lock-expired',
      message: `the lease of ${holder} on the lock ${name} ended ${formatDuration(now - expires)} ago, and was not given back`,
      hint: hintTo('take it over, as one of its agents', `bailiwick lock acquire ${name} --steal`),
    });
  });
}

function ofRegistry(host: Host, { location }: Workspace): Diagnosis[] {
  const registry = attempt(() => readRegistry(host, location));
  if (registry instanceof Failure)
    return [
      fault({
        code: 'registry-broken',
        message: registry.message,
        hint: registry.hints[0] ?? null,
      }),
    ];
  const { registryLock } = sharedStatePaths(location);
  const half = registry
    .filter(({ maker }) => maker !== null && !isAlive(maker))
    .map(({ path, agent }) =>
      fault({
        code: 'worktree-half-made',
        worktree: path,
        message: 'this worktree was being made when that was cut short',
        hint: hintTo('go on with it', `bailiwick worktree add ${agent}`),
      }),
    );
  const text = host.files.read(registryLock)?.toString();
  if (text === undefined || holds(text)) return half;
  return [
    ...half,
    fault({
      code: 'registry-lock',
      message: `${registryLock} was left by a process that does not run any more`,
      hint: hintTo('take it away', 'bailiwick doctor --fix'),
      ours: true,
    }),
  ];
}

function holds(text: string): boolean {
  try {
    return isAlive(JSON.parse(text) as ProcessMark);
  } catch {
    return false;
  }
}

function attempt<T>(work: () => T): Failure | T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

/** What `init` wrote into git's configuration, and no longer leads anywhere. */
async function diagnoseSettings({ files }: Host, { repo }: Workspace): Promise<Diagnosis[]> {
  const [home, alias, allowMissing] = await Promise.all(
    [HOME_SETTING, ALIAS_SETTING, ALLOW_MISSING_SETTING].map((key) => sharedSetting(repo, key)),
  );
  const isGone = (place: string): boolean => !files.exists(join(place, 'hooks/run'));
  const repair: Hint = hintTo('record where it is now', 'bailiwick doctor --fix');
  const named = alias && isOurAlias(alias) ? /^!bailiwick='?([^';]+)/.exec(alias)?.[1] : undefined;
  return [
    ...(home && isGone(home)
      ? [
          fault({
            code: 'home-gone',
            message: `${HOME_SETTING} says ${home}, and bailiwick is not there any more: worktrees without packages find none`,
            hint: repair,
            ours: true,
          }),
        ]
      : []),
    ...(named !== undefined && isGone(named)
      ? [
          fault({
            code: 'alias-gone',
            message: `${ALIAS_SETTING} leads to ${named}, where bailiwick is not any more`,
            hint: repair,
            ours: true,
          }),
        ]
      : []),
    ...(allowMissing === 'true'
      ? [
          fault({
            code: 'allow-missing',
            severity: 'note',
            message: `${ALLOW_MISSING_SETTING} is true: where bailiwick is missing, everything goes through`,
            hint: hintTo('have it refused again', `git config --unset ${ALLOW_MISSING_SETTING}`),
          }),
        ]
      : []),
  ];
}
