import { join } from 'node:path';
import type { WorktreeRecord } from '../../core/worktrees/registry.ts';
import { digest } from '../../host/digest.ts';
import type { Files } from '../../host/files.ts';

/** True for a file that is gone, or says what was written into it. */
export function isAsWritten(
  files: Files,
  path: string,
  name: string,
  record: WorktreeRecord | null,
): boolean {
  const file = join(path, name);
  if (!files.exists(file)) return true;
  const digests = record?.written[name] ?? [];
  return digests.length > 0 && digests.includes(digest(files.read(file)?.toString() ?? ''));
}
