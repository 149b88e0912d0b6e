import type { Hint } from '../../../domain/hint.ts';
import type { PlannedStep } from '../../../domain/plan.ts';
import type { WorktreePorts } from '../../../domain/reports/worktree.ts';
import { escapeText } from '../../escape.ts';
import { hintLines } from '../../hint.ts';
import type { View } from '../../view.ts';
import { wrap } from '../../words.ts';
import { planLines } from '../plan.ts';

/** `ports 8080-8099, PORT 8081`. */
export const portWords = ({ first, last, port }: WorktreePorts): string =>
  first === last ? `port ${first}` : `ports ${first}-${last}, PORT ${port}`;

/** What would be done, what must be known, and what comes next. */
export const closingBlocks = (
  {
    steps,
    notes,
    next,
    top,
    dryRun,
  }: {
    readonly steps: readonly PlannedStep[];
    readonly notes: readonly string[];
    readonly next: readonly Hint[];
    readonly top: string;
    readonly dryRun: boolean;
  },
  view: View,
): string[][] => [
  dryRun && steps.length > 0
    ? [view.paint.strong('Would be done:'), ...planLines(steps, top, view)]
    : [],
  notes.flatMap((note) => wrap(`note: ${escapeText(note)}`, view.width, '  ', '')),
  next.length > 0
    ? [view.paint.strong('Next:'), ...next.flatMap((hint) => hintLines(hint, view, '  '))]
    : [],
];
