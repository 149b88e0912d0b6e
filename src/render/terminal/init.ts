import type { Report } from '../../domain/report.ts';
import type {
  DivisionFigures,
  HookManager,
  HookState,
  InitData,
  PolicyOrigin,
} from '../../domain/reports/init.ts';
import { escapeText } from '../escape.ts';
import { hintLines } from '../hint.ts';
import type { View } from '../view.ts';
import { count, list, number, pad, widest, wrap } from '../words.ts';
import { below, planLines } from './plan.ts';

/** The answer of `init`: what git will run, what was done, what is left to do. */
export function renderInit({ data, verdict }: Report<InitData>, view: View): string {
  const { paint } = view;
  const tell = verdict === 'allowed' ? paint.good : paint.warn;
  const blocks = [
    [`${tell('bailiwick:')} ${paint.strong(escapeText(headline(data)))}`],
    ...(data.action === 'install' ? [hookLines(data, view), worktreeLines(data, view)] : []),
    section(
      data.dryRun ? 'Would be done:' : 'Done:',
      planLines(data.steps, data.worktree, view),
      view,
    ),
    ...data.snippets.map(({ file, text, reason }) => [
      ...wrap(
        `${escapeText(below(file, data.worktree))} was not changed: ${escapeText(reason)}. To be added there by hand:`,
        view.width,
      ),
      ...text
        .trimEnd()
        .split('\n')
        .map((line) => `  ${escapeText(line)}`),
    ]),
    [
      ...policyLines(data, view),
      ...divisionLines(data, view),
      ...data.notes.flatMap((note) => wrap(`note: ${escapeText(note)}`, view.width)),
    ],
    section('The proposal:', proposalLines(data), view),
    section(
      'Next:',
      data.next.flatMap((hint) => hintLines(hint, view, '  ')),
      view,
    ),
  ];
  const filled = blocks.filter((lines) => lines.length > 0);
  return `${filled.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

const MANAGERS: Record<HookManager, string> = {
  husky: 'husky',
  'husky-4': 'husky before version 5',
  lefthook: 'lefthook',
  outside: 'core.hooksPath leads out of the repository',
  overcommit: 'overcommit',
  plain: 'plain hooks',
  'pre-commit': 'pre-commit',
  prek: 'prek',
  'simple-git-hooks': 'simple-git-hooks',
};

function headline({ action, dryRun, hooks, manager }: InitData): string {
  if (dryRun) return 'nothing was changed';
  if (action === 'uninstall') return 'the guard is taken out of the hooks';
  const open = hooks.filter(({ state }) => state !== 'active').map(({ event }) => event);
  if (hooks.length === 0) return 'the hooks were left as they are';
  if (open.length === 0)
    return `git runs the guard on commits, merges and pushes here (${MANAGERS[manager]})`;
  return open.length === hooks.length
    ? `nothing is guarded yet (${MANAGERS[manager]})`
    : `not guarded yet: ${list(open)} (${MANAGERS[manager]})`;
}

const STATES: Record<HookState, string> = {
  active: 'active',
  failing: 'failing: it ends with an error before the guard answers',
  inert: 'inert: not executable, so git passes over it',
  missing: 'missing: git finds no such file',
  skipped: 'skipped: the guard is named there and not started',
  unguarded: 'unguarded: does not run the guard',
  unproven: 'unproven: it does not end',
};

function hookLines({ hooks, worktree: top }: InitData, view: View): string[] {
  const { paint } = view;
  const events = hooks.map(({ event }) => event);
  const files = hooks.map(({ file }) => escapeText(below(file, top)));
  return hooks.flatMap(({ event, state, reason }, index) => {
    const tell = state === 'active' ? paint.good : paint.warn;
    const file = paint.name(pad(files[index]!, widest(files)));
    return [
      `  ${pad(event, widest(events))}  ${file}  ${tell(STATES[state])}`,
      ...(reason === null ? [] : wrap(escapeText(reason), view.width, '    ')),
    ];
  });
}

/** Those where git does not run the guard; the others are only counted. */
function worktreeLines({ worktrees }: InitData, view: View): string[] {
  if (worktrees.length === 0) return [];
  const open = worktrees.filter(({ hooks }) => hooks.some(({ state }) => state !== 'active'));
  const words = `${worktrees.length - open.length} of ${count(worktrees.length, 'other worktree')} guarded`;
  const lines = open.flatMap(({ path, branch, hooks }) => {
    const events = hooks.filter(({ state }) => state !== 'active');
    const where = `${escapeText(path)}${branch === null ? '' : ` (${escapeText(branch)})`}`;
    const what = events.map(({ event, state }) => `${event} ${state}`);
    return wrap(`${where}: ${list(what)}`, view.width, '    ', '  ');
  });
  return [words, ...lines];
}

const ORIGINS: Record<PolicyOrigin, string | null> = {
  codeowners: 'proposed from CODEOWNERS',
  existing: null,
  folders: 'proposed from the folders',
  history: 'proposed from what changed together',
  none: null,
};

function policyLines({ policy, worktree, dryRun }: InitData, { paint }: View): string[] {
  const origin = ORIGINS[policy.from];
  if (origin === null) return [];
  const file = paint.name(escapeText(below(policy.path, worktree)));
  return [`${file} ${dryRun ? 'would be' : 'is'} ${origin}; read it before it is committed`];
}

/** What each agent has of the files and of the changes, and how the past would have fared. */
function divisionLines({ division }: InitData, view: View): string[] {
  if (!division) return [];
  const { parts, commits, within, crossing } = division;
  const names = parts.map(({ agent }) => agent);
  const rows = parts.map(
    ({ agent, files, changes }) =>
      `  ${view.paint.name(pad(agent, widest(names)))}  ${share(files)} of the files, ${share(changes)} of the changes`,
  );
  if (commits === 0) return rows;
  const past = commits === 1 ? 'the one commit' : `the last ${number(commits)} commits`;
  const folders = byTopFolders(division);
  const whole = `of ${past} ${share(within / commits).trim()} lie within one part${folders}`;
  const cured = crossing.reduce((sum, each) => sum + each.commits, 0);
  const files = list(crossing.map(({ path }) => escapeText(path)));
  const rest = commits - within;
  const advice =
    crossing.length === 0
      ? ''
      : `; ${crossing.length === 1 ? 'one file causes' : `these ${crossing.length} files cause`} ${share(cured / rest).trim()} of the rest: ${files}; to let everyone change ${crossing.length === 1 ? 'it' : 'them'}, list ${crossing.length === 1 ? 'it' : 'them'} under shared`;
  return [...rows, ...wrap(`${whole}${advice}`, view.width)];
}

/** What anybody would do without looking; with most of the files in one part it divides little. */
function byTopFolders({ commits, byFolders, largestByFolders: largest }: DivisionFigures): string {
  if (commits < FEW) return '';
  const but = largest > MOST ? `, but ${share(largest).trim()} of the files in one of them` : '';
  return ` (with the top folders as parts: ${share(byFolders / commits).trim()}${but})`;
}

/** A part that has more of the files than this leaves little to the others. */
const MOST = 0.6;

/** Too few commits to compare shares of them. */
const FEW = 20;

const share = (part: number): string => `${Math.round(part * 100)} %`.padStart(5);

const proposalLines = ({ proposal }: InitData): string[] =>
  proposal === undefined
    ? []
    : proposal
        .trimEnd()
        .split('\n')
        .map((line) => (line === '' ? '' : `  ${escapeText(line)}`));

const section = (title: string, lines: readonly string[], { paint }: View): string[] =>
  lines.length === 0 ? [] : [paint.strong(title), ...lines];
