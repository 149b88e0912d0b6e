import type { Severity } from '../../domain/finding.ts';
import { type Hint, hintTo } from '../../domain/hint.ts';
import type { RepoPath } from '../../domain/path.ts';
import { count } from '../../domain/text/count.ts';
import { shellQuote } from '../../domain/text/quote.ts';
import type { UndoneWork } from './undone-landings.ts';

/** Landings named one by one, and paths of the command that shows them. */
const MOST_NAMED = 3;
const MOST_PATHS = 10;

/** What is said of work that a branch takes back; a warning where somebody should be asked. */
export function undoWords(
  { paths, files, landings, asks }: UndoneWork,
  names: { readonly branch: string; readonly base: string },
): {
  readonly path: RepoPath;
  readonly message: string;
  readonly severity: Severity;
  readonly hint: Hint;
} {
  const named = landings
    .slice(0, MOST_NAMED)
    .map(
      ({ commit, message }) => `${commit.slice(0, 10)} '${message.split('\n')[0]!.slice(0, 80)}'`,
    );
  const more = landings.length - named.length;
  const shown = paths.slice(0, MOST_PATHS).map(shellQuote).join(' ');
  return {
    path: paths[0]!,
    severity: asks ? 'warning' : 'notice',
    message:
      `${names.branch} puts ${paths.length} of ${count(files, 'file')} back to what it was before ` +
      `${named.join(', ')}${more > 0 ? ` and ${count(more, 'more landing')}` : ''}, without saying that it reverts`,
    hint: hintTo(
      'see what it takes back',
      `git diff ${shellQuote(names.base)} ${shellQuote(names.branch)} -- ${shown}`,
    ),
  };
}
