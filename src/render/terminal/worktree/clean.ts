import { hintTo } from '../../../domain/hint.ts';
import type { Report } from '../../../domain/report.ts';
import type { CleanBranch, CleanData } from '../../../domain/reports/clean.ts';
import { escapeText } from '../../escape.ts';
import { hintLines } from '../../hint.ts';
import type { View } from '../../view.ts';
import { count, list, wrap } from '../../words.ts';

/** What has landed and goes, or would; what stays of it and why. */
export function renderClean({ data }: Report<CleanData>, view: View): string {
  const { branches, locks, dryRun, notices } = data;
  const going = branches.filter(goes);
  const blocks = [
    [headline(data, view)],
    branches.flatMap((each) => branchLines(each, dryRun, view)),
    locks.map(({ name, holder }) => `  the lock ${name} of ${holder}`),
    dryRun && going.length + locks.length > 0
      ? hintLines(hintTo('remove them', 'bailiwick clean --yes'), view, '')
      : [],
    notices.flatMap((text) => wrap(`note: ${escapeText(text)}`, view.width, '  ', '')),
  ];
  const filled = blocks.filter((lines) => lines.length > 0);
  return `${filled.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

const goes = ({ local, remote, worktree }: CleanBranch): boolean =>
  local !== null || remote !== null || worktree !== null;

function headline({ branches, locks, dryRun }: CleanData, { paint }: View): string {
  const gone = branches.filter(goes).length;
  const what = list([
    ...(gone > 0 ? [count(gone, 'branch', 'branches')] : []),
    ...(locks.length > 0 ? [count(locks.length, 'lock')] : []),
  ]);
  if (what === '') return `${paint.good('bailiwick:')} nothing that has landed is left to remove`;
  const words = dryRun ? `${what} landed, and nothing was changed` : `removed ${what}`;
  return `${paint.good('bailiwick:')} ${paint.strong(words)}`;
}

function branchLines(each: CleanBranch, dryRun: boolean, view: View): string[] {
  const { branch, how, local, remote, worktree, kept } = each;
  const at = local ?? remote;
  const parts = [
    ...(worktree === null ? [] : [`the worktree ${worktree}`]),
    ...(local === null ? [] : ['the branch']),
    ...(remote === null ? [] : ['that of origin']),
  ];
  const state = how === 'merged' ? 'merged' : 'squashed or rebased';
  const verb = dryRun ? 'would go' : 'gone';
  const words =
    parts.length === 0 ? 'stays' : `${verb}: ${list(parts)}, at ${(at ?? '').slice(0, 10)}`;
  return [
    ...wrap(escapeText(`${branch}  ${state}, ${words}`), view.width, '    ', '  '),
    ...kept.flatMap((why) => wrap(escapeText(`kept: ${why}`), view.width, '      ', '    ')),
  ];
}
