import type { AgentId } from '../../domain/ids.ts';
import type { PullRequest } from '../../domain/pull-request.ts';

/**
 * Said of a pull request from a fork that no listed account opened. Whom the account proves, it proves
 * wherever the work comes from.
 */
export const forkNotices = (
  { own }: Pick<PullRequest, 'own'>,
  agent: AgentId | null,
): readonly string[] =>
  own || agent !== null
    ? []
    : ['it comes from a fork, where anyone may give a branch any name: it acts for no agent'];
