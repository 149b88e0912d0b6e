import type { RepoPath } from '../../domain/path.ts';
import type { Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { matchingFiles } from '../../git/diff/matching-files.ts';
import { filesWithWords } from '../../git/objects/files-with-words.ts';

/** Fetches contents that are not here, in one go. */
export type BringContents = (oids: readonly Oid[]) => Promise<void>;

/** Searches a tree for words; where contents may not be here, the files are fetched before. */
export const searchNames =
  (repo: Repo, tree: Oid, bring: BringContents | undefined) =>
  async (words: readonly string[], paths: readonly string[]): Promise<readonly RepoPath[]> => {
    if (bring) {
      const files = await matchingFiles(repo, tree, ...paths);
      await bring(files.map(([, oid]) => oid));
    }
    return filesWithWords(repo, tree, words, paths);
  };
