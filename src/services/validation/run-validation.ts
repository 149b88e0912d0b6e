import { join } from 'node:path';
import { judgeCommand, judgeCommands } from '../../core/validation/judge-command.ts';
import { treeMoves } from '../../core/validation/tree-moves.ts';
import { Failure } from '../../domain/failure.ts';
import type { Environment } from '../../domain/repo.ts';
import { plainLog } from '../../domain/text/plain-log.ts';
import type {
  CommandRun,
  TreeMoment,
  Validation,
  ValidationEvent,
} from '../../domain/validation.ts';
import { digest } from '../../host/digest.ts';
import type { Files } from '../../host/files.ts';
import { runBoundedCommand } from '../../host/command/bounded-command.ts';
import { commandsDigest } from './commands-digest.ts';
import { treeMoment, type WatchedCheckout } from './tree-moment.ts';

/** What is kept of the output of one command: its end, in bytes. */
const KEPT = 64 * 1024;

/** Commands to run one after another in one directory. */
export interface ValidationOrder {
  /** Of the policy on the base; approved before, see `approveCommands`. */
  readonly commands: readonly string[];
  /** Absolute. */
  readonly directory: string;
  /** All that the commands find, see `commandEnvironment`. */
  readonly environment: Environment;
  /** Milliseconds that each of them may take. */
  readonly timeout: number;
  /** Absolute directory for the end of their output, `1.log` and so on; see `validationLogs`. */
  readonly logs: string;
  /**
   * The checkout they judge: then a pass needs that it is the same before and after. Null where that
   * does not matter.
   */
  readonly watched: WatchedCheckout | null;
  /** What it looks like now, where that is known already. */
  readonly before?: TreeMoment;
  /** Begin no further command when one has failed. */
  readonly stopAtFirst?: boolean;
  /** Ends what runs, and begins nothing more; see `interruptible`. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: ValidationEvent) => void;
}

/**
 * Runs the commands and says what they came to. Nobody is asked: whoever calls has the approval.
 * Several such runs may go on at once, each with a directory and logs of its own.
 *
 * It never throws for what a command does. When it was told to end, the verdict is `undecided`, and
 * every process is gone by then.
 *
 * @throws Failure `io` when there is no shell, no such directory or nowhere to write the logs
 */
export async function runValidation(files: Files, order: ValidationOrder): Promise<Validation> {
  const { commands, watched, stopAtFirst = false, signal } = order;
  for (const name of files.list(order.logs))
    if (/^\d+\.log$/.test(name)) files.remove(join(order.logs, name));
  const before = watched && (order.before ?? (await treeMoment(files, watched)));
  const runs: CommandRun[] = [];
  for (const [at, text] of commands.entries()) {
    if (signal?.aborted) break;
    const run = await runOne(files, order, at + 1, text);
    runs.push(run);
    order.onEvent?.({ kind: 'end', run });
    if (stopAtFirst && run.verdict !== 'pass') break;
  }
  // One that was told to end has no verdict, so nothing is asked any more.
  const after = before && !signal?.aborted ? await treeMoment(files, watched) : before;
  const moved = before && after ? treeMoves(before, after) : [];
  const judgement = judgeCommands(commands, runs, moved);
  return { ...judgement, digest: commandsDigest(commands), runs };
}

async function runOne(
  files: Files,
  { directory, environment, timeout, logs, signal, onEvent }: ValidationOrder,
  position: number,
  text: string,
): Promise<CommandRun> {
  const { tail, printed, ...end } = await runBoundedCommand(text, {
    directory,
    environment,
    timeout,
    kept: KEPT,
    signal,
    onStart: (group) => onEvent?.({ kind: 'begin', position, text, group }),
    onLine: onEvent && ((line) => onEvent({ kind: 'line', position, line })),
  });
  const judgement = judgeCommand(end, timeout);
  const log = join(logs, `${position}.log`);
  const said = plainLog(tail);
  const first = printed > KEPT ? `(the last ${KEPT} of ${printed} bytes)\n` : '';
  write(files, log, `$ ${plainLog(text)}\n${first}${said}`);
  return { ...end, ...judgement, position, text, log, logDigest: digest(said) };
}

/** Nobody else on this machine may read it: output may hold secrets. */
function write(files: Files, log: string, content: string): void {
  try {
    files.write(log, content, 0o600);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure('io', `the output of a command cannot be kept: ${error.message}`);
  }
}
