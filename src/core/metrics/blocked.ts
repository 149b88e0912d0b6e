import { type AgentId, type LockName, parseLockName } from '../../domain/ids.ts';
import type { Lease } from '../../domain/lock.ts';
import type { Turn } from '../../domain/states/turn.ts';
import type { Refusal } from './refusals.ts';
import type { Span } from './waits.ts';

/** One state of a handoff. */
export interface HandoffMoment {
  readonly at: number;
  /** When what it says opened the phases after it; null where that has not happened. */
  readonly opened: number | null;
}

/** What is known of the states that end a wait, each list oldest first. */
export interface PastStates {
  readonly leases: ReadonlyMap<LockName, readonly Lease[]>;
  /** Of each agent, those it comes after. */
  readonly after: ReadonlyMap<AgentId, readonly (readonly HandoffMoment[])[]>;
  /** Of each agent, its turns with those it is kept apart from. */
  readonly turns: ReadonlyMap<AgentId, readonly (readonly Turn[])[]>;
}

/** When agents could not go on, and how many such waits have no end that anything says. */
export interface Blocked {
  readonly spans: readonly Span[];
  readonly unknown: number;
}

/** What an agent waits for when a refusal tells it so. */
const KINDS = { locks: 'lock-held', phases: 'phase-closed' } as const;

/**
 * From the first refusal that said that another holds a lock, or that it is not an agent's turn, to what ended that.
 * An agent waits once at a time, whatever it is told meanwhile.
 *
 * @param refusals of all time, in any order
 */
export function blockedSpans(
  kind: keyof typeof KINDS,
  refusals: readonly Refusal[],
  past: PastStates,
): Blocked {
  const told = refusals.filter(({ code, agent }) => code === KINDS[kind] && agent !== null);
  const last = new Map<AgentId, { from: number; to: number | null }>();
  const spans: { from: number; to: number | null }[] = [];
  let unknown = 0;
  for (const refusal of [...told].sort((x, y) => x.at - y.at)) {
    const { at, agent } = refusal;
    const to = kind === 'locks' ? lockFreeAt(refusal, past) : turnAt(refusal, past);
    if (to === undefined) {
      unknown += 1;
      continue;
    }
    const open = last.get(agent!);
    if (open && (open.to === null || at <= open.to)) {
      open.to = open.to === null || to === null ? null : Math.max(open.to, to);
      continue;
    }
    const span = { from: at, to };
    last.set(agent!, span);
    spans.push(span);
  }
  return { spans, unknown };
}

/** Null: not yet; undefined: nothing says so. */
type Moment = number | null | undefined;

/** When a lock was nobody's, its lease over, or the agent's own. */
function lockFreeAt({ rule, agent, at }: Refusal, { leases }: PastStates): Moment {
  const name = parseLockName(/^shared\.([\w-]+)/.exec(rule ?? '')?.[1] ?? '');
  const states = name === null ? [] : (leases.get(name) ?? []);
  let holds = states.findLastIndex(({ since }) => since <= at);
  if (holds < 0) return undefined;
  for (; holds < states.length; holds += 1) {
    const { holder, since, expires } = states[holds]!;
    if (holder === null || holder === agent) return Math.max(at, since);
    const next = states[holds + 1]?.since ?? Infinity;
    // Renewed, it begins where it began; one that is just over may be left alone for a moment.
    if (expires < next && next !== since) return Math.max(at, expires);
  }
  return null;
}

/** When everybody that kept a phase closed had passed, or had let go of the turn. */
function turnAt({ rule, agent, at }: Refusal, { after, turns }: PastStates): Moment {
  const [, why] = /^agents\.[^.[]+\.(after|not_with)/.exec(rule ?? '') ?? [];
  if (why === undefined) return undefined;
  const ends = (
    why === 'after'
      ? (after.get(agent!) ?? []).map((states) => passedAt(states, at))
      : (turns.get(agent!) ?? []).map((states) => letGoAt(states, agent!, at))
  ).filter((end) => end !== undefined);
  if (ends.length === 0) return undefined;
  return ends.reduce<number | null>(
    (most, end) => (most === null || end === null ? null : Math.max(most, end)),
    at,
  );
}

/** Of one that had passed already, nothing says what was in the way. */
function passedAt(states: readonly HandoffMoment[], at: number): Moment {
  const opened = states.findLast((state) => state.at <= at)?.opened ?? null;
  if (opened !== null && opened <= at) return undefined;
  const later = states.flatMap((state) => ((state.opened ?? at) > at ? state.opened! : []));
  return later.length === 0 ? null : Math.min(...later);
}

/** Of one that did not have the turn, it was not what was waited for. */
function letGoAt(states: readonly Turn[], agent: AgentId, at: number): Moment {
  const place = states.findLastIndex(({ since }) => since <= at);
  const holder = states[place]?.holder ?? null;
  if (holder === null || holder === agent) return undefined;
  return states.slice(place + 1).find((turn) => turn.holder !== holder)?.since ?? null;
}
