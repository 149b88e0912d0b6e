import { randomBytes } from 'node:crypto';
import { Failure } from '../../domain/failure.ts';
import { type Oid, parseOid } from '../../domain/refs.ts';
import type { Environment, Repo } from '../../domain/repo.ts';
import type { AttachedObject } from '../../domain/state-transition.ts';
import { runGit } from '../process/run.ts';

/** One state of one thing, as a commit: its tree holds `state.json`, its first parent is the state before. */
export interface StateCommit {
  readonly text: string;
  /** The state before, if there was one, and then what this state keeps alive; see `StateMove`. */
  readonly parents: readonly Oid[];
  readonly attached?: readonly AttachedObject[];
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
  const attached = (state.attached ?? []).map(treeEntry);
  const entries = [`100644 blob ${blob}\tstate.json\0`, ...attached];
  const tree = await writeObject(repo, ['mktree', '-z'], entries.join(''));
  // A state that speaks of one commit twice would be refused for a doubled parent.
  const parents = [...new Set(state.parents)].flatMap((parent) => ['-p', parent]);
  const commit = ['commit-tree', '--no-gpg-sign', ...parents, tree];
  return writeObject(repo, commit, `${state.subject}\n`, signature(state.time));
}

function treeEntry({ name, type, oid }: AttachedObject): string {
  if (name === 'state.json' || name === '' || /[/\0]/.test(name))
    throw new Failure('internal', `${JSON.stringify(name)} cannot lie beside a state`);
  return `${type === 'tree' ? '040000' : '100644'} ${type} ${oid}\t${name}\0`;
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

/** No two are the same, so that of two writers of one and the same state only one can have moved a ref to it. */
function signature(time: number): Environment {
  const date = `@${Math.floor(time / 1000)} +0000`;
  return {
    GIT_AUTHOR_NAME: 'bailiwick',
    GIT_AUTHOR_EMAIL: 'bailiwick@localhost',
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: 'bailiwick',
    GIT_COMMITTER_EMAIL: `bailiwick+${randomBytes(8).toString('hex')}@localhost`,
    GIT_COMMITTER_DATE: date,
  };
}
