import { isAbsolute } from 'node:path';
import { madeAt, notDone } from '../core/harness/answers.ts';
import { detectHarness } from '../core/harness/detect-harness.ts';
import type { Dialect } from '../core/harness/dialect.ts';
import { DIALECTS } from '../core/harness/dialects.ts';
import type { Intent } from '../core/harness/intent.ts';
import { parsePayload, type HookPayload } from '../core/harness/payload.ts';
import { refusalText, undecidedText } from '../core/harness/refusal-text.ts';
import { shellWrites } from '../core/harness/shell/shell-writes.ts';
import { Failure } from '../domain/failure.ts';
import { type HarnessName, type HookAnswer, SILENCE } from '../domain/harness/harness.ts';
import { type Report, reportOf, type Verdict } from '../domain/report.ts';
import type { AgentHookData } from '../domain/reports/agent-hook.ts';
import type { Result } from '../domain/result.ts';
import type { Host } from '../host/host.ts';
import { programName } from '../host/program.ts';
import { type WorktreeAt, worktreeAt } from '../host/worktree-at.ts';
import { isGuardedAt } from '../services/harness/is-guarded-at.ts';
import { judgeWrites } from '../services/harness/judge-writes.ts';
import type { IgnoredAhead } from '../services/harness/without-ignored.ts';

export interface AgentHookOptions {
  /** Whose form the hook was written in; null finds out who runs it. */
  readonly harness: HarnessName | null;
  /** What stands on standard input. */
  readonly input: Uint8Array;
  /** Fails when there is no more time: a hook that a harness gives up on counts as a yes in most. */
  readonly deadline?: Promise<never> | undefined;
  /** After an edit that is allowed, write down what lets `hooks/edit` allow the next one without Node. */
  readonly recordLane?: boolean;
  /** What git has said already, to the shell that started this. */
  readonly ignored?: IgnoredAhead | undefined;
}

type Decision = Pick<AgentHookData, 'answer' | 'event' | 'paths'> & { readonly verdict: Verdict };

/**
 * Answers a hook of a coding agent's harness, before an edit or a shell command, at the start of a
 * session and at its end. Whatever cannot be decided is refused, because most harnesses take a hook
 * that fails for a yes; a repository without a policy gets silence. Never throws.
 */
export async function runAgentHook(
  host: Host,
  options: AgentHookOptions,
): Promise<Report<AgentHookData>> {
  const payload = parsePayload(options.input);
  const known = payload.ok ? payload.value : null;
  const harness = detectHarness(options.harness, host.environment, known);
  const dialect = DIALECTS[harness];
  const { verdict, ...data } = await decide(host, dialect, payload, options);
  return reportOf('agent-hook', {
    verdict,
    agent: null,
    policy: null,
    findings: [],
    data: { harness, ...data },
  });
}

async function decide(
  host: Host,
  dialect: Dialect,
  payload: Result<HookPayload, string>,
  { deadline, recordLane = false, ignored }: AgentHookOptions,
): Promise<Decision> {
  const intent = payload.ok ? dialect.read(payload.value) : payload;
  const event = intent.ok ? intent.value.kind : 'unread';
  const deny = (text: string, verdict: Verdict, paths: readonly string[] = []): Decision => ({
    event,
    paths,
    verdict,
    answer: dialect.deny(text),
  });
  const work = async (): Promise<Decision> => {
    if (!intent.ok) {
      if (!(await isGuardedAt(host, host.cwd))) return nothing(event);
      return deny(
        undecidedText(new Failure('usage', intent.error), programName(host)),
        'undecided',
      );
    }
    const paths = pathsOf(host, intent.value);
    if (intent.value.kind === 'other' || (intent.value.kind === 'shell' && paths.length === 0))
      return nothing(event);
    const cwd = wholeFrom(host.cwd, intent.value.cwd);
    const here = worktreeAt(host.files, cwd) ?? worktreeAt(host.files, host.cwd);
    if (here === null) return nothing(event);
    if (intent.value.kind === 'session-start') {
      // What an edit has to wait for is only what judges it.
      const { describeSession } = await import('../services/harness/describe-session.ts');
      const text = await describeSession(host, here);
      return said(event, text && dialect.tell(text, intent.value.event));
    }
    if (intent.value.kind === 'worktree-create' || intent.value.kind === 'worktree-remove') {
      return ofWorktree(host, here, intent.value);
    }
    if (intent.value.kind === 'stop') {
      const { describeLeftovers } = await import('../services/harness/describe-leftovers.ts');
      const text = intent.value.again ? null : await describeLeftovers(host, here);
      return said(event, text && dialect.goOn(text));
    }
    const refused = await Promise.all(
      repositoriesAt(host, here).map((each) =>
        judgeWrites(host, each, { cwd, paths, recordLane, ignored }),
      ),
    ).then((all) => all.flat());
    if (refused.length === 0) return { ...nothing(event), paths };
    const program = programName(host);
    const texts = refused.map((each) => refusalText(each, program));
    return deny(texts.join('\n\n'), 'refused', paths);
  };
  try {
    return await (deadline && !isPatient(event) ? Promise.race([work(), deadline]) : work());
  } catch (error) {
    return undecided(host, dialect, event, error);
  }
}

/** What is answered when something went wrong, whatever it was. */
function undecided(
  host: Host,
  dialect: Dialect,
  event: Decision['event'],
  error: unknown,
): Decision {
  // Nobody is to be kept from starting or stopping by what is only told.
  if (event === 'session-start' || event === 'stop') return nothing(event);
  const words = error instanceof Error ? error.message : String(error);
  const failure = isFailure(error) ? error : new Failure('internal', `internal error: ${words}`);
  const text = undecidedText(failure, programName(host));
  const answer = isPatient(event) ? notDone(text) : dialect.deny(text);
  return { ...nothing(event), verdict: 'undecided', answer };
}

/** What makes a worktree takes as long as its setup; its harness waits. */
const isPatient = (event: Decision['event']): boolean =>
  event === 'worktree-create' || event === 'worktree-remove';

/** By its name: what is loaded later may come from another file, with a class of its own. */
const isFailure = (error: unknown): error is Failure =>
  error instanceof Error && error.name === 'Failure';

const nothing = (event: Decision['event']): Decision => ({
  event,
  paths: [],
  verdict: 'allowed',
  answer: SILENCE,
});

const said = (event: Decision['event'], answer: HookAnswer | '' | null): Decision => ({
  ...nothing(event),
  answer: answer || SILENCE,
});

/** Loaded when a worktree is wanted: what an edit has to wait for is only what judges it. */
async function ofWorktree(
  host: Host,
  here: WorktreeAt,
  intent: Extract<Intent, { kind: 'worktree-create' | 'worktree-remove' }>,
): Promise<Decision> {
  const { makeHarnessWorktree, removeHarnessWorktree } =
    await import('../services/harness/harness-worktrees.ts');
  if (intent.kind === 'worktree-create')
    return said(intent.kind, madeAt(await makeHarnessWorktree(host, here, intent.name)));
  const kept = await removeHarnessWorktree(host, intent.path);
  return said(intent.kind, kept && notDone(kept));
}

/** The session may have gone into another repository; the one that its hooks belong to is guarded all the same. */
function repositoriesAt(host: Host, here: WorktreeAt): WorktreeAt[] {
  const started = worktreeAt(host.files, host.cwd);
  return started === null || started.commonDirectory === here.commonDirectory
    ? [here]
    : [here, started];
}

/** Spelled as it was: `..` behind a link leads elsewhere. */
function wholeFrom(cwd: string, directory: string | null): string {
  if (directory === null) return cwd;
  return isAbsolute(directory) ? directory : `${cwd}/${directory}`;
}

function pathsOf(host: Host, intent: Intent): readonly string[] {
  if (intent.kind === 'edit') return intent.paths;
  if (intent.kind !== 'shell') return [];
  return shellWrites(intent.command, {
    home: host.environment['HOME'] ?? null,
    start: intent.cwd ?? host.cwd,
    topOf: (directory) => worktreeAt(host.files, directory)?.top ?? null,
  });
}
