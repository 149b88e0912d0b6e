import { isAbsolute, join } from 'node:path';
import { agentNamed } from '../../../core/identity/resolve.ts';
import { Failure } from '../../../domain/failure.ts';
import { hintTo } from '../../../domain/hint.ts';
import { shellQuote } from '../../../domain/text/quote.ts';
import type { Session } from '../../session/session.ts';
import type { WorktreeSurvey, SurveyedWorktree } from '../survey.ts';

/**
 * The worktrees that were named by their agent, branch or path, or those of all agents. `--all` leaves
 * the main checkout out.
 *
 * @throws Failure `usage` for a name that stands for none, or for several.
 */
export function chooseWorktrees(
  session: Session,
  { worktrees }: WorktreeSurvey,
  names: readonly string[],
  all: boolean,
): SurveyedWorktree[] {
  if (all && names.length > 0) throw new Failure('usage', 'use --all or names, not both');
  if (all) return worktrees.filter(({ main, binding, record }) => !main && (binding ?? record));
  if (names.length === 0)
    throw new Failure('usage', 'no worktree is named', [
      hintTo('see what there is', 'bailiwick worktree list'),
    ]);
  const chosen = new Set(names.map((name) => find(session, worktrees, name)));
  return worktrees.filter((each) => chosen.has(each));
}

function find(
  { host, policy }: Session,
  worktrees: readonly SurveyedWorktree[],
  name: string,
): SurveyedWorktree {
  const agent = policy === null ? null : agentNamed(policy.ownership, name);
  const path = host.files.resolve(isAbsolute(name) ? name : join(host.cwd, name));
  const found = worktrees.filter(
    (each) =>
      (agent !== null && each.agent === agent) ||
      each.binding === name ||
      each.branch === name ||
      each.path === path,
  );
  if (found.length === 1) return found[0]!;
  if (found.length === 0)
    throw new Failure('usage', `'${name}' is not an agent, branch or path of a worktree`, [
      hintTo('see what there is', 'bailiwick worktree list'),
    ]);
  throw new Failure(
    'usage',
    `${name} has ${found.length} worktrees: ${found.map((each) => each.path).join(', ')}`,
    [hintTo('choose one', `bailiwick worktree remove ${shellQuote(found[0]!.path)}`)],
  );
}
