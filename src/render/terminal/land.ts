import { formatDuration, formatMoment } from '../../domain/text/duration.ts';
import type { Report } from '../../domain/report.ts';
import type { LandData, LandingPlan } from '../../domain/reports/land.ts';
import type { LandingReceipt } from '../../domain/states/landing-receipt.ts';
import type {
  JournalStep,
  LandingJournal,
  LandingWay,
  LeftOut,
} from '../../domain/states/landing-journal.ts';
import { escapeText } from '../escape.ts';
import { groupFindings } from '../findings.ts';
import type { View } from '../view.ts';
import { count, pad, widest, wrap } from '../words.ts';
import { groupBlocks } from './groups.ts';

/** The answer of `land`: what would land, what is landing, or what has. */
export function renderLand(report: Report<LandData>, view: View): string {
  const { verb, plan, journal, receipts, notices, now } = report.data;
  const findings = groupFindings(report.findings, null);
  const blocks = [
    ...(verb === 'plan' && plan !== null ? planBlocks(plan, view) : []),
    ...(journal === null ? [] : journalBlocks(journal, now, view)),
    ...(journal === null && verb === 'status' ? [['nothing was landed here so far']] : []),
    ...(journal === null && verb === 'land' ? [['nothing landed']] : []),
    ...receipts.map((receipt) => receiptLines(receipt, view)),
    ...(verb === 'show' && receipts.length === 0 ? [['nothing was landed here so far']] : []),
    // How a landing stands says that already.
    ...(verb === 'status' ? [] : groupBlocks(findings, 'error', view, '`--json` lists all')),
    notices.flatMap((notice) => wrap(`note: ${escapeText(notice)}`, view.width, '  ', '')),
  ];
  const text = blocks.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `${text.join('\n\n')}\n`;
}

function planBlocks(
  { base, mode, batch, validate, steps, left }: LandingPlan,
  view: View,
): string[][] {
  const { paint } = view;
  const head = `${paint.strong(escapeText(base.branch))} at ${base.oid.slice(0, 10)}: ${count(steps.length, 'branch', 'branches')} would land (${mode}, ${batchWords(batch, steps.length)})`;
  const names = widest(steps.map(({ branch }) => escapeText(branch)));
  const rows = steps.map(({ branch, tip, tree }, at) => {
    const name = pad(escapeText(branch), names);
    return `${place(at, steps.length)}  ${paint.name(name)}  ${tip.slice(0, 10)}  tree ${tree.slice(0, 10)}`;
  });
  const checks =
    validate.length === 0
      ? ['  nothing says what has to pass']
      : validate.map((command) => `  has to pass: ${escapeText(command)}`);
  return [[head, ...rows, ...checks], left.flatMap((each) => leftLines(each, view))];
}

const batchWords = (batch: number, steps: number): string =>
  batch === 1 ? 'one at a time' : batch >= steps ? 'all at once' : `${batch} at a time`;

function journalBlocks(journal: LandingJournal, now: number, view: View): string[][] {
  const { base, before, onto, steps, runs } = journal;
  const landed = steps.filter(({ state }) => state === 'landed');
  const moved = onto === before ? '' : ` (${before.slice(0, 10)}..${onto.slice(0, 10)})`;
  const head = `${journal.undoes === null ? 'landed' : 'took back'} ${landed.length} of ${steps.length} on ${view.paint.strong(escapeText(base))}${moved}, ${count(runs, 'validation')}; ${endWords(journal, now)}`;
  const names = widest(steps.map(({ branch }) => escapeText(branch)));
  // A branch that is open again has not landed.
  const done = journal.undoes?.back === true ? 'taken back' : 'landed';
  const rows = steps.flatMap((step, at) => stepLines(step, at, steps.length, names, done, view));
  return [[head, ...rows, ...undoLines(journal, view), ...afterLines(journal)]];
}

/** In which of the two ways it is taken back, and why. */
function undoLines({ undoes, steps, end }: LandingJournal, view: View): string[] {
  if (undoes === null || undoes.why === '') return [];
  const { back, why } = undoes;
  const isDone = steps.some(({ state }) => state === 'landed');
  // What came to nothing was not taken back in any way.
  if (end !== null && !isDone) return [];
  const way = `${isDone ? 'taken back' : 'is being taken back'} ${back ? 'whole' : 'by reverts'}: ${why}`;
  return wrap(escapeText(way), view.width, '    ', '  ');
}

/** How it stands with what must hold at the end. */
function afterLines({ after }: LandingJournal): string[] {
  const words = { due: 'still to be checked', passed: 'passed', red: 'failed' };
  return after === null ? [] : [`  what must hold at the end: ${words[after.state]}`];
}

function endWords({ end, began, publishing, lander }: LandingJournal, now: number): string {
  switch (end) {
    case 'done':
      return 'done';
    case 'aborted':
      return 'aborted';
    case 'base-red':
      return 'the base itself fails';
    case 'differs':
      return 'stopped, because the base is not what was validated';
    case 'overtaken':
      return 'given up, because the base kept moving';
    case null: {
      const since = `begun ${formatMoment(began)}, ${formatDuration(Math.max(now - began, 0))} ago`;
      const doing = publishing === null ? 'under way' : 'the base is being moved';
      return `${doing}, process ${lander.mark.pid} on ${escapeText(lander.mark.host)}, ${since}`;
    }
  }
}

function stepLines(
  { branch, made, state, left }: JournalStep,
  at: number,
  all: number,
  names: number,
  done: string,
  view: View,
): string[] {
  const { paint } = view;
  const name = paint.name(pad(escapeText(branch), names));
  const commit = made === null ? '-'.repeat(10) : made.commit.slice(0, 10);
  const word = state === 'landed' ? paint.good(done) : state === 'left' ? paint.bad(state) : state;
  const line = `${place(at, all)}  ${name}  ${commit}  ${word}`;
  const why = left === null ? [] : wrap(escapeText(left.words), view.width, ' '.repeat(8));
  return [line, ...why];
}

function leftLines({ branch, words }: LeftOut & { readonly branch: string }, view: View): string[] {
  return wrap(`left out: ${escapeText(`${branch} ${words}`)}`, view.width, '  ', '');
}

const place = (at: number, all: number): string => `  ${pad(`${at + 1}/${all}`, 6)}`;

/** What one landing moved the base to, and what that had passed. */
function receiptLines(receipt: LandingReceipt, { paint }: View): string[] {
  const { id, base, before, after, mode, way, steps, undoes, back, at, host } = receipt;
  const moved = `${before.slice(0, 10)}..${after.slice(0, 10)}`;
  const where = WAY_WORDS[way];
  const taken =
    undoes === null ? '' : `, takes back ${undoes}${back ? ' whole: the base was moved back' : ''}`;
  const names = widest(steps.map(({ branch }) => escapeText(branch)));
  return [
    `${paint.strong(id)}  ${escapeText(base)} ${moved} (${mode}, ${where}) ${formatMoment(at)} on ${escapeText(host)}${taken}`,
    ...steps.map(
      ({ branch, commit }) =>
        `  ${paint.name(pad(escapeText(branch), names))}  ${commit.slice(0, 10)}`,
    ),
    `  ${proofWords(receipt)}`,
  ];
}

const WAY_WORDS: Readonly<Record<LandingWay, string>> = {
  local: 'in this clone',
  push: 'pushed',
  'pull-request': 'by a pull request',
  'pull-requests': 'by its pull request',
};

function proofWords({ proof }: LandingReceipt): string {
  if (proof === null) return 'landed without a check';
  const red = proof.flaky ? ', red first: a check is flaky' : '';
  return `passed ${formatMoment(proof.at)} (commands ${escapeText(proof.digest.slice(0, 12))})${red}`;
}
