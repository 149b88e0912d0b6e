import { lastMessage, mergeMessage, squashOf } from '../../core/landing/landing-message.ts';
import type { LandingMode } from '../../domain/landing.ts';
import type { Oid } from '../../domain/refs.ts';
import type { JournalStep, MadeStep } from '../../domain/states/landing-journal.ts';
import { branchCommits } from '../../git/history/branch-commits.ts';
import { readCommitText } from '../../git/objects/commit-text.ts';
import { writeCommit } from '../../git/objects/write-commit.ts';
import type { BuiltCommit } from '../fleet/build-landings.ts';
import type { Session } from '../session/session.ts';

/** Who commits where git's settings name nobody. */
export const NOBODY = { name: 'bailiwick', email: 'bailiwick@localhost' };

/** Where the commits of a step go. */
export interface StepToCommit extends Pick<JournalStep, 'branch' | 'tip'> {
  readonly mode: LandingMode;
  /** Tips of the steps before it. */
  readonly before: readonly Oid[];
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
  { workspace: { repo }, reader }: Session,
  { mode, branch, tip, before }: StepToCommit,
  onto: Oid,
  { tree, replays }: BuiltCommit,
  isLast: boolean,
): Promise<Oid> {
  if (replays !== null) {
    const { author, written, message } = await readCommitText(reader, replays);
    const text = isLast ? lastMessage(message, branch, tip) : message;
    const parents = [onto];
    return writeCommit(repo, { tree, parents, message: text, author, written, otherwise: NOBODY });
  }
  if (mode === 'merge') {
    const message = mergeMessage(branch, tip);
    return writeCommit(repo, { tree, parents: [onto, tip], message, otherwise: NOBODY });
  }
  const { author, message } = squashOf(
    await branchCommits(repo, [onto, ...before], tip),
    branch,
    tip,
  );
  const by = author === null ? {} : { author };
  return writeCommit(repo, { tree, parents: [onto], message, otherwise: NOBODY, ...by });
}
