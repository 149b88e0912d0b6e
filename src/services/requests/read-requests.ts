import type { Failure } from '../../domain/failure.ts';
import {
  type ChangeRequest,
  parseRequestId,
  REQUEST_REFS,
} from '../../domain/states/change-request.ts';
import type { Session } from '../session/session.ts';
import { readKnownStates } from '../state/known-states.ts';
import { requestPlace } from './request-place.ts';

/** The requests that this clone knows of, and those that cannot be read. */
export interface KnownRequests {
  readonly requests: readonly ChangeRequest[];
  readonly unreadable: readonly Failure[];
}

/** Every request as this clone has it. */
export async function readRequests(
  session: Pick<Session, 'host' | 'reader' | 'workspace'>,
): Promise<KnownRequests> {
  const { states, unreadable } = await readKnownStates(session, REQUEST_REFS, (name) => {
    const id = parseRequestId(name);
    return id && requestPlace(id);
  });
  return { requests: states, unreadable };
}
