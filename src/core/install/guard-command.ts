import { shellQuote } from '../../domain/text/quote.ts';
import type { GuardEvent } from '../../domain/reports/init.ts';
import { type CommandPlace, isInstalled, NOT_INSTALLED } from './guard-block.ts';
import { movedBranches } from './moved-branches.ts';
import { trackedGuard } from './tracked-guard.ts';

export interface CommandOptions extends CommandPlace {
  /** Shell words; git's arguments by default. */
  readonly args?: string;
  /** What follows reads standard input, too. */
  readonly keepInput?: boolean;
}

/**
 * Lines that run the guard, for the configuration of a hook manager that starts them by `sh`. Whoever has
 * the configuration and not the package is told what to do, instead of by the shell that a file is missing.
 */
export function guardCommand(
  event: GuardEvent,
  { home, remedy, args = '"$@"', keepInput = false }: CommandOptions,
): string[] {
  const moves = event === 'reference-transaction';
  const input = keepInput && !moves ? '<&3 3<&-' : '';
  const words = moves ? 'prepared $bailiwick_moves' : args;
  const run = ['sh "$b/hooks/run"', event, words, input].filter(Boolean);
  const place = [
    `b=${shellQuote(home)}`,
    '[ -f "$b/dist/hook.cjs" ] || b=$(git config bailiwick.home) || b=',
  ];
  const guard = [
    'if [ -f "$b/dist/hook.cjs" ]',
    `then ${isInstalled(home) ? `${notOfTheBranch(home)}; ` : ''}${run.join(' ')} || exit $?`,
    'elif [ "$(git config --type=bool bailiwick.allowMissing)" != true ]',
    `then echo '${NOT_INSTALLED}' >&2; echo '${remedy}' >&2; exit 2`,
    'fi',
  ];
  return [
    ...(keepInput ? ['i=$(mktemp) && cat >"$i" && exec 3<"$i" <"$i" && rm -f "$i" || exit 2'] : []),
    ...(moves ? movedBranches(keepInput ? ' <&3' : '') : []),
    ...(moves
      ? ['if [ -n "$bailiwick_moves" ]', `then ${[...place, ...guard].join('; ')}`, 'fi']
      : [...place, ...guard]),
    ...(keepInput ? ['exec 3<&-'] : []),
  ];
}

/** Lines that run the guard where it is, and pass where it is not: for what stands beside a hook of ours. */
export const guardRun = (
  event: GuardEvent,
  {
    home,
    args = '',
    feed,
  }: Omit<CommandPlace, 'remedy'> & {
    readonly args?: string;
    /** Prints what it reads. */
    readonly feed?: string;
  },
): string[] => [
  `b=${shellQuote(home)}`,
  '[ -f "$b/dist/hook.cjs" ] || b=$(git config bailiwick.home) || exit 0',
  '[ -f "$b/dist/hook.cjs" ] || exit 0',
  ...(isInstalled(home) ? [notOfTheBranch(home)] : []),
  [feed && `${feed} |`, 'sh "$b/hooks/run"', event, args].filter(Boolean).join(' '),
];

const notOfTheBranch = (home: string): string =>
  `[ -z "${trackedGuard({ variable: 'b', home })}" ] || ` +
  "{ echo 'bailiwick cannot decide: this branch tracks the guard itself, and may have changed it' >&2; exit 2; }";
