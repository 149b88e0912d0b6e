import { hintTo } from '../../../domain/hint.ts';
import type { WorktreeListData, WorktreeRow } from '../../../domain/reports/worktree.ts';
import { escapeText } from '../../escape.ts';
import { hintLines } from '../../hint.ts';
import type { View } from '../../view.ts';
import { count, list, pad, widest } from '../../words.ts';
import { portWords } from './port-words.ts';

/** Every worktree in two lines: whose it is and what is open in it, then where it is. */
export function worktreeListBlocks(
  { worktrees, without }: WorktreeListData,
  view: View,
): string[][] {
  const { paint } = view;
  const labels = worktrees.map(labelOf);
  const branches = worktrees.map(({ branch }) => escapeText(branch ?? '(no branch)'));
  const columns = [widest(labels), widest(branches)] as const;
  const rows = worktrees.flatMap((row, index) => {
    const label = pad(labels[index]!, columns[0]);
    const branch = pad(branches[index]!, columns[1]);
    const words = stateWords(row, view).join(', ');
    return [
      `${paint.name(label)}  ${branch}  ${words}`.trimEnd(),
      `${' '.repeat(columns[0])}  ${paint.faint(escapeText(row.path))}`,
    ];
  });
  return [
    rows.length > 0 ? rows : ['this repository has no worktree'],
    without.length === 0
      ? []
      : hintLines(
          hintTo(`give ${list(without)} a worktree`, `bailiwick worktree add ${without.join(' ')}`),
          view,
          '',
        ),
  ];
}

const labelOf = ({ agent, main }: WorktreeRow): string =>
  escapeText(agent ?? (main ? 'main checkout' : 'nobody'));

function stateWords(row: WorktreeRow, { paint }: View): string[] {
  const { ports, uncommitted, unpushed, guarded, locked } = row;
  const open = (value: number | null, word: string): string[] => {
    if (value === null) return row.state === 'missing' ? [] : [paint.warn(`${word} unknown`)];
    return value === 0 ? [] : [paint.warn(`${count(value, word, word)}`)];
  };
  return [
    ...(row.state === 'ready' ? [] : [paint.bad(STATES[row.state])]),
    ...(ports === null ? [] : [portWords(ports)]),
    ...open(uncommitted, 'uncommitted'),
    ...open(unpushed, 'unpushed'),
    ...(guarded === false ? [paint.warn('not guarded')] : []),
    ...(locked === null ? [] : ['locked']),
  ];
}

const STATES: Record<Exclude<WorktreeRow['state'], 'ready'>, string> = {
  'half-made': 'half-made',
  making: 'being made',
  missing: 'its directory is gone',
};
