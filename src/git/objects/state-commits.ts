import { randomBytes } from 'node:crypto';
import { Failure } from '../../domain/failure.ts';
import type { Oid } from '../../domain/refs.ts';
import type { AttachedObject } from '../../domain/state-transition.ts';
import { commitObject, type LooseObject, looseObject, looseTree } from './loose-object.ts';
import type { ObjectFormat } from './object-format.ts';
import type { CommitToSign } from './sign-commit.ts';
import { inGitOrder } from './overlay-tree.ts';

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
  /** With the key of whoever acts here; else nobody signs it. */
  readonly sign?: boolean;
}

/**
 * The objects of a state, the commit last. The author is the program, never the user: states are
 * written where no user name is set, and are not signed; see `stateToSign`.
 */
export function stateObjects(
  format: ObjectFormat,
  { text, parents, attached = [], subject, time }: StateCommit,
): readonly [blob: LooseObject, tree: LooseObject, commit: LooseObject] {
  const blob = looseObject(format, 'blob', Buffer.from(text));
  const entries = attached.map(treeEntry);
  const level = new Map([['state.json', { mode: '100644', oid: blob.oid } as const], ...entries]);
  const tree = looseTree(format, inGitOrder(level));
  const moment = `${Math.floor(time / 1000)} +0000`;
  const commit = commitObject(format, {
    tree: tree.oid,
    parents,
    author: `bailiwick <bailiwick@localhost> ${moment}`,
    committer: `bailiwick <bailiwick+${oneOfAKind()}@localhost> ${moment}`,
    message: `${subject}\n`,
  });
  return [blob, tree, commit];
}

/** The same commit, to be signed by whoever writes it. */
export function stateToSign({ parents, subject, time }: StateCommit, tree: Oid): CommitToSign {
  const date = `@${Math.floor(time / 1000)} +0000`;
  return {
    tree,
    parents,
    message: `${subject}\n`,
    by: {
      ...{ GIT_AUTHOR_NAME: 'bailiwick', GIT_AUTHOR_EMAIL: 'bailiwick@localhost' },
      ...{ GIT_COMMITTER_NAME: 'bailiwick', GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
      GIT_COMMITTER_EMAIL: `bailiwick+${oneOfAKind()}@localhost`,
    },
  };
}

function treeEntry({ name, type, oid }: AttachedObject) {
  if (name === 'state.json' || name === '' || /[/\0]/.test(name))
    throw new Failure('internal', `${JSON.stringify(name)} cannot lie beside a state`);
  return [name, { mode: type === 'tree' ? '040000' : '100644', oid }] as const;
}

/** Of two writers of one and the same state only one can then have moved a ref to it. */
const oneOfAKind = (): string => randomBytes(8).toString('hex');
