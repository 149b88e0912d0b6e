import type { RepoPath } from './path.ts';

/** The tools whose rules are known; `registry` is what the policy describes under `migrations`. */
export const MIGRATION_TOOLS = [
  'alembic',
  'django',
  'flyway',
  'golang-migrate',
  'goose',
  'prisma',
  'rails',
  'registry',
] as const;
export type MigrationTool = (typeof MIGRATION_TOOLS)[number];

/** What every migration has. */
interface MigrationFile {
  readonly tool: MigrationTool;
  readonly path: RepoPath;
  /** Migrations of one stream are applied one after another: their directory. */
  readonly stream: string;
}

/** One that names those it follows. */
export interface LinkedMigration extends MigrationFile {
  readonly tool: 'alembic' | 'django';
  readonly id: string;
  /** Ids of the same stream. */
  readonly follows: readonly string[];
  /** Names it follows under another app's label, which may be this one's own by configuration (Django). */
  readonly perhaps: readonly string[];
  /** Those it stands for (Django's `replaces`). */
  readonly replaces: readonly string[];
  /** It begins a line of its own on purpose (Alembic's `branch_labels`). */
  readonly labelled: boolean;
}

/** One that is applied in the order of its number. */
export interface NumberedMigration extends MigrationFile {
  readonly tool: Exclude<MigrationTool, LinkedMigration['tool']>;
  /** Parts of the number, most significant first: one, or several where a version has dots. */
  readonly number: readonly bigint[];
  /** The number as it is written, for another of the same width. */
  readonly digits: string;
  /** What tells files of one number apart on purpose: the dialect, `up` or `down`, the ending. */
  readonly variant: string;
  /** What the tool wants to be unique besides; null where it does not. */
  readonly title: string | null;
}

export type Migration = LinkedMigration | NumberedMigration;

/** What one branch does to the migrations of one stream. */
export interface StreamChange {
  readonly added: readonly Migration[];
  /** Paths that are gone, or hold something else now: what is added may be at one of them. */
  readonly removed: readonly RepoPath[];
}

/** Migrations that cannot stand beside each other. */
export interface MigrationCollision {
  readonly tool: MigrationTool;
  /**
   * `heads`: the stream ends in several places. `number`, `title`: two have one. `behind`: its number is
   * below one that has landed.
   */
  readonly kind: 'behind' | 'heads' | 'number' | 'title';
  /** What the branch brings, or the first of two branches. Sorted by path, never empty. */
  readonly mine: readonly Migration[];
  /** What it meets: on the base, or of the other branch. Sorted by path; may be empty for heads. */
  readonly theirs: readonly Migration[];
  /** What both follow, as the tool calls it; null where it is not a matter of that. */
  readonly follow: string | null;
  /** The highest number of the stream, for the one that gives way; null where that is not a number. */
  readonly highest: bigint | null;
}
