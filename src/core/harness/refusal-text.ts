import type { Failure } from '../../domain/failure.ts';
import type { Finding } from '../../domain/finding.ts';
import { type Hint, hintTo, sameHint } from '../../domain/hint.ts';
import type { AgentId } from '../../domain/ids.ts';
import { replaceMisleading } from '../../domain/text/misleading.ts';
import { shellQuote } from '../../domain/text/quote.ts';
import type { PolicySource } from '../../domain/report.ts';
import { hintElsewhere } from '../text/hint-elsewhere.ts';
import { hintLine } from './hint-line.ts';

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
  readonly remedy: Hint | null;
}

/** More than this many paths are counted, and no longer named. */
const MOST_PATHS = 8;

/** Text from outside, so that it cannot mislead whoever reads it. */
export const visible = (text: string): string =>
  replaceMisleading(text, (char) => `\\u{${char.codePointAt(0)!.toString(16)}}`);

/**
 * Why an edit or a command was refused: what was judged, the rule, whose the path is, and one
 * command.
 *
 * @param program how bailiwick is started where the session stands
 */
export function refusalText(refused: Refused, program: string): string {
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
    ...helpFor(shown, refused).map((hint) => visible(hintLine(hint, program))),
  ].join('\n');
}

function line({ path, message, rule }: Finding): string {
  const by = rule === undefined ? '' : ` (${visible(rule)})`;
  return `${path === undefined ? '' : `${visible(path)}: `}${visible(message)}${by}`;
}

/** The command that opens the path, else what the findings advise, else the one that explains. */
function helpFor(
  findings: readonly Finding[],
  { remedy, elsewhere, upward }: Refused,
): readonly Hint[] {
  if (remedy !== null) return [inPlace(remedy, elsewhere)];
  const hints = findings.flatMap(({ hint }) => (hint ? [inPlace(hint, elsewhere)] : []));
  const distinct = hints.filter((hint, at) => hints.findIndex((one) => sameHint(one, hint)) === at);
  const path = findings.find((finding) => finding.path !== undefined)?.path;
  if (path === undefined || distinct.some(({ command }) => command !== null)) return distinct;
  const where =
    elsewhere === null
      ? shellQuote(upward + path)
      : `${shellQuote(`./${path}`)} -C ${shellQuote(elsewhere)}`;
  return [...distinct, hintTo('see who owns it and why', `bailiwick owner ${where}`)];
}

/** The agent's shell stays where it is: what is to be run in another worktree says so. */
const inPlace = (hint: Hint, elsewhere: string | null): Hint =>
  elsewhere === null || hint.command?.includes(' -C ') ? hint : hintElsewhere(hint, elsewhere);

/** Why nothing could be decided, which lets nothing through. */
export function undecidedText(
  failure: Pick<Failure, 'hints' | 'message'>,
  program: string,
): string {
  return [
    `bailiwick cannot decide, so this was stopped before anything was written: ${visible(failure.message)}`,
    ...failure.hints.map((hint) => visible(hintLine(hint, program))),
  ].join('\n');
}
