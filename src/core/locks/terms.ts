import { formatDuration, parseDuration } from '../../domain/text/duration.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import type { Ownership, SharedPart } from '../../domain/ownership.ts';
import type { LockVerb } from '../../domain/reports/lock.ts';
import { suggest } from '../text/suggest.ts';
import { LONGEST_REASON } from './lease.ts';

/** The options of `lock acquire`, as written and not yet checked. */
export interface WrittenTerms {
  readonly reason?: string | undefined;
  readonly ttl?: string | undefined;
  /** `true`: as long as is usual. */
  readonly wait?: string | true | undefined;
}

/** The terms of a request; durations in milliseconds. */
export interface LockTerms {
  readonly reason: string | null;
  readonly ttl: number;
  /** 0: not at all. */
  readonly wait: number;
}

/** As long as an agent's harness usually lets one command run. */
const USUAL_WAIT = 10 * 60_000;

/** @throws Failure `usage` for what is not a duration, too long a lease or too long a reason. */
export function readTerms(written: WrittenTerms, part: SharedPart): LockTerms {
  const ttl = written.ttl === undefined ? part.ttl : readDuration('--ttl', written.ttl);
  if (ttl > part.ttl)
    throw new Failure(
      'usage',
      `--ttl ${written.ttl} is longer than ${formatDuration(part.ttl)}, the most that shared.${part.name}.ttl allows`,
      [hintTo('keep the lock longer', `bailiwick lock renew ${part.name} before it ends`)],
    );
  const reason = written.reason ?? null;
  if (reason !== null && reason.length > LONGEST_REASON)
    throw new Failure('usage', `--reason is longer than ${LONGEST_REASON} characters`);
  const { wait = '0' } = written;
  const waiting = wait === true ? USUAL_WAIT : wait === '0' ? 0 : readDuration('--wait', wait);
  return { reason, ttl, wait: waiting };
}

/** @throws Failure `usage` when the policy has no shared part of this name. */
export function findSharedPart(
  { shared }: Ownership,
  name: string,
  verb: LockVerb | 'reset',
): SharedPart {
  const part = shared.find((candidate) => candidate.name === name);
  if (part) return part;
  const names = shared.map((candidate) => candidate.name);
  const near = suggest(name, names);
  const known = names.length > 0 ? `; there are ${names.join(', ')}` : '; it names none at all';
  throw new Failure('usage', `ownership.yml names no shared part ${JSON.stringify(name)}${known}`, [
    ...(near === null ? [] : [hintTo(`name ${near}`, `bailiwick lock ${verb} ${near}`)]),
    hintTo('see every lock', 'bailiwick lock list'),
  ]);
}

function readDuration(option: string, text: string): number {
  const duration = parseDuration(text);
  if (duration !== null) return duration;
  throw new Failure('usage', `${option} ${JSON.stringify(text)} is not a duration`, [
    hintTo(`give one, write ${option} 30m, ${option} 2h or ${option} 1h30m`),
  ]);
}
