import { hintSentence, hintTo } from '../../domain/hint.ts';
import type { StatusRow } from '../../domain/reports/status.ts';
import { shellQuote } from '../../domain/text/quote.ts';

/** How Claude Code names the branches of worktrees that it makes by itself. */
const OWN_BRANCH = /^worktree-/;

/** Worktrees that a harness made for no agent: whoever works there passes for a person. */
export const harnessMadeNotices = (
  rows: readonly Pick<StatusRow, 'agent' | 'branch' | 'worktree'>[],
): string[] =>
  rows.flatMap(({ agent, branch, worktree }) => {
    if (agent !== null || worktree === null || branch === null || !OWN_BRANCH.test(branch))
      return [];
    const bind = `bailiwick whoami -C ${shellQuote(worktree.path)} --bind <agent>`;
    const hint = hintSentence(hintTo('hold it to a part, bind it to an agent', bind));
    return [
      `${branch} in ${worktree.relative} looks made by a harness, and belongs to no agent: whoever works there counts as a person, and is not held to a part. ${hint}`,
    ];
  });
