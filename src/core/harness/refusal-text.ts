import type { Failure } from '../../domain/failure.ts';
import type { Finding } from '../../domain/finding.ts';
import type { AgentId } from '../../domain/ids.ts';
import { MISLEADING } from '../../domain/misleading.ts';
import { shellQuote } from '../../domain/quote.ts';
import type { PolicySource } from '../../domain/report.ts';

/** What was judged, for the reader: a model that wants to go on. */
export interface Refused {
  readonly agent: AgentId | null;
  readonly policy: PolicySource;
  /** The worktree, when it is another than the one the session stands in. */
  readonly elsewhere: string | null;
  /** From where the session stands to the top of the worktree, with a `/` at its end: `../../`. */
  readonly upward: string;
  readonly findings: readonly Finding[];
  /** The one command that helps most; null when there is none. */
  readonly remedy: string | null;
}

/** More than this many paths are counted, and no longer named. */
const MOST_PATHS = 8;

const MISLEADING_ALL = new RegExp(MISLEADING, 'gu');

/** Text from outside, so that it cannot mislead whoever reads it. */
export const visible = (text: string): string =>
  text.replace(MISLEADING_ALL, (char) => `\\u{${char.codePointAt(0)!.toString(16)}}`);

/**
 * Why an edit or a command was refused: what was judged, the rule, whose the path is, and one
 * command. Commands are written `bailiwick ...`, after `run`.
 */
export function refusalText(refused: Refused): string {
  const { agent, policy, elsewhere, findings } = refused;
  const errors = findings.filter(({ severity }) => severity === 'error');
  const who = agent === null ? 'no agent of the policy acts here' : `${agent} acts here`;
  const where = elsewhere === null ? '' : ` in the worktree ${visible(elsewhere)}`;
  const shown = errors.slice(0, MOST_PATHS);
  const more = errors.length - shown.length;
  return [
    `Refused by the guard before anything was written${where}: ${who}, judged by ownership.yml of ${visible(policy.ref)}.`,
    ...shown.map(line),
    ...(more > 0 ? [`and ${more} more`] : []),
    ...helpFor(shown, refused),
  ].join('\n');
}

function line({ path, message, rule }: Finding): string {
  const by = rule === undefined ? '' : ` (${visible(rule)})`;
  return `${path === undefined ? '' : `${visible(path)}: `}${visible(message)}${by}`;
}

/** The command that opens the path, else what the findings advise, else the one that explains. */
function helpFor(findings: readonly Finding[], { remedy, elsewhere, upward }: Refused): string[] {
  if (remedy !== null) return [`To be allowed, run ${remedy}`];
  const hints = [...new Set(findings.flatMap(({ hint }) => hint ?? []))];
  const path = findings.find((finding) => finding.path !== undefined)?.path;
  const explained = hints.some((hint) => hint.includes(', run '));
  const ownerOf = (named: string): string =>
    elsewhere === null
      ? shellQuote(upward + named)
      : `${shellQuote(`./${named}`)} -C ${shellQuote(elsewhere)}`;
  return [
    ...hints,
    ...(path === undefined || explained
      ? []
      : [`To see whose it is and why, run bailiwick owner ${ownerOf(path)}`]),
  ].map(visible);
}

/** Why nothing could be decided, which lets nothing through. */
export function undecidedText(failure: Pick<Failure, 'hints' | 'message'>): string {
  return [
    `bailiwick cannot decide, so this was stopped before anything was written: ${visible(failure.message)}`,
    ...failure.hints.map(visible),
  ].join('\n');
}
