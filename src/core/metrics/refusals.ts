import { compare, type Finding, FINDING_CODES, type FindingCode } from '../../domain/finding.ts';
import { type AgentId, parseAgentId } from '../../domain/ids.ts';
import type { RefusalFigures } from '../../domain/reports/fleet-report.ts';

/** Who waits for a lock until it is free is told that it is held, and not refused. */
export const WAITING = 'wait';

/** One rule by which a hook, or a command, refused something once. */
export interface Refusal {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The hook, or the command. */
  readonly by: string;
  readonly agent: AgentId | null;
  readonly code: FindingCode;
  /** Its place in `ownership.yml`: `agents.a1.owns[0]`; null where no rule decided. */
  readonly rule: string | null;
  /** Findings of it, most of which are one path each. */
  readonly count: number;
}

/** Rules of one refusal that are written down; more than anybody breaks at once. */
const MOST_RULES = 20;
const LONGEST_RULE = 120;

/**
 * What is written down of a refusal, one line for each rule: no path, no content, no message.
 *
 * @returns '' where nothing was refused
 */
export function refusalLines(
  findings: readonly Finding[],
  { at, by, agent }: Pick<Refusal, 'agent' | 'at' | 'by'>,
): string {
  const counts = new Map<string, number>();
  for (const { code, rule, severity } of findings) {
    if (severity !== 'error') continue;
    const key = `${code}\t${placeOf(rule)}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts]
    .slice(0, MOST_RULES)
    .map(([key, count]) => `${[at, by, agent ?? '-', key, count].join('\t')}\n`)
    .join('');
}

/** Without the glob that stands there: it is in the policy of that moment. */
const placeOf = (rule: string | undefined): string =>
  /^[\w.[\]-]+/.exec(rule ?? '')?.[0].slice(0, LONGEST_RULE) ?? '-';

const CODES: ReadonlySet<string> = new Set(FINDING_CODES);
const LINE =
  /^(\d{1,16})\t([a-z-]{1,40})\t([a-z0-9-]{1,32})\t([a-z-]{1,40})\t([\w.[\]-]{1,120})\t(\d{1,7})$/;

/** Reads lines back. What is cut off, or of another program, says nothing. */
export const parseRefusals = (text: string): Refusal[] =>
  text.split('\n').flatMap((line): Refusal[] => {
    const found = LINE.exec(line);
    if (found === null || !CODES.has(found[4]!)) return [];
    const [, at, by, agent, code, rule, count] = found;
    return [
      {
        at: Number(at),
        by: by!,
        agent: parseAgentId(agent!),
        code: code as FindingCode,
        rule: rule === '-' ? null : rule!,
        count: Number(count),
      },
    ];
  });

/** How often each rule refused within a period, most often first. */
export function refusalFigures(
  refusals: readonly Refusal[],
  { since, until }: { readonly since: number; readonly until: number },
): RefusalFigures[] {
  const found = new Map<string, { code: FindingCode; rule: string | null; count: number }>();
  for (const { at, by, code, rule } of refusals) {
    if (at < since || at > until || by === WAITING) continue;
    const key = `${code} ${rule ?? ''}`;
    const known = found.get(key);
    if (known) known.count += 1;
    else found.set(key, { code, rule, count: 1 });
  }
  return [...found.values()].sort(
    (x, y) => y.count - x.count || compare(x.code, y.code) || compare(x.rule ?? '', y.rule ?? ''),
  );
}
