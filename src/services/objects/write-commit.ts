import type { Oid } from '../../domain/refs.ts';
import { commitObject } from '../../git/objects/loose-object.ts';
import { formatOf } from '../../git/objects/object-format.ts';
import {
  readSignatures,
  type Signature,
  type Signatures,
  signatureText,
} from '../../git/objects/signatures.ts';
import type { Host } from '../../host/host.ts';
import { type ObjectHome, writeObjects } from './write-objects.ts';

export interface CommitToWrite {
  readonly tree: Oid;
  readonly parents: readonly Oid[];
  readonly message: string;
  /** Whom git's settings name, when nobody is given. */
  readonly author?: Signature;
  /** When it was written, as git stores it (`1700000000 +0100`); by default as `time` says. */
  readonly written?: string;
  /** Who it is where git's settings name nobody. */
  readonly otherwise: Signature;
  /** Seconds since 1970; by default now. */
  readonly time?: number;
}

/**
 * Writes a commit that no ref names. Neither hooks nor a signing key have a say in it.
 *
 * @param by whom git's settings name; they are asked where it is left out
 */
export async function writeCommit(
  home: ObjectHome & { readonly host: Pick<Host, 'now'> },
  { tree, parents, message, author, written, otherwise, time }: CommitToWrite,
  by?: Signatures,
): Promise<Oid> {
  const now = by ?? (await readSignatures(home.workspace.repo));
  const nobody = {
    who: signatureText(otherwise),
    when: `${Math.floor(home.host.now() / 1000)} +0000`,
  };
  const [writer, committer] = [now.author ?? nobody, now.committer ?? nobody];
  const at = time === undefined ? null : `${time} +0000`;
  const who = author === undefined ? writer.who : signatureText(author);
  const commit = commitObject(formatOf(tree), {
    tree,
    parents,
    author: `${who} ${written ?? at ?? writer.when}`,
    committer: `${committer.who} ${at ?? committer.when}`,
    message: `${message.replaceAll('\0', '').trimEnd()}\n`,
  });
  writeObjects(home, [commit]);
  return commit.oid;
}
