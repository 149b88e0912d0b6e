import { formatOwnership, parseCompiledOwnership } from '../../core/policy/compiled-ownership.ts';
import type { Ownership } from '../../domain/ownership.ts';
import type { Oid } from '../../domain/refs.ts';
import { sharedStatePaths } from '../../git/worktree/state-paths.ts';
import type { Files } from '../../host/files.ts';

/** Remembers policies by their oid, for programs that have no time to read YAML. */
export interface PolicyMemory {
  recall(oid: Oid): Ownership | null;
  remember(oid: Oid, ownership: Ownership): void;
}

/**
 * The policy that was read last, in the directory that all worktrees share. The same oid is the same
 * text, so it is never out of date. Whoever can write there could also take the hooks away; CI, which
 * decides, reads the text itself.
 */
export function policyMemory(files: Files, commonDirectory: string): PolicyMemory {
  const path = sharedStatePaths({ commonDirectory }).policyMemory;
  return {
    recall(oid) {
      const text = files.read(path)?.toString();
      return text?.startsWith(`${oid}\n`) ? parseCompiledOwnership(text.slice(oid.length)) : null;
    },
    remember(oid, ownership) {
      try {
        files.write(path, `${oid}\n${formatOwnership(ownership)}\n`);
      } catch {
        // A directory that cannot be written to only costs time.
      }
    },
  };
}
