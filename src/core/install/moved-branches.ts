/**
 * Lines of a `reference-transaction` hook that leave in `$bailiwick_moves` the branches an agent may be
 * about, each as `<old oid> <new oid> <ref>`. git starts this hook for every change of every ref, twice, so
 * that they start no process: of what concerns no agent nothing more is asked. Each line is a whole
 * command, so that they can stand on one line, too.
 *
 * - Only `prepared` can be refused; a deletion brings nothing in.
 * - An agent acts where the worktree is bound or a variable says so; else the name of the branch has to be
 *   like those of agents. What these look like is kept in a file (`branch-patterns`), whose first line is
 *   the base; the hook itself forgets it once the base has moved. Without it every branch may be an agent's.
 * - In a directory for pushes to arrive in (`GIT_DIR=.`) the hooks of a server judge.
 *
 * Sources: githooks(5), gitrepository-layout(5).
 *
 * @param input where the lines of git are read from, as a redirection; '' for standard input
 */
export const movedBranches = (input: string): string[] => [
  'bailiwick_moves= bailiwick_git=${GIT_DIR:-.git} bailiwick_who=${BAILIWICK_AGENT-}${AGENT_ID-} bailiwick_base=',
  'if [ -f "$bailiwick_git" ]; then IFS= read -r bailiwick_git <"$bailiwick_git" || :; bailiwick_git=${bailiwick_git#gitdir: }; fi',
  'bailiwick_common=$bailiwick_git',
  'if [ -f "$bailiwick_git/commondir" ]; then IFS= read -r bailiwick_common <"$bailiwick_git/commondir" || :; case $bailiwick_common in /*) ;; *) bailiwick_common=$bailiwick_git/$bailiwick_common ;; esac; fi',
  'bailiwick_names=$bailiwick_common/bailiwick/branch-patterns',
  '[ ! -s "$bailiwick_git/bailiwick/agent" ] || bailiwick_who=bound',
  'if [ -s "$bailiwick_names" ]; then IFS= read -r bailiwick_base <"$bailiwick_names" || :; else bailiwick_who=${bailiwick_who:-unknown}; fi',
  'if [ "${1-}" = prepared ] && [ "$bailiwick_git" != . ]; then ' +
    'while read -r bailiwick_old bailiwick_new bailiwick_ref; do ' +
    'case "$bailiwick_new $bailiwick_ref" in *[!0]*" refs/heads/"*) ' +
    'if [ -n "$bailiwick_who" ]; then bailiwick_moves="$bailiwick_moves $bailiwick_old $bailiwick_new $bailiwick_ref"; ' +
    'else while IFS= read -r bailiwick_name; do case $bailiwick_ref in $bailiwick_name) ' +
    'bailiwick_moves="$bailiwick_moves $bailiwick_old $bailiwick_new $bailiwick_ref"; break ;; esac; done <"$bailiwick_names"; fi ;; ' +
    `esac; done${input}; ` +
    'elif [ "${1-}" = committed ] && [ -n "$bailiwick_base" ]; then ' +
    'while read -r bailiwick_old bailiwick_new bailiwick_ref; do ' +
    'case $bailiwick_ref in "refs/heads/$bailiwick_base" | refs/remotes/*/"$bailiwick_base" | refs/remotes/*/HEAD) : >"$bailiwick_names" ;; ' +
    `esac; done${input}; fi`,
  '[ -z "${BAILIWICK_CANARY-}" ] || bailiwick_moves=canary',
];
