import { Failure } from '../../domain/failure.ts';
import type { Oid } from '../../domain/refs.ts';
import type { ObjectReader } from './object-reader.ts';
import type { Signature } from './signatures.ts';

/** Who wrote a commit, when, and what it says. */
export interface CommitText {
  readonly author: Signature;
  /** As git stores it: seconds since 1970 and the time zone. */
  readonly written: string;
  readonly message: string;
  /** It carries a signature, which a copy of it loses. */
  readonly signed: boolean;
}

/** @throws Failure `git` when the object is not a well-formed commit. */
export async function readCommitText(reader: ObjectReader, commit: Oid): Promise<CommitText> {
  const text = (await reader.read(commit))?.data.toString() ?? '';
  const end = text.indexOf('\n\n');
  const header = text.slice(0, end);
  const [, name, email, written] = /^author (.*?) ?<(.*)> (-?\d+ [+-]\d+)$/m.exec(header) ?? [];
  if (end < 0 || name === undefined || email === undefined || written === undefined)
    throw new Failure('git', `commit ${commit} is malformed`);
  const signed = /^gpgsig(?:-sha256)? /m.test(header);
  return { author: { name, email }, written, message: text.slice(end + 2), signed };
}
