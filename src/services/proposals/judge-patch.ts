import type { Finding } from '../../domain/finding.ts';
import type { Identity } from '../../domain/identity.ts';
import type { Oid } from '../../domain/refs.ts';
import { treeChanges } from '../../git/diff/tree-changes.ts';
import { readCommitTree } from '../../git/objects/read-top-file.ts';
import { TreeReader } from '../../git/objects/trees.ts';
import { judge } from '../guard/judge.ts';
import type { PolicySession } from '../session/session.ts';

/** What the guard says of a patch as a commit of whoever applies it: locks, links, names. */
export async function judgePatch(
  session: PolicySession,
  identity: Identity,
  before: Oid,
  after: Oid,
): Promise<readonly Finding[]> {
  const changes = await treeChanges(session.workspace.repo, before, after);
  const under = await readCommitTree(session.reader, before);
  const { findings } = await judge(session, identity, {
    changes,
    before: under && new TreeReader(session.reader, under.tree),
    situation: { kind: 'paths' },
  });
  return findings;
}
