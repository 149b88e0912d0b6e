import { basename, dirname } from 'node:path';
import { putMarkedBlock, takeMarkedBlock } from '../../core/text/marked-block.ts';
import type { Step } from '../../domain/plan.ts';
import type { Repo } from '../../domain/repo.ts';
import { isTracked } from '../../git/worktree/is-tracked.ts';
import type { Files } from '../../host/files.ts';
import { repoAt } from '../session/repo-at.ts';
import type { Undo } from './undo.ts';

/**
 * Puts lines between marks into a file that is there. Touches none that git tracks, and no link: what
 * it leads to is another worktree's as well.
 */
export async function markBlock(
  files: Files,
  repo: Repo,
  { path, lines }: Step & { kind: 'mark-block' },
): Promise<Undo> {
  const nothing = (): void => undefined;
  const before = files.isLink(path) ? null : files.read(path);
  if (before === null) return nothing;
  if (await isTracked(repoAt(repo, dirname(path)), basename(path))) return nothing;
  const text = before.toString('latin1');
  const block = lines?.map((line) => Buffer.from(line).toString('latin1'));
  const after = Buffer.from(block ? putMarkedBlock(text, block) : takeMarkedBlock(text), 'latin1');
  if (after.equals(before)) return nothing;
  files.write(path, after);
  return () => files.write(path, before);
}
