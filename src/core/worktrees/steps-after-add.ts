import { type Hint, hintTo } from '../../domain/hint.ts';
import type { AddedWorktree } from '../../domain/reports/worktree.ts';
import { shellQuote } from '../../domain/text/quote.ts';

/**
 * What to do after `worktree add`: what failed first, then the guard, then the work.
 *
 * @param bare the command ran around a bare repository, so that `init` has to be told where
 */
export function stepsAfterAdd(worktrees: readonly AddedWorktree[], bare: boolean): Hint[] {
  const failed = worktrees.filter(({ outcome }) => outcome === 'failed');
  const logs = failed.flatMap(({ agent, log }) =>
    log === null ? [] : [hintTo(`see what ${agent}'s setup said`, `cat ${shellQuote(log)}`)],
  );
  const again = failed.map(({ agent }) => agent).join(' ');
  const ready = worktrees.find(({ outcome }) => outcome !== 'failed');
  const unguarded = worktrees.find(({ guarded }) => guarded === false);
  const where = unguarded && bare ? ` -C ${shellQuote(unguarded.path)}` : '';
  return [
    ...logs,
    ...(failed.length > 0 ? [hintTo('try again', `bailiwick worktree add ${again}`)] : []),
    ...(unguarded ? [hintTo('make git run the guard there', `bailiwick init${where}`)] : []),
    ...(ready
      ? [
          hintTo(
            `work as ${ready.agent}`,
            `cd ${shellQuote(ready.path)} && set -a && . ./.agent.env && set +a`,
          ),
        ]
      : []),
  ];
}
