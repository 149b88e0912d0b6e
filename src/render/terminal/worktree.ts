import type { Report } from '../../domain/report.ts';
import type { WorktreeData } from '../../domain/reports/worktree.ts';
import type { View } from '../view.ts';
import { worktreeAddBlocks } from './worktree/add.ts';
import { worktreeListBlocks } from './worktree/list.ts';
import { worktreeRemoveBlocks } from './worktree/remove.ts';

/** The answer of every `worktree` command. */
export function renderWorktree({ data }: Report<WorktreeData>, view: View): string {
  const blocks = blocksOf(data, view).filter((lines) => lines.length > 0);
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function blocksOf(data: WorktreeData, view: View): string[][] {
  switch (data.verb) {
    case 'add':
      return worktreeAddBlocks(data, view);
    case 'list':
      return worktreeListBlocks(data, view);
    case 'prune':
    case 'remove':
      return worktreeRemoveBlocks(data, view);
  }
}
