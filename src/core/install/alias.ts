import { shellQuote } from '../../domain/text/quote.ts';
import type { PackageTool } from './package-tool.ts';

/**
 * `git bailiwick <command>`: what git runs for it, in every worktree, also where nothing was
 * installed. Git puts the arguments behind the text.
 *
 * @param home absolute, where the package is
 * @param tool what the repository starts installed programs with
 */
export const aliasFor = (home: string, { run }: PackageTool): string =>
  `!bailiwick=${shellQuote(home)}; if [ -f "$bailiwick/hooks/alias" ]; then . "$bailiwick/hooks/alias"; else [ "\${3-}" != advice ] || exit 0; echo "bailiwick: $bailiwick is gone, so nothing can say whether this is allowed. To record where it is now, run ${run}bailiwick init" >&2; exit 2; fi; :`;

/** True for an alias that `init` wrote, for whatever package. */
export const isOurAlias = (value: string): boolean =>
  value.startsWith('!bailiwick=') && value.includes('"$bailiwick/hooks/alias"');
