import { lastMessage, mergeMessage, squashOf } from '../../core/landing/landing-message.ts';
import type { LandingMode } from '../../domain/landing.ts';
import type { Oid } from '../../domain/refs.ts';
import type { JournalStep, MadeStep } from '../../domain/states/landing-journal.ts';
import type { BranchCommit } from '../../git/history/branch-commits.ts';
import { readCommitText } from '../../git/objects/commit-text.ts';
import type { Signatures } from '../../git/objects/signatures.ts';
import type { BuiltCommit } from '../fleet/build-landings.ts';
import { writeCommit } from '../objects/write-commit.ts';
import type { Session } from '../session/session.ts';

/** Who commits where git's settings name nobody. */
export const NOBODY = { name: 'bailiwick', email: 'bailiwick@localhost' };

/** Where the commits of a step go. */
export interface StepToCommit extends Pick<JournalStep, 'branch' | 'tip'> {
  readonly mode: LandingMode;
  /** What it is squashed of, oldest first; read only for a squash. */
  readonly commits: readonly BranchCommit[];
  /** Who commits. */
  readonly by: Signatures;
}

/** The commits of one step, on top of another commit. No ref names them yet. */
export async function commitLanding(
  session: Session,
  step: StepToCommit,
  onto: Oid,
  commits: readonly BuiltCommit[],
): Promise<MadeStep> {
  let commit = onto;
  for (const [at, built] of commits.entries()) {
    const isLast = at === commits.length - 1;
    commit = await commitOne(session, step, commit, built, isLast);
  }
  return { commit, tree: commits.at(-1)!.tree };
}

async function commitOne(
  session: Session,
  { mode, branch, tip, commits, by }: StepToCommit,
  onto: Oid,
  { tree, replays }: BuiltCommit,
  isLast: boolean,
): Promise<Oid> {
  if (replays !== null) {
    const { author, written, message } = await readCommitText(session.reader, replays);
    const text = isLast ? lastMessage(message, branch, tip) : message;
    const parents = [onto];
    const copy = { tree, parents, message: text, author, written, otherwise: NOBODY };
    return writeCommit(session, copy, by);
  }
  if (mode === 'merge') {
    const message = mergeMessage(branch, tip);
    const merge = { tree, parents: [onto, tip], message, otherwise: NOBODY };
    return writeCommit(session, merge, by);
  }
  const { author, message } = squashOf(commits, branch, tip);
  const written = author === null ? {} : { author };
  const squash = { tree, parents: [onto], message, otherwise: NOBODY, ...written };
  return writeCommit(session, squash, by);
}
