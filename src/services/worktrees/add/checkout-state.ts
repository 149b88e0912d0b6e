import { join } from 'node:path';
import type { AddFacts } from '../../../core/worktrees/plan-add.ts';
import { Failure } from '../../../domain/failure.ts';
import { hintTo } from '../../../domain/hint.ts';
import { shellQuote } from '../../../domain/text/quote.ts';
import { INITIALIZING } from '../../../git/worktree/add-remove.ts';
import type { Files } from '../../../host/files.ts';
import { processesIn } from '../../../host/process/processes.ts';
import type { SurveyedWorktree } from '../survey.ts';

/**
 * How far the checkout has come. Only one that was killed on the way is completed: elsewhere the index
 * may hold somebody's work.
 *
 * @throws Failure while the git that was checking it out may still be at work.
 */
export async function checkoutState(
  files: Files,
  worktree: SurveyedWorktree | null,
): Promise<AddFacts['state']> {
  if (worktree === null) return 'new';
  const { gitDirectory, locked, path, state } = worktree;
  const whole = locked !== INITIALIZING && files.exists(join(gitDirectory, 'index'));
  if (state !== 'half-made' || whole) return 'ready';
  const processes = (await processesIn(path))?.filter(({ name }) => name.startsWith('git')) ?? null;
  const lock = join(gitDirectory, 'index.lock');
  if (processes?.length === 0 || (processes === null && !files.exists(lock))) return 'cut-short';
  const who = processes?.[0] ? `process ${processes[0].pid} (${processes[0].name})` : 'git';
  throw new Failure('git', `${who} may still be checking out ${path}`, [
    hintTo('go on when it has ended', `rm -f ${shellQuote(lock)}`),
  ]);
}
