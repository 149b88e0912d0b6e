import { formatMoment } from '../../domain/text/duration.ts';
import { shellQuote } from '../../domain/text/quote.ts';
import type { Finding } from '../../domain/finding.ts';
import { type Hint, hintTo } from '../../domain/hint.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { ChangeRequest } from '../../domain/states/change-request.ts';
import type { RequestRefusal } from './request-actor.ts';

/** Why a request could not be decided or taken back, with the one command that leads on. */
export function requestRefusal(
  because: Exclude<RequestRefusal, 'missing' | 'taken'>,
  request: ChangeRequest,
  agent: AgentId | null,
  asked: readonly AgentId[],
): Finding {
  const { id, from } = request;
  const whom = asked.length === 0 ? 'a person' : asked.join(' or ');
  const finding = (message: string, hint: Hint): Finding => ({
    code: 'request-refused',
    severity: 'error',
    agent,
    ...(asked.length > 0 && { owner: asked }),
    message,
    hint,
  });
  const show = hintTo('see it', `bailiwick request show ${id}`);
  switch (because) {
    case 'applied':
      return finding(`request ${id} is applied already${when(request)}`, show);
    case 'granted':
      return finding(
        `request ${id} is granted${when(request)}: ${from} makes the change itself`,
        hintTo('take the leave back', `bailiwick request decline ${id} -m 'it is done here'`),
      );
    case 'closed':
      return finding(
        `request ${id} was ${request.status}${when(request)}${reason(request)}`,
        hintTo('ask again', `bailiwick request reopen ${id}`),
      );
    case 'expired':
      return finding(
        `the leave that request ${id} gave has ended at ${formatMoment(request.grant?.until ?? 0)}`,
        hintTo('ask again', `bailiwick request reopen ${id}`),
      );
    case 'no-branch':
      return finding(
        `request ${id} was asked on no branch, and leave holds for a branch`,
        hintTo('apply it', `bailiwick request accept ${id} --apply`),
      );
    case 'own':
      return finding(`request ${id} is ${from}'s own: ${whom} decides it`, show);
    case 'not-asked':
      return finding(`request ${id} is asked of ${whom}, not of ${agent}`, show);
    case 'not-yours':
      return finding(`request ${id} is ${from}'s, who alone may take it back or ask again`, show);
  }
}

/** A branch is not right without what it asked for, and does not have it. */
export function requestPending({ id, from, to, branch, applied }: ChangeRequest): Finding {
  const whom = to.length === 0 ? 'people' : to.join(' or ');
  const finding = { code: 'request-pending', severity: 'error', agent: from } as const;
  const lands = `${branch ?? from} lands only together with`;
  if (applied?.branch)
    return {
      ...finding,
      ...(to.length > 0 && { owner: to }),
      message: `${lands} ${applied.branch}, which has both (request ${id})`,
      hint: hintTo(
        'land both at once',
        `bailiwick land ${shellQuote(branch ?? '')} ${shellQuote(applied.branch)}`,
      ),
    };
  return {
    ...finding,
    ...(to.length > 0 && { owner: to }),
    message: `${lands} what it asked ${whom} for, which waits for an answer (request ${id})`,
    hint: hintTo('see it', `bailiwick request show ${id}`),
  };
}

/** The patch does not go onto the branch; nothing was changed. */
export const conflictFinding = (
  { id, from, proposal }: ChangeRequest,
  agent: AgentId | null,
  paths: readonly RepoPath[],
  branch: string,
): Finding => ({
  code: 'conflict',
  severity: 'error',
  agent,
  ...(paths.length === 1 && { path: paths[0]! }),
  message: `the change ${from} asks for conflicts with ${branch}${paths.length > 1 ? ` in ${paths.join(', ')}` : ''}; nothing was changed. Once it is settled by hand and committed, accept it with --commit HEAD (request ${id})`,
  hint: hintTo('settle it by hand', `git cherry-pick ${proposal}`),
});

const when = ({ decided }: ChangeRequest): string =>
  decided === null ? '' : ` by ${decided.by ?? 'a person'} at ${formatMoment(decided.at)}`;

const reason = ({ decided }: ChangeRequest): string =>
  decided === null || decided.reason === '' ? '' : `: ${decided.reason}`;
