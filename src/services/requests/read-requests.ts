import { Failure } from '../../domain/failure.ts';
import {
  type ChangeRequest,
  parseRequestId,
  REQUEST_REFS,
} from '../../domain/states/change-request.ts';
import { readStateText } from '../../git/objects/read-states.ts';
import { matchRefs } from '../../git/refs/match-refs.ts';
import type { Session } from '../session/session.ts';
import { parseState } from '../state/state-place.ts';
import { requestPlace } from './request-place.ts';

/** The requests that this clone knows of, and those that cannot be read. */
export interface KnownRequests {
  readonly requests: readonly ChangeRequest[];
  readonly unreadable: readonly Failure[];
}

/** Every request as this clone has it: one process of git, besides the one that reads objects. */
export async function readRequests({
  reader,
  workspace,
}: Pick<Session, 'reader' | 'workspace'>): Promise<KnownRequests> {
  const { refs } = await matchRefs(workspace.repo, [REQUEST_REFS]);
  const readings = await Promise.all(
    refs.map(async ({ ref, oid }) => {
      const id = parseRequestId(ref.slice(REQUEST_REFS.length));
      if (id === null) return new Failure('policy', `${ref} cannot be a request`);
      const read = parseState(requestPlace(id), await readStateText(reader, oid));
      return read.ok ? read.value : read.error;
    }),
  );
  return {
    requests: readings.flatMap((reading) => (reading instanceof Failure ? [] : [reading])),
    unreadable: readings.flatMap((reading) => (reading instanceof Failure ? [reading] : [])),
  };
}
