import { Failure } from '../../domain/failure.ts';
import type { SyncState } from '../../domain/lock.ts';
import type { Repo } from '../../domain/repo.ts';
import {
  type ChangeRequest,
  parseRequestId,
  REQUEST_REFS,
} from '../../domain/states/change-request.ts';
import type { ObjectReader } from '../../git/objects/object-reader.ts';
import { listStates } from '../state/list-states.ts';
import { parseState } from '../state/state-place.ts';
import { requestPlace } from './request-place.ts';

/** One request that counts, and how the two sides stand. */
export interface ListedRequest {
  readonly request: ChangeRequest;
  /** Null when there is no remote, or it was not asked. */
  readonly sync: SyncState | null;
}

export interface RequestList {
  readonly requests: readonly ListedRequest[];
  readonly unreadable: readonly { readonly ref: string; readonly reason: string }[];
  /** Why the remote was not asked; null when it was, or there is none. */
  readonly silent: string | null;
}

/**
 * Every request there is, here and on the remote. Moves no ref.
 *
 * @param reader one that is open already; else one is started
 */
export async function listRequests(
  repo: Repo,
  offline: boolean,
  reader?: ObjectReader,
): Promise<RequestList> {
  const { states, silent } = await listStates(repo, REQUEST_REFS, offline, reader);
  const requests: ListedRequest[] = [];
  const unreadable: { ref: string; reason: string }[] = [];
  for (const [ref, { text, standing }] of states) {
    const id = parseRequestId(ref.slice(REQUEST_REFS.length));
    if (id === null) unreadable.push({ ref, reason: 'its name is not that of a request' });
    else if (text instanceof Failure) unreadable.push({ ref, reason: text.message });
    else {
      const read = parseState(requestPlace(id), text);
      if (read.ok) requests.push({ request: read.value, sync: standing });
      else unreadable.push({ ref, reason: read.error.message });
    }
  }
  return { requests, unreadable, silent };
}
