import { Failure } from '../domain/failure.ts';
import { hintTo } from '../domain/hint.ts';
import type { Report } from '../domain/report.ts';
import type { CheckData } from '../domain/reports/check.ts';
import type { Host } from '../host/host.ts';
import { runCheckPush } from './check-push.ts';
import { runCheck } from './check.ts';

/** The git hooks that judge, sorted. Others that git runs have nothing to refuse. */
export const HOOK_NAMES = ['pre-commit', 'pre-merge-commit', 'pre-push'] as const;

/**
 * What an installed hook runs. git exports to it which index and which merge it is about.
 *
 * @throws Failure as `runCheck` and `runCheckPush` do, and `usage` for a hook that is none of ours.
 */
export async function runHook(host: Host, name: string): Promise<Report<CheckData>> {
  return { ...(await judgeFor(host, name)), command: `hook ${name}` };
}

async function judgeFor(host: Host, name: string): Promise<Report<CheckData>> {
  switch (name) {
    case 'pre-commit':
      return runCheck(host, { target: { kind: 'staged' }, recordLane: true });
    case 'pre-merge-commit':
      return runCheck(host, { target: { kind: 'staged' } });
    case 'pre-push':
      return runCheckPush(host, (await host.input()).toString());
    default:
      throw new Failure('usage', `'${name}' is no hook of bailiwick`, [
        hintTo(`run one, use one of: ${HOOK_NAMES.join(', ')}`),
      ]);
  }
}
