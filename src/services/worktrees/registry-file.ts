import { join, relative, sep } from 'node:path';
import { putMarkedBlock, takeMarkedBlock } from '../../core/text/marked-block.ts';
import { formatRegistry, parseRegistry, type Registry } from '../../core/worktrees/registry.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import type { Plan, Step } from '../../domain/plan.ts';
import { shellQuote } from '../../domain/text/quote.ts';
import type { Location } from '../../git/worktree/locate.ts';
import { sharedStatePaths } from '../../git/worktree/state-paths.ts';
import { exclusively } from '../../host/exclusive.ts';
import type { Host } from '../../host/host.ts';

/** Files that are written into every worktree and never committed. */
export const ENVIRONMENT_FILE = '.agent.env';
export const FOCUS_FILE = 'AGENT_FOCUS.md';

/** A file of the user's that gets a block, where there is one. */
export const LOCAL_ENVIRONMENT_FILE = '.env.local';

/** Runs `work` while no other process changes the worktrees, their ports or the registry. */
export const withRegistryLock = <T>(location: Location, work: () => Promise<T>): Promise<T> =>
  exclusively(sharedStatePaths(location).registryLock, work);

/** @throws Failure `io` when it cannot be read. */
export function readRegistry(host: Host, location: Location): Registry {
  const path = sharedStatePaths(location).registry;
  const text = host.files.read(path)?.toString();
  if (text === undefined) return [];
  const registry = parseRegistry(text);
  if (registry !== null) return registry;
  throw new Failure('io', `${path} cannot be read: it is damaged, or of a newer bailiwick`, [
    hintTo('begin a new one', `rm ${shellQuote(path)} && bailiwick worktree add --all`),
  ]);
}

/**
 * The steps that bring the registry, and what git is told to ignore, from one state to the next.
 *
 * @param top the main checkout, which may have worktrees inside; null for a bare repository.
 */
export function planRegistry(
  host: Host,
  location: Location,
  top: string | null,
  after: Registry,
): Plan {
  const why = 'the ports of each worktree, and what was written there';
  return [
    ...replaceFile(
      host,
      sharedStatePaths(location).registry,
      after.length ? formatRegistry(after) : '',
      why,
    ),
    ...planExclude(host, location, top, after),
  ];
}

function planExclude(host: Host, location: Location, top: string | null, after: Registry): Plan {
  const path = join(location.commonDirectory, 'info', 'exclude');
  const before = host.files.read(path)?.toString('latin1') ?? '';
  const own = [ENVIRONMENT_FILE, FOCUS_FILE, LOCAL_ENVIRONMENT_FILE].map((name) => `/${name}`);
  const nested = after.flatMap((record) => patternInside(top, record.path));
  const lines = [...own, ...nested].map((line) => Buffer.from(line).toString('latin1'));
  const content = after.length === 0 ? takeMarkedBlock(before) : putMarkedBlock(before, lines);
  const why = 'what bailiwick writes into worktrees stays out of git';
  return replaceFile(host, path, Buffer.from(content, 'latin1'), why);
}

/** A pattern for a worktree inside the main checkout, which would list it as untracked; gitignore(5). */
function patternInside(top: string | null, path: string): string[] {
  const inside = top === null ? '..' : relative(top, path).split(sep).join('/');
  if (inside === '' || inside.startsWith('..')) return [];
  return [`/${inside.replace(/[\\*?[\] ]/g, '\\$&')}/`];
}

/** No step when the file is so already; an empty file is none. */
function replaceFile(
  { files }: Host,
  path: string,
  content: string | Uint8Array,
  why: string,
): Step[] {
  const before = files.read(path);
  if (content.length === 0)
    return before === null ? [] : [{ kind: 'delete-file', path, why: 'nothing is left in it' }];
  if (before?.equals(Buffer.from(content))) return [];
  return [{ kind: 'write-file', path, content, why }];
}
