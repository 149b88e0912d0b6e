import type { AgentId } from '../../domain/ids.ts';
import type { WaitingRequest } from '../../domain/reports/request.ts';
import { count } from '../../domain/text/count.ts';

/** Further ones are in `request list --mine`. */
const MOST = 5;

/** The leave that an agent has for files of others, and until when. */
export const grantLines = (agent: AgentId, waiting: readonly WaitingRequest[]): string[] =>
  waiting
    .filter(({ from, standing }) => from === agent && standing === 'granted')
    .slice(0, MOST)
    .map(
      ({ id, paths, branch, until }) =>
        `${agent} may change ${count(paths, 'file')} of others on ${branch} until ${new Date(until ?? 0).toISOString().replace(/\.\d+Z$/, 'Z')} (request ${id}).`,
    );
