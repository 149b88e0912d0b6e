import * as v from 'valibot';
import { compare } from '../../domain/finding.ts';
import { type AgentId, parseAgentId } from '../../domain/ids.ts';
import { type BranchName, parseBranchName } from '../../domain/refs.ts';
import type { ProcessMark } from '../../domain/process-mark.ts';
import type { WorktreePorts } from '../../domain/reports/worktree.ts';

/** What is known of one worktree besides what git knows. */
export interface WorktreeRecord {
  /** Absolute, links resolved. */
  readonly path: string;
  /** Git's own name for it, which stays when it is moved; null until git has made it. */
  readonly id: string | null;
  readonly agent: AgentId;
  /** The branch it was made or last completed with; null when HEAD was detached. */
  readonly branch: BranchName | null;
  readonly ports: WorktreePorts;
  /** Who is making it; null once it is complete. One that no longer runs has left it half-made. */
  readonly maker: ProcessMark | null;
  /** Digest of the setup commands that have passed there. */
  readonly setup: string | null;
  /** Digests of what was written into each file, by name: a file that has none of them was edited. */
  readonly written: Readonly<Record<string, readonly string[]>>;
  /** What the setup commands made that git ignores, and a mark of each file's state. */
  readonly made: Readonly<Record<string, string>>;
}

/** The worktrees that `worktree add` made or completed, sorted by path. */
export type Registry = readonly WorktreeRecord[];

/** A text that one of the domain's parsers accepts. */
const parsed = <Brand extends string>(parse: (text: string) => Brand | null) =>
  v.custom<Brand>((input) => typeof input === 'string' && parse(input) !== null);

const port = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535));
const Stored = v.object({
  version: v.literal(1),
  worktrees: v.array(
    v.object({
      path: v.string(),
      id: v.nullable(v.string()),
      agent: parsed(parseAgentId),
      branch: v.nullable(parsed(parseBranchName)),
      ports: v.object({ first: port, last: port, port }),
      maker: v.nullable(
        v.object({
          pid: v.pipe(v.number(), v.integer(), v.minValue(1)),
          host: v.string(),
          started: v.nullable(v.string()),
        }),
      ),
      setup: v.nullable(v.string()),
      written: v.record(v.string(), v.array(v.string())),
      made: v.record(v.string(), v.string()),
    }),
  ),
});

/** Reads the registry's file; null when it holds something else. */
export function parseRegistry(text: string): Registry | null {
  try {
    const read = v.safeParse(Stored, JSON.parse(text));
    return read.success ? read.output.worktrees : null;
  } catch {
    return null;
  }
}

/** The same text for the same records. */
export const formatRegistry = (registry: Registry): string => {
  // The schema puts the keys in its own order.
  const { output } = v.safeParse(Stored, { version: 1, worktrees: registry });
  return `${JSON.stringify(output, null, 1)}\n`;
};

/** The registry with one record put in, in the place of the one for the same path. */
export const withRecord = (registry: Registry, record: WorktreeRecord): Registry =>
  [...withoutRecord(registry, record.path), record].sort((a, b) => compare(a.path, b.path));

export const withoutRecord = (registry: Registry, path: string): Registry =>
  registry.filter((record) => record.path !== path);

/** A worktree as git knows it. */
export interface KnownWorktree {
  readonly id: string | null;
  readonly path: string;
}

/**
 * The records as git's worktrees are now: one that was moved has its new path, one that git no longer
 * has gives its ports back, unless somebody is just making it.
 */
export function reconcile(
  registry: Registry,
  worktrees: readonly KnownWorktree[],
  isAlive: (mark: ProcessMark) => boolean,
): Registry {
  return registry.flatMap((record) => {
    const known =
      worktrees.find(({ id }) => id !== null && id === record.id) ??
      worktrees.find(({ path }) => path === record.path);
    if (known) return [{ ...record, id: known.id, path: known.path }];
    return record.maker !== null && isAlive(record.maker) ? [record] : [];
  });
}
