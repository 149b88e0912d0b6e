import { rmSync } from 'node:fs';
import { runOverlap } from '../../src/commands/overlap.ts';
import { type OverlapOptions, RENAME_LIMIT } from '../../src/domain/options/fleet-options.ts';
import type { Report } from '../../src/domain/report.ts';
import type { OverlapData, OverlapPair } from '../../src/domain/reports/overlap.ts';
import { hostIn } from './host.ts';
import { TestRepository } from './repository.ts';

/** Every branch below `feat/`, on `main`, as git would merge it. */
export const PLAIN: OverlapOptions = {
  refs: ['refs/heads/feat/'],
  base: 'main',
  land: 'merge',
  rules: 'git',
  renameLimit: RENAME_LIMIT,
  worktrees: false,
  failOn: null,
};

export const look = (
  repository: TestRepository,
  options: Partial<OverlapOptions> = {},
): Promise<Report<OverlapData>> => runOverlap(hostIn(repository), { ...PLAIN, ...options });

/** What a commit changes: new content, or null to remove. */
export type Files = Readonly<Record<string, string | null>>;

/** Adds a commit to a branch: the branch begins at `from`, or goes on. */
export function commitTo(
  repository: TestRepository,
  branch: string,
  files: Files,
  from: string | null = null,
  merged: readonly string[] = [],
): string {
  const ref = `refs/heads/${branch}`;
  const known = repository.tryGit('rev-parse', '-q', '--verify', from ?? ref).stdout.trim();
  const merges = merged.map((parent) => repository.git('rev-parse', parent));
  importStream(repository, [commitStream(ref, files, [known, ...merges])]);
  return repository.git('rev-parse', ref);
}

/** A repository with one commit on `main`, and branches `feat/<name>` of one commit each on it. */
export function fleetOf(
  base: Files,
  branches: Readonly<Record<string, Files>>,
  options: Parameters<typeof TestRepository.create>[0] = {},
): TestRepository {
  const repository = TestRepository.create(options);
  importStream(repository, [
    commitStream('refs/heads/main', base, ['']),
    ...Object.entries(branches).map(([name, files]) =>
      commitStream(`refs/heads/feat/${name}`, files, ['refs/heads/main']),
    ),
  ]);
  return repository;
}

let time = 1_700_000_000;

/** Input for `git fast-import`; no first parent makes a root. */
function commitStream(ref: string, files: Files, parents: readonly string[]): string {
  const changes = Object.entries(files)
    .sort(([, a], [, b]) => Number(a !== null) - Number(b !== null))
    .map(([path, content]) =>
      content === null
        ? `D ${JSON.stringify(path)}\n`
        : `M 100644 inline ${JSON.stringify(path)}\ndata ${Buffer.byteLength(content)}\n${content}\n`,
    );
  const [from, ...merges] = parents;
  return [
    `commit ${ref}\ncommitter A <a@b> ${(time += 60)} +0000\ndata 0\n`,
    from ? `from ${from}\n` : '',
    ...merges.map((parent) => `merge ${parent}\n`),
    ...changes,
  ].join('');
}

function importStream(repository: TestRepository, parts: readonly string[]): void {
  const input = parts.join('');
  const { code, stderr } = repository.run('git', ['fast-import', '--quiet', '--force'], { input });
  if (code !== 0) throw new Error(stderr);
}

/** What earlier runs remembered is gone: the next look is a cold one. */
export function forget({ directory }: TestRepository): void {
  rmSync(`${directory}/.git/bailiwick/overlap-cache`, { force: true });
}

/** `1`, `2`, ... one on each line, with some of them replaced. */
export const lines = (count: number, replaced: Record<number, string> = {}): string =>
  Array.from({ length: count }, (_, at) => `${replaced[at + 1] ?? at + 1}\n`).join('');

/** `a b: conflict f.txt CONFLICT (contents) 6-7` for each pair: what a table can hold. */
export const pairLines = ({ data }: Report<OverlapData>): string[] => data.pairs.map(pairLine);

function pairLine({ a, b, level, paths, near, conflicts }: OverlapPair): string {
  const names = [a, b].map((ref) => ref.replace(/^feat\//, '')).join(' ');
  if (level === 'conflict') {
    const places = conflicts.map(({ path, kind, lines: at = [] }) =>
      [path, kind.replace('CONFLICT ', ''), ...at.map((range) => range.join('-'))].join(' '),
    );
    return `${names}: conflict ${places.join(', ')}`;
  }
  if (level === 'near') return `${names}: near ${near.map(({ path }) => path).join(', ')}`;
  return `${names}: file ${paths.join(', ')}`;
}

/** `a clean`, one for each branch. */
export const standings = ({ data }: Report<OverlapData>): string[] =>
  data.branches.map(({ ref, base }) => `${ref.replace(/^feat\//, '')} ${base}`);
