import type { Report } from '../../domain/report.ts';
import type { WorktreeData } from '../../domain/reports/worktree.ts';
import type { View } from '../view.ts';
import { addBlocks } from './worktree-add.ts';
import { listBlocks } from './worktree-list.ts';
import { removeBlocks } from './worktree-remove.ts';

/** The answer of every `worktree` command. */
export function renderWorktree({ data }: Report<WorktreeData>, view: View): string {
  const blocks = blocksOf(data, view).filter((lines) => lines.length > 0);
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function blocksOf(data: WorktreeData, view: View): string[][] {
  switch (data.verb) {
    case 'add':
      return addBlocks(data, view);
    case 'list':
      return listBlocks(data, view);
    case 'prune':
    case 'remove':
      return removeBlocks(data, view);
  }
}
