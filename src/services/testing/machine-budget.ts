import { schedule, type WaitsFor } from '../../core/validation/schedule.ts';
import type { Capacity, Needs } from '../../domain/validation.ts';
import type { Host } from '../../host/host.ts';
import { ownProcessMark } from '../../host/process/process-mark.ts';
import { changeClaims, type StoredClaim } from './change-claims.ts';

/** Where claims are kept, and what there is to share out. */
export interface Machine {
  /** Absolute; the same for every program that shares the machine. */
  readonly directory: string;
  /** @param used bytes that running commands use of what they have said they need */
  room(used: number): Capacity;
}

/** One claim of this program. */
export interface OwnClaim {
  readonly needs: Needs;
  readonly alone: boolean;
  /** What it waits for; null once it has begun. */
  waits: WaitsFor;
  begun: boolean;
  /** Something else ran at the same time. */
  contended: boolean;
  /** Bytes it uses now. */
  used: number;
}

/**
 * This program's share of the machine. All programs of a user write their claims into one file, in the order
 * in which they came, and each begins its own when `schedule` says so. Nothing happens by itself: whoever
 * waits looks again and again.
 */
export class MachineBudget {
  readonly #host: Host;
  readonly #machine: Machine;
  readonly #own = new Map<string, OwnClaim>();
  #count = 0;
  /** Looks are one after another: each writes what the one before has found. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(host: Host, machine: Machine) {
    this.#host = host;
    this.#machine = machine;
  }

  /** Takes a place behind all that are there. */
  claim(needs: Needs, alone: boolean): OwnClaim {
    const claim = { needs, alone, waits: null, begun: false, contended: false, used: 0 };
    this.#count += 1;
    this.#own.set(String(this.#count), claim);
    return claim;
  }

  release(claim: OwnClaim): Promise<void> {
    for (const [key, each] of this.#own) if (each === claim) this.#own.delete(key);
    return this.look();
  }

  /** Says what this program uses, and begins what may begin. */
  look(): Promise<void> {
    const next = this.#last.then(() => this.#look());
    this.#last = next.catch(() => undefined);
    return next;
  }

  async #look(): Promise<void> {
    const holder = ownProcessMark();
    const prefix = `${holder.pid} ${holder.started} `;
    const now = this.#host.now();
    const { directory, room } = this.#machine;
    await changeClaims(this.#host.files, { directory, now }, (before) => {
      const known = before.filter(
        ({ key }) => !key.startsWith(prefix) || this.#own.has(key.slice(prefix.length)),
      );
      const fresh = [...this.#own].filter(([key]) =>
        known.every((each) => each.key !== prefix + key),
      );
      const all = [
        ...known.map((claim) => {
          const own = this.#own.get(claim.key.slice(prefix.length));
          return own && claim.key.startsWith(prefix)
            ? { ...claim, used: own.used, seen: now }
            : claim;
        }),
        ...fresh.map(([key, { needs, alone, begun, used }]): StoredClaim => {
          return { key: prefix + key, holder, needs, alone, begun, used, seen: now };
        }),
      ];
      const used = all.reduce(
        (sum, { begun, needs, used: bytes }) => sum + (begun ? Math.min(needs.memory, bytes) : 0),
        0,
      );
      const waits = schedule(room(used), all);
      return this.#begin(all, waits, prefix);
    });
  }

  #begin(
    all: readonly StoredClaim[],
    waits: readonly WaitsFor[],
    prefix: string,
  ): readonly StoredClaim[] {
    const after = all.map((claim, at) => {
      const own = claim.key.startsWith(prefix) && this.#own.get(claim.key.slice(prefix.length));
      if (!own) return claim;
      own.waits = waits[at]!;
      own.begun ||= own.waits === null;
      return { ...claim, begun: own.begun };
    });
    if (after.filter(({ begun }) => begun).length > 1)
      for (const own of this.#own.values()) own.contended ||= own.begun;
    return after;
  }
}
