import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';

/** A setting as git will use it, and where it was set. */
export interface Setting {
  readonly value: string;
  /** `system`, `global`, `local`, `worktree` or `command`; see git-config(1). */
  readonly scope: string;
  /** The file or other place, as git names it: `file:.git/config`. */
  readonly origin: string;
}

/** The value git uses: the last one of all scopes. Null when nobody set it. */
export async function effectiveSetting(repo: Repo, key: string): Promise<Setting | null> {
  const args = ['config', '--show-scope', '--show-origin', '-z', '--get', key];
  const result = await runGit(repo, args, { ok: [0, 1] });
  const [scope, origin, value] = result.stdout.toString().split('\0');
  return scope && origin && value !== undefined ? { scope, origin, value } : null;
}

/** The value git uses for each setting, by its name in lower case but for the part between the dots. */
export async function allSettings(repo: Repo): Promise<Map<string, string>> {
  const { stdout } = await runGit(repo, ['config', '--list', '-z']);
  const records = stdout.toString().split('\0').slice(0, -1);
  return new Map(
    records.map((record) => {
      // A setting without a value has no line feed; it means true.
      const end = record.includes('\n') ? record.indexOf('\n') : record.length;
      return [record.slice(0, end), record.slice(end + 1)];
    }),
  );
}

/** The value in the configuration all worktrees of the repository share; null when it is not there. */
export async function sharedSetting(repo: Repo, key: string): Promise<string | null> {
  const result = await runGit(repo, ['config', '--local', '-z', '--get', key], { ok: [0, 1] });
  return result.code === 0 ? result.stdout.toString().replace(/\0$/, '') : null;
}

/** Sets a value in the configuration all worktrees share; null takes it out. */
export async function setSharedSetting(
  repo: Repo,
  key: string,
  value: string | null,
): Promise<void> {
  if (value !== null) await runGit(repo, ['config', '--local', key, value]);
  // Code 5: there was nothing to unset.
  else await runGit(repo, ['config', '--local', '--unset-all', key], { ok: [0, 5] });
}

/** Every setting below a section, of all scopes in git's order, each with the place it was read from. */
export async function settingsBelow(
  repo: Repo,
  section: string,
): Promise<{ key: string; value: string; origin: string }[]> {
  const args = ['config', '--show-origin', '-z', '--get-regexp', `^${section}\\.`];
  const { stdout } = await runGit(repo, args, { ok: [0, 1] });
  const fields = stdout.toString().split('\0').slice(0, -1);
  return fields.flatMap((origin, at) => {
    const record = at % 2 === 0 ? fields[at + 1] : undefined;
    if (record === undefined) return [];
    // A setting without a value has no line feed; it means true.
    const [key = '', ...value] = record.split('\n');
    return [{ key, value: value.join('\n'), origin }];
  });
}

/** The names between section and key of every `<section>.<name>.<key>`, each once, sorted. */
export async function settingNames(repo: Repo, section: string, key: string): Promise<string[]> {
  const pattern = `^${section}\\..*\\.${key}$`;
  const args = ['config', '-z', '--name-only', '--get-regexp', pattern];
  const result = await runGit(repo, args, { ok: [0, 1] });
  const keys = result.stdout.toString().split('\0').slice(0, -1);
  return [...new Set(keys.map((each) => each.slice(section.length + 1, -key.length - 1)))].sort();
}
