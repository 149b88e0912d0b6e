import { join } from 'node:path';
import { isSignedBy } from '../../core/identity/signed-by.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { Oid } from '../../domain/refs.ts';
import { type ChangeRequest, requestRef } from '../../domain/states/change-request.ts';
import { firstParents } from '../../git/history/first-parents.ts';
import { readBlob } from '../../git/objects/read-blob.ts';
import { TreeReader } from '../../git/objects/trees.ts';
import { verifySignature } from '../../git/objects/verify-signature.ts';
import { readRef } from '../../git/refs/refs.ts';
import { withTemporaryDirectory } from '../../host/temporary.ts';
import { requireBase } from '../session/policy.ts';
import type { PolicySession } from '../session/session.ts';
import type { OpenGate } from './open-gate.ts';

/** Who may sign, on the base; a control file, so no agent changes it. */
const SIGNERS = '.github/allowed_signers' as RepoPath;
/** States of one request that are looked through. */
const MOST_STATES = 50;

/**
 * Whether each request counts by the signature of whoever accepted, under the very state that says so. Where
 * it is the asker whose word counts (`decided.by` is `from`), under the state in which it asked.
 */
export async function bySignature(
  { copy, session }: OpenGate<PolicySession>,
  requests: readonly ChangeRequest[],
): Promise<{ readonly counts: boolean; readonly words: string }[]> {
  const { ownership } = session.policy;
  const base = requireBase(session.policy);
  const entry = await new TreeReader(session.reader, base.tree).entry(SIGNERS);
  if (entry !== null) await copy.fetchBlobs([entry.oid]);
  const listed = entry && (await readBlob(session.workspace.repo, entry.oid));
  return withTemporaryDirectory('signers', async (directory) => {
    const signers = join(directory, 'allowed_signers');
    session.host.files.write(signers, listed ?? '');
    return Promise.all(
      requests.map(async (request) => {
        const { id, decided } = request;
        const who = decided?.by ?? 'a person';
        const commits = await statesThatSay(session, request);
        for (const commit of commits) {
          const signer = await verifySignature(session.workspace.repo, commit, signers);
          if (decided !== null && signer !== null && isSignedBy(ownership, decided.by, signer))
            return {
              counts: true,
              words: `request ${id} counts: ${signer} has signed it for ${who}`,
            };
        }
        const why =
          listed === null
            ? `${SIGNERS} is not on ${ownership.base}`
            : `no key that ${SIGNERS} lists for ${who} has signed it`;
        return {
          counts: false,
          words: `request ${id} does not count: it says that ${who} has agreed, and ${why}`,
        };
      }),
    );
  });
}

/** The commit whose signature is wanted: the state as it is, or those in which it was asked. */
async function statesThatSay(
  { reader, workspace }: PolicySession,
  { id, from, decided }: ChangeRequest,
): Promise<Oid[]> {
  const tip = await readRef(workspace.repo, requestRef(id));
  if (tip === null) return [];
  if (decided?.by !== from) return [tip];
  const asked = new Set([
    `request ${id} opened with its branch`,
    `request ${id} reopened with its branch`,
  ]);
  const commits = await firstParents(workspace.repo, tip, MOST_STATES);
  const said = await Promise.all(
    commits.map(async (commit) => {
      const text = (await reader.read(commit))?.data.toString('latin1') ?? '';
      const [subject = ''] = text.slice(text.indexOf('\n\n') + 2).split('\n');
      return asked.has(subject) ? [commit] : [];
    }),
  );
  return said.flat();
}
