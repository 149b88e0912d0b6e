import type { Finding, FindingCode } from '../../domain/finding.ts';
import { type Hint, hintTo } from '../../domain/hint.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Ownership } from '../../domain/ownership.ts';
import { branchOf, type RefName, shortRef } from '../../domain/refs.ts';
import { foldPath } from '../../domain/text/fold.ts';

/** What a push does to one ref of the remote. */
export type RefVerb = 'create' | 'delete' | 'force' | 'move';

/** One ref of a push, and whose it is. */
export interface RefPush {
  readonly ref: RefName;
  readonly verb: RefVerb;
  /** The agents the name of the branch belongs to; empty for nobody's, and for what is no branch. */
  readonly owners: readonly AgentId[];
  /** The same where case does not count. */
  readonly near: readonly AgentId[];
}

/** Where the states of bailiwick are kept: locks and what else is written by its commands alone. */
const STATE_REFS = 'refs/bailiwick/';

/** What changes how everybody's git reads history or commits, and is no piece of work; git-notes(1), git-replace(1). */
const EVERYBODYS = ['refs/notes/', 'refs/replace/', 'refs/meta/'];

/**
 * Which refs an agent may move, before anything is compared: not the base, where work is merged, not the
 * branches of others, not the states that only commands may write; a name that differs in case alone may be the
 * same where a push arrives. Of what is nobody's, it may add and go on, and neither delete nor rewrite. Null
 * for a person (agent null), who may move everything.
 */
export function misplacedPush(
  ownership: Ownership,
  { ref, verb, owners, near }: RefPush,
  agent: AgentId | null,
): Finding | null {
  if (agent === null) return null;
  const name = shortRef(ref);
  const folded = foldPath(ref);
  const branch = branchOf(ref);
  const finding = (code: FindingCode, message: string, hint: Hint): Finding => ({
    code,
    severity: 'error',
    agent,
    ...(near.length > 0 && { owner: near }),
    message,
    hint,
  });
  if (folded.startsWith(STATE_REFS))
    return finding(
      'state-ref-push',
      `${agent} may not ${WORDS[verb]} ${ref} by hand: only its own commands write there`,
      hintTo('see the locks and who holds them', 'bailiwick lock list'),
    );
  if (branch !== null && foldPath(branch) === foldPath(ownership.base))
    return finding(
      'base-branch-push',
      verb === 'delete'
        ? `${agent} may not delete ${name}, the branch everything lands on`
        : `${agent} may not push to ${name}: what lands there is merged, not pushed`,
      hintTo('propose the change, push a branch of the agent and open a pull request'),
    );
  if (owners.includes(agent)) return null;
  if (near.length > 0 && !near.includes(agent))
    return finding(
      'foreign-branch-push',
      `${agent} may not ${WORDS[verb]} ${name}, a branch of ${near.join(', ')}`,
      verb === 'delete'
        ? hintTo(`have it deleted, ask ${near.join(' or ')}`)
        : hintTo(
            `hand the work over, push it to a branch of ${agent} and ask ${near.join(' or ')} to take it`,
          ),
    );
  const keeps = verb === 'create' || (verb === 'move' && branch !== null);
  if (keeps && !EVERYBODYS.some((place) => folded.startsWith(place))) return null;
  return finding(
    'foreign-ref-push',
    `${agent} may not ${WORDS[verb === 'move' && branch === null ? 'force' : verb]} ${name}, which is not a branch of ${agent}`,
    hintTo('have it done, ask a person'),
  );
}

const WORDS: Readonly<Record<RefVerb, string>> = {
  create: 'push to',
  delete: 'delete',
  force: 'rewrite',
  move: 'push to',
};
