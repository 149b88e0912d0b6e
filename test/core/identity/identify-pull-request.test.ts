import { describe, expect, it } from 'vitest';
import {
  identifyPullRequest,
  type PullRequestOrigin,
} from '../../../src/core/identity/identify-pull-request.ts';
import { hintTo } from '../../../src/domain/hint.ts';
import type { BranchName } from '../../../src/domain/refs.ts';
import { ownershipOf } from '../../support/policy.ts';

const OWNERSHIP = ownershipOf(`version: 1
base: main
identify: { branches: ['feat/{agent}/{topic}', 'feat/{area}/{topic}__{agent}'] }
agents:
  a1: { owns: ['a/**'], actors: ['A1-bot[bot]', 'fleet[bot]'] }
  a2: { owns: ['b/**'], actors: ['fleet[bot]', 'id:77'] }
  a3: { owns: ['c/**'] }
`);

const origin = (branch: string | null, login: string, more: Partial<PullRequestOrigin> = {}) => ({
  branch: branch as BranchName | null,
  author: { login, id: 1 },
  own: true,
  ...more,
});

/** What was made of an origin, in a word. */
function verdictOn(from: PullRequestOrigin): string {
  const { identity, finding } = identifyPullRequest(OWNERSHIP, from);
  expect(finding !== null).toBe(identity.kind === 'mismatch');
  return identity.kind === 'agent' ? `${identity.agent} ${identity.strength}` : identity.kind;
}

describe('who a pull request is judged as', () => {
  it.each([
    ['a listed account on its branch', origin('feat/a1/x', 'a1-bot[bot]'), 'a1 verified'],
    ['logins compared without case', origin('feat/a1/x', 'A1-BOT[bot]'), 'a1 verified'],
    [
      'an account by number, whatever it is called',
      origin('feat/a2/x', 'renamed', { author: { login: 'renamed', id: 77 } }),
      'a2 verified',
    ],
    [
      'a login that only looks like a number',
      origin('feat/a2/x', '77', { author: { login: '77', id: 5 } }),
      'mismatch',
    ],
    ['one account for two agents', origin('feat/a2/x', 'fleet[bot]'), 'a2 verified'],
    ['the same on no agent branch', origin('fix/typo', 'fleet[bot]'), 'mismatch'],
    ['an account on a branch of nobody', origin('fix/typo', 'a1-bot[bot]'), 'a1 verified'],
    ['an account on a branch that is none', origin(null, 'a1-bot[bot]'), 'a1 verified'],
    ['an agent that lists no accounts', origin('feat/a3/x', 'anyone'), 'a3 asserted'],
    ['a stranger on the branch of an agent', origin('feat/a1/x', 'mallory'), 'mismatch'],
    ["another agent's account", origin('feat/a3/x', 'a1-bot[bot]'), 'mismatch'],
    ['a branch of two agents', origin('feat/a3/x__a1', 'anyone'), 'mismatch'],
    ['a person', origin('fix/typo', 'ann'), 'human'],
    ['a fork that names an agent', origin('feat/a3/x', 'mallory', { own: false }), 'human'],
    ['a fork of a listed account', origin('fix', 'a1-bot[bot]', { own: false }), 'a1 verified'],
    [
      'the same, whatever its branch',
      origin('feat/a3/x', 'a1-bot[bot]', { own: false }),
      'a1 verified',
    ],
    [
      'a fork of one for two agents',
      origin('feat/a2/x', 'fleet[bot]', { own: false }),
      'a2 verified',
    ],
  ])('%s', (_, from, expected) => expect(verdictOn(from)).toBe(expected));

  it('names the strongest claim first, and all of them', () => {
    const { identity } = identifyPullRequest(OWNERSHIP, origin('feat/a1/x', 'a1-bot[bot]'));
    expect(identity).toMatchObject({
      claims: [
        { source: 'actor', from: 'the account a1-bot[bot]', agent: 'a1' },
        { source: 'branch', from: 'branch feat/a1/x', agent: 'a1' },
      ],
    });
  });

  it('says what is wrong and what helps', () => {
    const { finding } = identifyPullRequest(OWNERSHIP, origin('feat/a1/x', 'mallory'));
    expect(finding).toEqual({
      code: 'identity-mismatch',
      severity: 'error',
      agent: null,
      message:
        'branch feat/a1/x says a1, and mallory is none of the accounts that may open its pull requests',
      hint: hintTo('let mallory act for a1, list it in agents.a1.actors of ownership.yml'),
    });
  });
});
