/** Where the package is, as a shell says it. */
export interface GuardPlace {
  /** The variable that holds the directory of the package. */
  readonly variable: string;
  /** Where it is, relative to the top of a worktree; what the variable holds ends with it. */
  readonly home: string;
  /** Another worktree than the one git stands in: a word for its git directory. */
  readonly other?: string;
}

/** They would give a pathspec another meaning; editors set the first for all they start. */
const PATHSPECS = ['LITERAL', 'GLOB', 'NOGLOB', 'ICASE'].map((kind) => `GIT_${kind}_PATHSPECS`);

/**
 * A shell word that is not empty where a branch tracks the package, or a link on the way to it, in any
 * case of letters: it would be judged by what it brought along, and its code would run as soon as somebody who
 * has checked it out commits. Asked is where the directory really is, and for a submodule it may be in. git does
 * not answer for what is outside of the worktree, which no checkout writes.
 */
export function trackedGuard({ variable, home, other }: GuardPlace): string {
  // `node_modules/bailiwick` -> "$b" "${b%/*}"
  const links = home
    .split('/')
    .map((_, above) =>
      above === 0 ? `"$${variable}"` : `"\${${variable}%${'/*'.repeat(above)}}"`,
    );
  const top = other === undefined ? '.' : `${other}/..`;
  const git = other === undefined ? 'git' : `git --git-dir=${other} --work-tree=${top}`;
  const listed = `${git} ls-files --`;
  return [
    `$(unset ${[...PATHSPECS, ...(other === undefined ? [] : ['GIT_INDEX_FILE'])].join(' ')}; `,
    `t=$(cd -P ${top} && pwd -P) && d=$(cd -P "$${variable}" && pwd -P) || echo 'not told'; set --; `,
    `for l in ${links.join(' ')}; do [ ! -L "$l" ] || set -- "$@" ":(literal,icase)$l"; done; `,
    'l=$d; while case $l in ("$t"/*) ;; (*) false ;; esac; do ',
    '[ ! -e "$l/.git" ] || set -- "$@" ":(literal,icase)$l"; l=${l%/*}; done; ',
    `${listed} ":(literal,icase)$d" "$@" 2>/dev/null || `,
    `{ case $d in ("$t"/*) echo 'not told' ;; esac; `,
    `[ $# = 0 ] || ${listed} "$@" 2>/dev/null; })`,
  ].join('');
}
