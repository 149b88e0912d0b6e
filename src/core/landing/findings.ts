import type { Finding } from '../../domain/finding.ts';
import { type Hint, hintTo } from '../../domain/hint.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { BranchName } from '../../domain/refs.ts';
import type { LandingPlan } from '../../domain/reports/land.ts';
import type {
  JournalStep,
  LandingJournal,
  LeftReason,
} from '../../domain/states/landing-journal.ts';
import { shellQuote } from '../../domain/text/quote.ts';
import { lineOf } from './line.ts';

/** Why a branch may be left out without anybody having to do something. */
const NOTHING_TO_DO: readonly LeftReason[] = ['landed', 'skipped'];

/** What a plan leaves out, what breaks although it merges, and what helps. */
export const planFindings = ({ left, breaks, steps }: LandingPlan): Finding[] => {
  const agents = new Map<string, AgentId | null>(steps.map(({ branch, agent }) => [branch, agent]));
  return [
    ...left.flatMap((branch) => leftFinding(branch)),
    ...breaks.map(({ refs, ...found }): Finding => {
      const [agent = null, other = agent] = refs.map((ref) => agents.get(ref) ?? null);
      return { ...found, agent: agent === other ? agent : null };
    }),
  ];
};

/** What a landing came to where that is not what was asked for. */
export function landingFindings(journal: LandingJournal): Finding[] {
  const { base, search, steps } = journal;
  const left = [
    ...steps.flatMap((step) =>
      step.left === null ? [] : leftFinding({ ...step, ...step.left }, journal),
    ),
    ...afterFinding(journal),
  ];
  if (journal.end === 'base-red')
    return [
      {
        code: 'base-red',
        severity: 'error',
        agent: null,
        message: `${base} itself does not pass, so nothing was tried: ${search.red?.words ?? ''}`,
        hint: hintTo(`see what is new on ${base}`, `git log --oneline -10 ${shellQuote(base)}`),
      },
      ...left,
    ];
  if (journal.end === 'overtaken')
    return [...left, ...stayed(journal, `${base} kept moving while it was validated`)];
  if (journal.end === 'differs')
    return [
      {
        code: 'land-failed',
        severity: 'error',
        agent: null,
        message: `${base} is not what was validated: ${journal.difference}`,
        hint: hintTo('take back what landed last', 'bailiwick land undo'),
      },
      ...left,
      ...stayed(journal, `${base} is not what it was validated on`),
    ];
  return left;
}

/** Those that were still to land when it ended. */
const stayed = (journal: LandingJournal, words: string): Finding[] =>
  lineOf(journal).flatMap(({ branch, agent }) =>
    leftFinding({ branch, agent, why: 'moved', words }, journal),
  );

/** What has landed stays: whether it is taken back or mended is for people to say. */
function afterFinding({ base, after }: LandingJournal): Finding[] {
  if (after?.state !== 'red') return [];
  return [
    {
      code: 'base-red',
      severity: 'error',
      agent: null,
      message: `${base} does not pass what must hold after a landing: ${after.words}`,
      hint: hintTo('take back what landed last', 'bailiwick land undo'),
    },
  ];
}

function leftFinding(
  {
    branch,
    agent,
    why,
    words,
  }: Pick<JournalStep, 'agent' | 'branch'> & {
    readonly why: LeftReason;
    readonly words: string;
  },
  landing: Pick<LandingJournal, 'base' | 'undoes'> | null = null,
): Finding[] {
  if (NOTHING_TO_DO.includes(why)) return [];
  const undoes = landing?.undoes ?? null;
  const message = `${branch} ${undoes === null ? 'does not land' : 'is not taken back'}: ${words}`;
  const hint =
    undoes === null
      ? hintFor(branch, why)
      : hintTo(
          'see what has come since',
          `git log --oneline ${undoes.receipt.slice(1)}..${shellQuote(landing!.base)}`,
        );
  return [{ code: 'land-failed', severity: 'error', agent, message, hint }];
}

function hintFor(branch: BranchName, why: LeftReason): Hint {
  const name = shellQuote(branch);
  switch (why) {
    case 'conflict':
      return hintTo('see where, and with whom', 'bailiwick overlap');
    case 'refused':
      return hintTo('see what the guard says', `bailiwick check --branch ${name}`);
    case 'unreadable':
      return hintTo('see what is missing', 'git fsck --connectivity-only');
    case 'red':
    case 'after':
    case 'landed':
    case 'moved':
    case 'pull-request':
    case 'skipped':
      return hintTo('try it again once that is settled', `bailiwick land ${name}`);
  }
}
