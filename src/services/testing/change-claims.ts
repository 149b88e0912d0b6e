import { join } from 'node:path';
import type { Claim } from '../../core/validation/schedule.ts';
import type { Needs } from '../../domain/validation.ts';
import type { ProcessMark } from '../../domain/process-mark.ts';
import { exclusively } from '../../host/exclusive.ts';
import type { Files } from '../../host/files.ts';
import { isAlive } from '../../host/process/process-mark.ts';

/** What one program wants of this machine, as all others see it. */
export interface StoredClaim extends Claim {
  /** Its own name for it, which no other has. */
  readonly key: string;
  readonly holder: ProcessMark;
  /** Bytes it used when it was last looked at. */
  readonly used: number;
  /** When its program last looked, in milliseconds since 1970. */
  readonly seen: number;
}

/** One that waits and has not looked for so long, in milliseconds, does not hold its place: it may be stopped. */
const ASLEEP = 10_000;

/**
 * Changes the claims of this machine while nobody else does. Those of programs that have ended are gone, and a
 * file that cannot be read holds none: it is about what runs now, and each program writes its own anew.
 */
export function changeClaims(
  files: Files,
  { directory, now }: { readonly directory: string; readonly now: number },
  change: (claims: readonly StoredClaim[]) => readonly StoredClaim[],
): Promise<readonly StoredClaim[]> {
  const path = join(directory, 'claims.json');
  return exclusively(`${path}.lock`, () => {
    const before = parseClaims(files.read(path)?.toString() ?? '[]').filter(
      (claim) => isAlive(claim.holder) && (claim.begun || claim.seen > now - ASLEEP),
    );
    const after = change(before);
    files.write(path, `${JSON.stringify(after)}\n`, 0o600);
    return Promise.resolve(after);
  });
}

function parseClaims(text: string): StoredClaim[] {
  try {
    const claims: unknown = JSON.parse(text);
    return Array.isArray(claims) ? claims.filter(isClaim) : [];
  } catch {
    return [];
  }
}

function isClaim(value: unknown): value is StoredClaim {
  const claim = value as Partial<StoredClaim> | null;
  return (
    typeof claim?.key === 'string' &&
    typeof claim.holder?.pid === 'number' &&
    typeof claim.holder.host === 'string' &&
    [claim.used, claim.seen].every(Number.isFinite) &&
    [claim.alone, claim.begun].every((each) => typeof each === 'boolean') &&
    isNeeds(claim.needs)
  );
}

const isNeeds = (needs: Partial<Needs> | undefined): boolean =>
  [needs?.cpus, needs?.memory].every(Number.isFinite) &&
  Array.isArray(needs?.exclusive) &&
  needs.exclusive.every((name) => typeof name === 'string');
