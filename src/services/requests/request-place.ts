import { parseRequest, serialiseRequest } from '../../core/requests/parse-request.ts';
import { hintTo } from '../../domain/hint.ts';
import { err } from '../../domain/result.ts';
import {
  type ChangeRequest,
  type RequestId,
  requestRef,
} from '../../domain/states/change-request.ts';
import type { StatePlace } from '../state/state-place.ts';

/** Where a request is kept. A request of another id is not this one, whoever put it there. */
export const requestPlace = (id: RequestId): StatePlace<ChangeRequest> => ({
  ref: requestRef(id),
  noun: 'request',
  parse: (text) => {
    const request = parseRequest(text);
    if (!request.ok || request.value.id === id) return request;
    return err(`it is another request, ${request.value.id}`);
  },
  serialise: serialiseRequest,
  hints: [hintTo('see what was done to it', `git log -p ${requestRef(id)}`)],
});
