import { type Oid, parseOid, parseRefName, type RefName } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';

/** The commit a name stands for, tags peeled; null when there is none by that name. */
export async function resolveCommit(repo: Repo, name: string): Promise<Oid | null> {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`];
  const result = await runGit(repo, args, { ok: [0, 1, 128] });
  return result.code === 0 ? parseOid(result.stdout.toString().trim()) : null;
}

/** The full ref a name stands for: `x` is `refs/heads/x`; null for an oid or an expression. */
export async function resolveRef(repo: Repo, name: string): Promise<RefName | null> {
  const args = [
    'rev-parse',
    '--symbolic-full-name',
    '--verify',
    '--quiet',
    '--end-of-options',
    name,
  ];
  const result = await runGit(repo, args, { ok: [0, 1, 128] });
  return result.code === 0 ? parseRefName(result.stdout.toString().trim()) : null;
}
