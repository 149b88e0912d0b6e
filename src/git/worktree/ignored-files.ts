import { decodeRepoPath } from '../../domain/path.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';
import { splitNul } from '../process/split-nul.ts';

/**
 * What git ignores in a work tree, relative to its top: files, and whole directories, which end in a
 * `/`, where a pattern names the directory.
 */
export async function ignoredFiles(repo: Repo): Promise<string[]> {
  const options = ['--porcelain=v2', '-z', '--untracked-files=normal', '--ignored=matching'];
  const { stdout } = await runGit(repo, ['status', ...options, '--ignore-submodules=all']);
  return splitNul(stdout)
    .filter((record) => record[0] === 0x21)
    .map((record) => decodeRepoPath(record.subarray(2)));
}
