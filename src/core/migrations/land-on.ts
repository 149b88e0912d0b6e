import type { Migration, StreamChange } from '../../domain/migration.ts';

/** The migrations of a stream once a branch has landed. */
export function landOn(base: readonly Migration[], { added, removed }: StreamChange): Migration[] {
  const gone = new Set<string>([...removed, ...added.map(({ path }) => path)]);
  return [...base.filter(({ path }) => !gone.has(path)), ...added];
}
