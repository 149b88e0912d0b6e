import type { Oid } from '../../domain/refs.ts';

export type ObjectFormat = 'sha1' | 'sha256';

/** The hash a repository uses shows in the length of every oid it prints. */
export const formatOf = (oid: Oid): ObjectFormat => (oid.length === 64 ? 'sha256' : 'sha1');
