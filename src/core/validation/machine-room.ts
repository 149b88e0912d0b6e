import type { Capacity } from '../../domain/validation.ts';

/** What the system says of its memory and processors, or of the group this program is in; null: no limit. */
export interface MachineFacts {
  readonly cpus: number;
  /** Bytes that programs could have now. */
  readonly available: number;
  readonly total: number;
  /** Of the control groups above this program, outermost first; cgroups(7), version 2. */
  readonly groups: readonly {
    /** `cpu.max`: `max 100000` or `<quota> <period>`. */
    readonly cpuMax: string | null;
    /** `memory.max`: `max` or bytes. */
    readonly memoryMax: string | null;
    /** `memory.current`: bytes. */
    readonly memoryCurrent: string | null;
    /** `memory.stat`: a name and a number on each line. */
    readonly memoryStat: string | null;
  }[];
}

/** What stays free for everything else: a tenth of the memory. */
const RESERVE = 0.1;

/**
 * What commands may take: the processors and what is free of the memory less a reserve, within the limits of every
 * control group. What running commands use already is not free, and was counted when they began, so it is added.
 *
 * @param used bytes that running commands use, of those they have said they need
 */
export function machineRoom(facts: MachineFacts, used: number): Capacity {
  const cpus = facts.groups.flatMap(({ cpuMax }) => quotaOf(cpuMax) ?? []);
  const memory = facts.groups.flatMap(({ memoryMax, memoryCurrent, memoryStat }) => {
    const limit = bytesOf(memoryMax);
    if (limit === null) return [];
    // What is only kept of files makes room for whoever needs it.
    const taken = (bytesOf(memoryCurrent) ?? 0) - cachesIn(memoryStat);
    return [limit * (1 - RESERVE) - Math.max(0, taken)];
  });
  const free = Math.min(facts.available - facts.total * RESERVE, ...memory);
  return { cpus: Math.min(facts.cpus, ...cpus), memory: Math.max(0, Math.floor(free + used)) };
}

/** Processors; null without a limit. */
function quotaOf(text: string | null): number | null {
  const [, quota, period] = /^(\d+) (\d+)$/.exec(text?.trim() ?? '') ?? [];
  return quota === undefined || Number(period) === 0 ? null : Number(quota) / Number(period);
}

const cachesIn = (text: string | null): number =>
  Number(/^inactive_file (\d{1,16})$/m.exec(text ?? '')?.[1] ?? 0);

const bytesOf = (text: string | null): number | null =>
  /^\d{1,16}$/.test(text?.trim() ?? '') ? Number(text) : null;
