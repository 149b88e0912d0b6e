import type { MigrationTool } from '../../domain/migration.ts';
import type { MigrationRegistry } from '../../domain/ownership.ts';

import type { RepoPath } from '../../domain/path.ts';

/** Where a file stands among migrations, from its path alone. */
export interface PlaceInStream {
  /** What it may be, the likeliest first; a text decides where there are several or `needsText`. */
  readonly tool: MigrationTool;
  /** The directory whose migrations are one stream. */
  readonly stream: string;
  /** How far below the stream's directory its files lie. */
  readonly depth: 0 | 1;
  /** Only the text tells what it is, or what it follows. */
  readonly needsText: boolean;
  readonly registry: MigrationRegistry | null;
}

interface Shape {
  readonly tool: MigrationTool;
  /** The stream's directory is the first group. */
  readonly path: RegExp;
  readonly depth: 0 | 1;
  readonly needsText: boolean;
}

/** How each tool lays out what it applies; the tools' own documentation. None goes back more than once. */
const SHAPES: readonly Shape[] = [
  {
    tool: 'alembic',
    path: /^((?:.*\/)?versions)\/(?:(?!migrations\/)[^/]+\/)?(?!__init__)[^/]+\.py$/,
    depth: 1,
    needsText: true,
  },
  {
    tool: 'django',
    path: /^((?:.*\/)?migrations)\/(?!__init__)[^/]+\.py$/,
    depth: 0,
    needsText: true,
  },
  {
    tool: 'rails',
    path: /^((?:.*\/)?db\/(?:\w+_)?migrate)\/\d+_\w+(?:\.\w+)?\.rb$/,
    depth: 0,
    needsText: false,
  },
  {
    tool: 'prisma',
    path: /^((?:.*\/)?migrations)\/\d{14}_[^/]+\/migration\.sql$/,
    depth: 1,
    needsText: false,
  },
  {
    tool: 'flyway',
    path: /^(?:.*\/)?(?:V\d+(?:[._]\d+)*|R)__[^/]+\.(?:sql|java|kt)$/,
    depth: 0,
    needsText: false,
  },
  {
    tool: 'golang-migrate',
    path: /^(?:(.*)\/)?(?:\d+_[^/.]*|V\d+\.[^/.]+)(?:\.[\w-]+)*\.(?:up|down)(?:\.[\w-]+)+$/,
    depth: 0,
    needsText: false,
  },
  { tool: 'goose', path: /^(?:(.*)\/)?\d+_[^/.]*\.(?:sql|go)$/, depth: 0, needsText: true },
];

/** Directories of other people's work, which nobody here numbers. */
const VENDORED = /(?:^|\/)(?:node_modules|vendor|third_party|site-packages|\.venv)\//;

/** Where a path stands among migrations; null for what is none. A registry of the policy comes first. */
export function migrationPlace(
  path: RepoPath,
  registries: readonly MigrationRegistry[],
): PlaceInStream | null {
  const registry = registries.find(({ paths }) => paths.some((glob) => glob.matches(path)));
  if (registry)
    return {
      tool: 'registry',
      stream: directoryOf(path),
      depth: 0,
      needsText: registry.within === 'text',
      registry,
    };
  if (VENDORED.test(path)) return null;
  for (const { tool, path: shape, depth, needsText } of SHAPES) {
    const match = shape.exec(path);
    if (match)
      return { tool, stream: streamOf(tool, path, match[1]), depth, needsText, registry: null };
  }
  return null;
}

const streamOf = (tool: MigrationTool, path: string, found: string | undefined): string =>
  tool === 'flyway' ? directoryOf(path) : (found ?? '');

const directoryOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
