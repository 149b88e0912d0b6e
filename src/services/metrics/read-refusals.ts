import { parseRefusals, type Refusal } from '../../core/metrics/refusals.ts';
import { sharedStatePaths } from '../../git/worktree/state-paths.ts';
import type { Session } from '../session/session.ts';

/** What was refused in this clone, in all its worktrees; null where nothing is written down. */
export function readRefusals({
  host: { files },
  workspace: { location },
}: Pick<Session, 'host' | 'workspace'>): Refusal[] | null {
  const { refusals, oldRefusals } = sharedStatePaths(location);
  const texts = [oldRefusals, refusals].map((path) => files.read(path)?.toString() ?? null);
  if (texts.every((text) => text === null)) return null;
  return texts.flatMap((text) => parseRefusals(text ?? ''));
}
