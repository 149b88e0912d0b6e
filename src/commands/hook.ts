import { join } from 'node:path';
import { Failure } from '../domain/failure.ts';
import { hintTo } from '../domain/hint.ts';
import type { Environment } from '../domain/repo.ts';
import { type Report, type ReportParts, reportOf } from '../domain/report.ts';
import type { CheckData } from '../domain/reports/check.ts';
import { ALL_GUARD_EVENTS } from '../domain/reports/init.ts';
import { type Ahead, parseAhead } from '../git/objects/ahead.ts';
import { parseMovedRefs } from '../git/refs/moved-refs.ts';
import { parseReceivedLines, receivedRef } from '../git/refs/received-lines.ts';
import type { Host } from '../host/host.ts';
import { answerCanary } from '../services/install/canary/answer-canary.ts';
import { judgePush } from '../services/guard/judge-push.ts';
import { judgeCommit } from '../services/guard/judge-commit.ts';
import { noteRefusal } from '../services/metrics/note-refusal.ts';
import { rememberQuestions } from '../services/session/remember-questions.ts';
import { hookSession } from '../services/session/hook-session.ts';
import { type Session, type SessionOptions, withSession } from '../services/session/session.ts';

/** The git hooks that judge, sorted. Others that git runs have nothing to refuse. */
export const HOOK_NAMES = ALL_GUARD_EVENTS;

/** Those that judge where a push arrives. */
export const SERVER_HOOK_NAMES = ['pre-receive', 'update'] as const;

export const isOnServer = (hook: string): boolean =>
  (SERVER_HOOK_NAMES as readonly string[]).includes(hook);

/**
 * What an installed hook runs. git exports to it which index and which merge it is about.
 *
 * @param args git's own arguments
 * @param ahead what `hooks/ahead` has written
 * @throws Failure when it cannot be decided, and `usage` for a hook that is not one of ours.
 */
export async function runHook(
  host: Host,
  name: string,
  args: readonly string[] = [],
  ahead: Buffer | null = null,
): Promise<Report<CheckData>> {
  // Whoever pushes could set a server's variables; there is nobody to prove there that hooks work.
  if (!isOnServer(name)) answerCanary(host);
  const parts = await judgeFor(host, name, args, ahead && parseAhead(ahead));
  const report = reportOf(`hook ${name}`, parts);
  if (report.verdict === 'refused' && !isOnServer(name)) noteRefusal(host, name, report);
  return report;
}

async function judgeFor(
  host: Host,
  name: string,
  args: readonly string[],
  ahead: Ahead | null,
): Promise<ReportParts<CheckData>> {
  switch (name) {
    case 'pre-commit':
      return judgeStaged({ ...host, environment: withoutMergeHeads(host.environment) }, ahead);
    case 'pre-merge-commit':
      return withSession(host, (session) => judgeCommit(session, {}), stagedSession(host));
    case 'prepare-commit-msg': {
      const { judgePrepared } = await import('../services/strict/judge-prepared.ts');
      return judgePrepared(host, stagedSession(host));
    }
    case 'reference-transaction': {
      const { judgeMoves } = await import('../services/strict/judge-moves.ts');
      return judgeMoves(host, parseMovedRefs(args.slice(1)));
    }
    case 'pre-push':
      return judgePush(host, (await host.input()).toString());
    case 'pre-receive': {
      const { judgeReceived } = await import('../services/receive/judge-received.ts');
      return judgeReceived(host, parseReceivedLines((await host.input()).toString()));
    }
    case 'update': {
      const { judgeReceived } = await import('../services/receive/judge-received.ts');
      const [ref, before, after] = args;
      return judgeReceived(host, [receivedRef(ref, before, after)]);
    }
    default:
      throw new Failure('usage', `'${name}' is no hook of bailiwick`, [
        hintTo(`run one, use one of: ${[...HOOK_NAMES, ...SERVER_HOOK_NAMES].join(', ')}`),
      ]);
  }
}

async function judgeStaged(host: Host, ahead: Ahead | null): Promise<ReportParts<CheckData>> {
  const options = stagedSession(host);
  const judged = async (session: Session): Promise<ReportParts<CheckData>> => {
    const parts = await judgeCommit(session, { recordLane: true });
    rememberQuestions(session);
    return parts;
  };
  return withSession(host, judged, { ...options, ...(ahead && { ahead }) });
}

/** In a merge what is staged is not compared with HEAD. */
function stagedSession(host: Host): SessionOptions {
  const options = hookSession(host);
  const { location } = options;
  const merging =
    location === undefined ||
    location === null ||
    host.files.exists(join(location.gitDirectory, 'MERGE_HEAD'));
  return merging ? options : { ...options, staged: true };
}

/** git names the heads of a merge so for `pre-merge-commit` only; elsewhere the words are not git's. */
const withoutMergeHeads = (environment: Environment): Environment =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('GITHEAD_')));
