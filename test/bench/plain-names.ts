import { spawnSync } from 'node:child_process';
import { languageOf } from '../../src/core/names/language-of.ts';
import { nameChange } from '../../src/core/names/name-change.ts';
import { type ChangedNames, namesInDoubt } from '../../src/core/names/names-in-doubt.ts';
import { parseRepoPath, type RepoPath } from '../../src/domain/path.ts';

/**
 * How many ordered pairs of branches would be an alarm if a name that one removes and the other uses were enough:
 * what the strict rule has to be better than.
 */
export function plainNamePairs(directory: string, env: Record<string, string>): number {
  const git = (args: readonly string[], input = '', ok: readonly number[] = [0]): Buffer => {
    const options = { cwd: directory, env, input, maxBuffer: 1 << 30 };
    const { stdout, stderr, status } = spawnSync('git', args, options);
    if (!ok.includes(status ?? -1)) throw new Error(`git ${args.join(' ')}: ${stderr.toString()}`);
    return stdout;
  };
  const tips = git(['for-each-ref', '--format=%(objectname)', 'refs/heads/feat']).toString();
  const changed = tips
    .trim()
    .split('\n')
    .map((tip) =>
      // One without a common ancestor changes nothing that could be compared.
      filesOf(
        git(['diff', '--raw', '-z', '--no-renames', '--abbrev=40', `main...${tip}`], '', [0, 128]),
      ),
    );
  const wanted = [...new Set(changed.flatMap((files) => files.flatMap(({ oids }) => oids)))];
  const texts = textsOf(git(['cat-file', '--batch'], `${wanted.join('\n')}\n`));
  const branches = changed.map((files) =>
    files.flatMap(({ path, oids: [before, after] }): ChangedNames[] => {
      const language = languageOf(path);
      if (language === null) return [];
      return [
        {
          path,
          language,
          ...nameChange(texts.get(before) ?? '', texts.get(after) ?? '', language),
        },
      ];
    }),
  );
  return new Set(namesInDoubt(branches).map(({ remover, user }) => `${remover} ${user}`)).size;
}

interface ChangedPath {
  readonly path: RepoPath;
  readonly oids: readonly [before: string, after: string];
}

function filesOf(raw: Buffer): ChangedPath[] {
  const parts = raw.toString().split('\0');
  const files: ChangedPath[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [, , before, after] = parts[at]!.split(' ');
    const path = parseRepoPath(parts[at + 1]!);
    if (path !== null) files.push({ path, oids: [before!, after!] });
  }
  return files;
}

/** Of `git cat-file --batch`; what is missing, or above a megabyte, is not among them. */
function textsOf(batch: Buffer): Map<string, string> {
  const texts = new Map<string, string>();
  for (let at = 0; at < batch.length;) {
    const end = batch.indexOf(10, at);
    const [oid, kind, size] = batch.subarray(at, end).toString().split(' ');
    if (size === undefined) {
      at = end + 1;
      continue;
    }
    const length = Number(size);
    if (kind === 'blob' && length < 1_000_000)
      texts.set(oid!, batch.subarray(end + 1, end + 1 + length).toString());
    at = end + length + 2;
  }
  return texts;
}
