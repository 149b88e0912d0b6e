import type {
  AddedWorktree,
  SetupOutcome,
  WorktreeAddData,
} from '../../../domain/reports/worktree.ts';
import { escapeText } from '../../escape.ts';
import type { View } from '../../view.ts';
import { count, list, pad, widest, wrap } from '../../words.ts';
import { closingBlocks, portWords } from './port-words.ts';

/** What became of the worktree of each agent. */
export function worktreeAddBlocks(data: WorktreeAddData, view: View): string[][] {
  const labels = data.worktrees.map(({ agent, outcome }) => `${agent}  ${OUTCOMES[outcome]}`);
  const column = widest(labels) + 2;
  return [
    [headline(data, view)],
    data.worktrees.flatMap((each, index) =>
      worktreeLines(each, pad(labels[index]!, column), column, view),
    ),
    ...closingBlocks(data, view),
  ];
}

const OUTCOMES: Record<AddedWorktree['outcome'], string> = {
  completed: 'completed',
  failed: 'failed',
  made: 'made',
  planned: 'planned',
  unchanged: 'unchanged',
};

function headline({ dryRun, worktrees }: WorktreeAddData, { paint }: View): string {
  if (dryRun) return `${paint.good('bailiwick:')} ${paint.strong('nothing was changed')}`;
  const number = (outcome: AddedWorktree['outcome']): number =>
    worktrees.filter((each) => each.outcome === outcome).length;
  const failed = number('failed');
  const parts = (['made', 'completed', 'unchanged', 'failed'] as const).flatMap((outcome) =>
    number(outcome) === 0 ? [] : [`${number(outcome)} ${outcome}`],
  );
  const tell = failed > 0 ? paint.bad : paint.good;
  const words = `${count(worktrees.length, 'worktree')}: ${list(parts)}`;
  return `${tell('bailiwick:')} ${paint.strong(words)}`;
}

function worktreeLines(each: AddedWorktree, label: string, column: number, view: View): string[] {
  const { paint, width } = view;
  const indent = ' '.repeat(column);
  const failed = each.outcome === 'failed';
  const where = `${each.path}${each.branch === null ? '' : ` on ${each.branch}`}`;
  const [first, ...rest] = wrap(escapeText(where), width, indent, label);
  const painted = (failed ? paint.bad : paint.good)(label.trimEnd());
  return [
    painted + first!.slice(label.trimEnd().length),
    ...rest,
    ...wrap(escapeText(factsOf(each).join('; ')), width, indent).map(paint.faint),
    ...(each.guarded === false
      ? wrap('git does not run the guard there', width, indent).map(paint.warn)
      : []),
    ...failureLines(each, indent, view),
  ];
}

const SETUP: Record<SetupOutcome, string | null> = {
  done: 'setup done',
  earlier: 'setup was done before',
  failed: 'setup failed',
  none: null,
  skipped: 'setup was not run',
};

function factsOf({ ports, setup, log, outcome }: AddedWorktree): string[] {
  const planned = outcome === 'planned' && log !== null;
  const words = planned ? 'setup would run' : SETUP[setup];
  return [
    ...(outcome === 'failed' ? [] : [portWords(ports)]),
    ...(words === null ? [] : [log === null ? words : `${words}, log: ${log}`]),
  ];
}

function failureLines({ failure }: AddedWorktree, indent: string, view: View): string[] {
  if (failure === null) return [];
  return [
    ...wrap(escapeText(failure.message), view.width, indent).map(view.paint.bad),
    ...failure.tail.map((line) => `${indent}| ${escapeText(line)}`),
  ];
}
