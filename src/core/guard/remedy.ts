import type { Change } from '../../domain/change.ts';
import type { Finding } from '../../domain/finding.ts';
import { type Hint, hintTo } from '../../domain/hint.ts';
import type { LockName } from '../../domain/ids.ts';
import type { RepoPath } from '../../domain/path.ts';
import { assertNever } from '../../domain/result.ts';
import { askFor, askRemedy, type RemedyFacts, whom } from './ask-remedy.ts';
import { fewestPaths } from './remedies/fewest-paths.ts';
import { isOpenable } from './openings.ts';
import { type CommitForm, commitRest, type Situation, stageRest, takeOut } from './take-out.ts';

/** Says of each finding what helps, as one command where there is one. */
export function withHints(
  findings: readonly Finding[],
  situation: Situation,
  facts: RemedyFacts,
): Finding[] {
  return findings.map((finding) => {
    const hint =
      finding.path === undefined || finding.hint !== undefined
        ? null
        : hintFor(finding, finding.path, situation, facts);
    return hint === null || finding.severity === 'notice' ? finding : { ...finding, hint };
  });
}

function hintFor(
  finding: Finding,
  path: RepoPath,
  situation: Situation,
  { locks, why, renames = new Map() }: RemedyFacts,
): Hint | null {
  const { code, owner } = finding;
  const lock = locks.get(path);
  if (lock !== undefined) return hintTo('take the lock', lockCommand(code, lock));
  if (situation.kind === 'branch') return null;
  if (
    why !== null &&
    isOpenable(finding) &&
    !(situation.kind === 'commit' && situation.form === 'chosen')
  ) {
    const staged = situation.kind === 'commit' || situation.kind === 'merge';
    return hintTo(`ask ${whom(owner)} for it`, askFor([path], staged && !isByPath(situation), why));
  }
  if (situation.kind === 'paths')
    return owner === undefined ? null : hintTo(`have it changed, ask ${owner.join(' or ')}`);
  // What `git commit <path>` and `-p` take was chosen by hand: leaving it out is choosing the rest.
  if (situation.kind === 'commit' && isChosenByHand(situation.form)) return null;
  // Half a rename would be a copy, or a loss.
  const other = renames.get(path);
  return hintTo('leave it out', takeOut(other === undefined ? [path] : [path, other], situation));
}

/** The one command that leads to the lock, whoever has it now. */
const lockCommand = (code: Finding['code'], lock: LockName): string =>
  code === 'lock-expired'
    ? `bailiwick lock renew ${lock}`
    : `bailiwick lock acquire ${lock}${code === 'lock-held' ? ' --wait' : ''}`;

/**
 * The one command that helps most: the lock, when that is all that is missing, else the one that
 * takes every refused path out and touches no other. Null when there is nothing to take out.
 */
export function remedyFor(
  findings: readonly Finding[],
  changes: readonly Change[],
  situation: Situation,
  facts: RemedyFacts,
): Hint | null {
  const { locks, renames = new Map() } = facts;
  const errors = findings.filter(
    ({ severity, path }) => severity === 'error' && path !== undefined,
  );
  if (errors.length === 0) return null;
  const needed = new Set(errors.map(({ path }) => locks.get(path!)));
  const [lock] = needed;
  if (needed.size === 1 && lock !== undefined)
    return hintTo('be allowed to change these files', lockCommand(errors[0]!.code, lock));
  if (situation.kind === 'branch') return null;
  const asking = askRemedy(errors, changes, situation, facts);
  if (asking !== null) return asking;
  if (situation.kind === 'paths') return null;
  const refused = new Set(errors.map(({ path }) => path!));
  // Half a rename would be a copy, or a loss: both halves stay out.
  for (const path of [...refused]) if (renames.has(path)) refused.add(renames.get(path));
  const rest = changes.filter(({ path }) => !refused.has(path));
  if (situation.kind === 'commit' && situation.form === 'partial') {
    const command = commitRest(rest);
    return command === null ? null : hintTo('commit the other files', command);
  }
  if (situation.kind === 'commit' && situation.form === 'chosen') {
    const command = stageRest(rest, fewestPaths(refused, changes));
    return command === null ? null : hintTo('stage the rest of what was chosen', command);
  }
  const command = takeOut(fewestPaths(refused, changes), situation);
  return hintTo(aimOf(situation), command);
}

/** What was committed was taken from the work tree, not from the index as it is now. */
const isByPath = (situation: Situation): boolean =>
  situation.kind === 'commit' && situation.form !== 'index';

const isChosenByHand = (form: CommitForm): boolean => form === 'chosen' || form === 'partial';

/** What taking the refused paths out leads to. */
function aimOf(situation: Situation): string {
  switch (situation.kind) {
    case 'commit':
      return situation.born && situation.form === 'all'
        ? 'leave these files out of a commit without -a'
        : 'leave these files out of this commit';
    case 'merge':
      return 'take these files as the merged branch has them';
    case 'branch':
    case 'paths':
      return 'go on';
    default:
      return assertNever(situation);
  }
}
