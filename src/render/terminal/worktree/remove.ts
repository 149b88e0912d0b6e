import type {
  Obstacle,
  RemovedWorktree,
  WorktreeRemoveData,
} from '../../../domain/reports/worktree.ts';
import { escapeText } from '../../escape.ts';
import type { View } from '../../view.ts';
import { wrap } from '../../words.ts';
import { closingBlocks } from './port-words.ts';

/** What became of each worktree, and what keeps those that stay. */
export function worktreeRemoveBlocks(data: WorktreeRemoveData, view: View): string[][] {
  const { paint } = view;
  const refused = data.worktrees.some(({ outcome }) => outcome === 'refused');
  const tell = refused ? paint.bad : paint.good;
  return [
    [`${tell('bailiwick:')} ${paint.strong(headline(data, refused))}`],
    ...data.worktrees.map((each) => worktreeLines(each, view)),
    ...closingBlocks(data, view),
  ];
}

function headline(
  { verb, dryRun, worktrees, steps }: WorktreeRemoveData,
  refused: boolean,
): string {
  if (dryRun) return 'nothing was changed';
  if (refused && verb === 'remove') return 'nothing was removed';
  if (worktrees.length > 0) return verb === 'prune' ? 'forgotten what is gone' : 'removed';
  return steps.length > 0 ? 'cleared away what was left' : 'there is nothing to clear away';
}

const OUTCOMES: Record<RemovedWorktree['outcome'], string> = {
  kept: 'kept',
  planned: 'would be removed',
  refused: 'refused',
  released: "stays, without the agent's files",
  removed: 'removed',
};

function worktreeLines(each: RemovedWorktree, view: View): string[] {
  const { paint, width } = view;
  const name = each.agent ?? each.branch ?? 'nobody';
  const label = `${escapeText(name)}  ${OUTCOMES[each.outcome]}`;
  const tell = each.outcome === 'refused' ? paint.bad : paint.good;
  const branch = each.branchDeleted && each.branch !== null ? ` and its branch ${each.branch}` : '';
  const [first, ...rest] = wrap(escapeText(`${each.path}${branch}`), width, '    ', `${label}  `);
  return [
    tell(label) + first!.slice(label.length),
    ...rest,
    ...each.obstacles.flatMap((obstacle) => obstacleLines(obstacle, view)),
  ];
}

function obstacleLines({ message, examples, flag }: Obstacle, { paint, width }: View): string[] {
  return [
    ...wrap(escapeText(message), width, '    ', '  '),
    ...examples.map((example) => `    ${paint.name(escapeText(example))}`),
    ...(flag === null ? [] : [`    ${paint.faint(`-> to do it all the same, add ${flag}`)}`]),
  ];
}
