import { shellQuote } from '../../domain/text/quote.ts';
import type { GuardEvent } from '../../domain/reports/init.ts';
import { beginMark, endMark } from '../text/marked-block.ts';
import { movedBranches } from './moved-branches.ts';
import { trackedGuard } from './tracked-guard.ts';

/** In a block whose file would not exist without us; such a file goes when the block goes. */
export const CREATED = '# This file was made by bailiwick.';

/**
 * Beside the hooks: where one that cannot be edited is kept, so that ours can stand in its place. It keeps
 * its name, which scripts that serve several hooks read to know which one they are.
 */
export const CHAINED_DIRECTORY = 'before-bailiwick';

/** Where the package is in a worktree that has its own packages, relative to the worktree's top. */
export const DEFAULT_HOME = 'node_modules/bailiwick';

export interface BlockOptions {
  /** Where the package is, relative to the top of a worktree. */
  readonly home: string;
  /** The file is made for the block alone. */
  readonly created: boolean;
  /** A hook that cannot be edited is kept under `CHAINED_DIRECTORY`. */
  readonly chained: boolean;
  /** What helps where the package is missing; without single quotes. */
  readonly remedy: string;
}

/**
 * The lines that run the guard in a hook of any POSIX shell, also under `set -eu`. They look for the
 * package in the worktree git stands in, then in the main checkout (for a linked worktree where
 * nothing was installed), then where `init` recorded it. Only the last costs a process.
 */
export function guardBlock(
  event: GuardEvent,
  { home, created, chained, remedy }: BlockOptions,
): string {
  const place = shellQuote(home);
  const moves = event === 'reference-transaction';
  // Nobody else reads the input of a hook that is ours alone.
  const keep = event === 'pre-push' || (moves && (chained || !created));
  const run = moves
    ? `${event} prepared $bailiwick_moves`
    : `${event} "$@"${keep ? ' <&3 3<&-' : ''}`;
  const lines = [
    `bailiwick=${place}`,
    'if [ ! -f "$bailiwick/dist/hook.cjs" ] && [ -f "${GIT_DIR:-.git}/commondir" ]; then',
    '  IFS= read -r bailiwick <"${GIT_DIR:-.git}/commondir" || :',
    '  case $bailiwick in /*) ;; *) bailiwick=${GIT_DIR:-.git}/$bailiwick ;; esac',
    `  bailiwick=$bailiwick/../${place}`,
    'fi',
    '[ -f "$bailiwick/dist/hook.cjs" ] || bailiwick=$(git config bailiwick.home) || bailiwick=',
    'if [ -f "$bailiwick/dist/hook.cjs" ]; then',
    ...(isInstalled(home) ? notOfTheBranch(home) : []),
    `  sh "$bailiwick/hooks/run" ${run} || exit $?`,
    'elif [ "$(git config --type=bool bailiwick.allowMissing)" != true ]; then',
    `  echo '${NOT_INSTALLED}' >&2`,
    `  echo '${remedy}' >&2`,
    '  exit 2',
    'fi',
  ];
  return block([
    '# Refuses what ownership.yml does not allow. To take this out: bailiwick init --uninstall',
    ...(created ? [CREATED] : []),
    ...(keep ? KEEP_INPUT : []),
    ...(moves ? movedBranches(keep ? ' <&3' : '') : []),
    ...(moves ? ['if [ -n "$bailiwick_moves" ]; then', ...lines.map(indented), 'fi'] : lines),
    ...(keep ? ['exec 3<&-'] : []),
    ...(event === 'pre-push' && created && !chained ? LARGE_FILES : []),
    ...(chained ? CHAIN : []),
  ]);
}

const indented = (line: string): string => `  ${line}`;

/** What is said where the package is not. */
export const NOT_INSTALLED =
  'bailiwick is not installed here: nothing can say whether this is allowed.';

/** A package manager put it there; a home elsewhere may be tracked on purpose, as in our own repository. */
export const isInstalled = (home: string): boolean => `/${home}/`.includes('/node_modules/');

/** In the worktree git stands in and, for the package of the main checkout, in that one's index. */
const notOfTheBranch = (home: string): string[] => [
  '  bailiwick_main=${GIT_DIR:-.git} && bailiwick_main=${bailiwick_main%/worktrees/*}',
  `  if [ -n "${trackedGuard({ variable: 'bailiwick', home })}" ] ||`,
  '    { [ -f "${GIT_DIR:-.git}/commondir" ] &&',
  `      [ -n "${trackedGuard({ variable: 'bailiwick', home, other: '"$bailiwick_main"' })}" ]; }; then`,
  '    echo "bailiwick cannot decide: this branch tracks the guard itself, in $bailiwick, and may have changed it." >&2',
  '    echo "To judge by the one that is installed, switch to another branch and install the packages again" >&2',
  '    exit 2',
  '  fi',
];

// Two readers of one temporary file that has no name any more: nothing is left behind, however the
// hook ends. The lines after ours read what git wrote as if nobody had read it before.
const KEEP_INPUT = [
  'bailiwick=$(mktemp) && cat >"$bailiwick" && exec 3<"$bailiwick" <"$bailiwick" &&',
  '  rm -f "$bailiwick" || exit 2',
];

/**
 * `git lfs install` adds its line to no hook that is there already, and what it keeps in a repository would
 * never be uploaded. It keeps it in `lfs`, in the directory that all worktrees share.
 */
const LARGE_FILES = [
  '# Git LFS does not add its own line to a hook that is there: see docs/install.md of bailiwick.',
  'if [ -d "$(git rev-parse --git-common-dir)/lfs" ] && command -v git-lfs >/dev/null; then',
  '  git lfs pre-push "$@" || exit $?',
  'fi',
];

const CHAIN = [
  '# The hook that stood here before. Git would not have run it either were it not executable.',
  `[ ! -x "\${0%/*}/${CHAINED_DIRECTORY}/\${0##*/}" ] || exec "\${0%/*}/${CHAINED_DIRECTORY}/\${0##*/}" "$@"`,
];

/** What a command of the guard names. */
export type CommandPlace = Pick<BlockOptions, 'home' | 'remedy'>;

/**
 * For a hook that other repositories run too: it runs the guard only where `init` was run, because a
 * missing guard must not refuse elsewhere.
 */
export function sharedHookBlock(event: GuardEvent): string {
  const moves = event === 'reference-transaction';
  const pushed = event === 'pre-push';
  const keep = ['  i=$(mktemp) && cat >"$i" && exec 3<"$i" <"$i" && rm -f "$i" || exit 2'];
  return block([
    '# Refuses what ownership.yml does not allow, in repositories where bailiwick init was run.',
    'if bailiwick=$(git config bailiwick.home); then',
    ...(pushed || moves ? keep : []),
    ...(moves ? movedBranches(' <&3').map(indented) : []),
    moves
      ? `  [ -z "$bailiwick_moves" ] || sh "$bailiwick/hooks/run" ${event} prepared $bailiwick_moves || exit $?`
      : `  sh "$bailiwick/hooks/run" ${event} "$@"${pushed ? ' <&3 3<&-' : ''} || exit $?`,
    ...(pushed || moves ? ['  exec 3<&-'] : []),
    'fi',
  ]);
}

/** Lines between our marks. */
export const block = (lines: readonly string[]): string =>
  [beginMark(), ...lines, endMark()].map((line) => `${line}\n`).join('');
