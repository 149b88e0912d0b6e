import * as v from 'valibot';
import { type AgentId, parseAgentId } from '../../domain/ids.ts';
import { decodeRepoPath, encodeRepoPath, type RepoPath } from '../../domain/path.ts';
import { type BranchName, type Oid, parseBranchName, parseOid } from '../../domain/refs.ts';

/** Text that a parser accepts, as what it makes of it. */
export const parsedBy = <Output>(parse: (text: string) => Output | null) =>
  v.pipe(
    v.string(),
    v.transform(parse),
    v.custom<Output>((value) => value !== null),
  );

/**
 * ISO 8601 UTC, as milliseconds since 1970. Exactly the form `Date.prototype.toISOString` writes;
 * `Date.parse` alone accepts much more.
 */
export const Moment = v.pipe(
  v.string(),
  v.check((text) => {
    const at = Date.parse(text);
    return !Number.isNaN(at) && new Date(at).toISOString() === text;
  }),
  v.transform((text) => Date.parse(text)),
);
export const momentText = (moment: number): string => new Date(moment).toISOString();

/** Git's bytes in latin1. */
export const PathBytes = v.pipe(
  v.string(),
  v.maxLength(4096),
  v.regex(/^[\x01-\xff]+$/),
  v.transform((text): RepoPath => decodeRepoPath(Buffer.from(text, 'latin1'))),
);
export const pathBytes = (path: RepoPath): string =>
  Buffer.from(encodeRepoPath(path)).toString('latin1');

export const Agent = parsedBy<AgentId>(parseAgentId);
export const Branch = parsedBy<BranchName>(parseBranchName);
export const ObjectId = parsedBy<Oid>(parseOid);
