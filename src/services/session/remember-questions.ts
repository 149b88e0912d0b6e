import { questionsAhead } from '../../git/objects/ahead.ts';
import { sharedStatePaths } from '../../git/worktree/state-paths.ts';
import type { Session } from './session.ts';

/**
 * Writes down what git was asked, so that `hooks/ahead` asks it the next time before this program is there.
 * Where nothing can be written it only takes longer. Whoever can write there could give other answers, and
 * take the hooks away as well.
 */
export function rememberQuestions({ host: { files }, workspace, reader }: Session): void {
  const path = sharedStatePaths(workspace.location).asked;
  try {
    const earlier = files.read(path)?.toString() ?? '';
    const questions = questionsAhead(reader.asked, earlier);
    if (questions !== earlier) files.write(path, questions);
  } catch {
    // It decides nothing.
  }
}
