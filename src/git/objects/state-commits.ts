import { Failure } from '../../domain/failure.ts';
import { type Oid, parseOid } from '../../domain/refs.ts';
import type { Environment, Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';

/** One state of one thing, as a commit: its tree holds `state.json`, its parent is the state before. */
export interface StateCommit {
  readonly text: string;
  readonly parent: Oid | null;
  /** One line of ASCII: what happened. */
  readonly subject: string;
  /** Milliseconds since 1970. */
  readonly time: number;
}

/**
 * Writes the objects of a state and gives the commit's id; no ref moves. The author is the program,
 * never the user: states are written where no user name is set, and are not signed.
 */
export async function writeStateCommit(repo: Repo, state: StateCommit): Promise<Oid> {
  const blob = await writeObject(repo, ['hash-object', '-w', '--stdin'], state.text);
  const tree = await writeObject(repo, ['mktree'], `100644 blob ${blob}\tstate.json\n`);
  const parents = state.parent === null ? [] : ['-p', state.parent];
  const commit = ['commit-tree', '--no-gpg-sign', ...parents, tree];
  return writeObject(repo, commit, `${state.subject}\n`, signature(state.time));
}

async function writeObject(
  repo: Repo,
  args: readonly string[],
  input: string,
  environment: Environment = {},
): Promise<Oid> {
  const { stdout } = await runGit(repo, args, { input, environment });
  const oid = parseOid(stdout.toString().trimEnd());
  if (oid === null) throw new Failure('git', `git ${args[0]} printed no object id`);
  return oid;
}

function signature(time: number): Environment {
  const date = `@${Math.floor(time / 1000)} +0000`;
  return {
    GIT_AUTHOR_NAME: 'bailiwick',
    GIT_AUTHOR_EMAIL: 'bailiwick@localhost',
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: 'bailiwick',
    GIT_COMMITTER_EMAIL: 'bailiwick@localhost',
    GIT_COMMITTER_DATE: date,
  };
}
