import { describe, expect, it } from 'vitest';
import { branchAgents } from '../../../src/core/identity/branch-agent.ts';
import { type IdentityFacts, resolveIdentity } from '../../../src/core/identity/resolve.ts';
import { type BranchName, parseBranchName } from '../../../src/domain/refs.ts';
import { ownershipOf } from '../../support/policy.ts';

const branch = (name: string): BranchName => parseBranchName(name)!;

describe('whose branch a name says it is', () => {
  const agents = branchAgents(ownershipOf());
  it.each([
    ['feat/a1/parser', ['a1']],
    ['feat/a1/parser/step-2', ['a1']],
    ['feat/agent-1/parser', ['a1']],
    ['parallel-dev/a2', ['a2']],
    ['parallel-dev/a2/x', []],
    ['feat/backend/login__a1', ['a1']],
    ['feat/backend/two__words__a1', ['a1']],
    // Two templates that say different agents: nobody takes the first.
    ['feat/a2/x__a1', ['a1', 'a2']],
    ['feat/a1/x__a1', ['a1']],
    ['feat/a1', []],
    ['feat/a11/x', []],
    ['feat/A1/x', []],
    ['xfeat/a1/x', []],
    ['feat/login/fix', []],
    ['main', []],
  ])('%s -> %j', (name, expected) => {
    expect(agents(branch(name))).toEqual(expected);
  });

  it('reads templates literally', () => {
    const policy = `version: 1\nidentify: { branches: ['a.b+c/{agent}'] }\nagents:\n  a1: { owns: ['x/**'] }\n`;
    const literal = branchAgents(ownershipOf(policy));
    expect(literal(branch('a.b+c/a1'))).toEqual(['a1']);
    expect(literal(branch('aXbbc/a1'))).toEqual([]);
  });
});

describe('who is acting', () => {
  const facts = (more: Partial<IdentityFacts>): IdentityFacts => ({
    binding: null,
    branch: null,
    environment: {},
    ...more,
  });
  const resolved = (more: Partial<IdentityFacts>): string => {
    const result = resolveIdentity(ownershipOf(), facts(more));
    if (!result.ok) return `failure: ${result.error.message}`;
    const identity = result.value;
    if (identity.kind === 'agent') return `${identity.agent} ${identity.strength}`;
    return identity.kind === 'human'
      ? 'human'
      : identity.claims.map(({ agent }) => agent).join(' against ');
  };

  it.each<[string, Partial<IdentityFacts>, string]>([
    ['nothing says', {}, 'human'],
    ['a branch', { branch: branch('feat/a1/x') }, 'a1 asserted'],
    ['a branch of nobody', { branch: branch('feat/login/x') }, 'human'],
    ['the variable of others', { environment: { AGENT_ID: 'a1' } }, 'a1 asserted'],
    ['our variable', { environment: { BAILIWICK_AGENT: 'agent-1' } }, 'a1 asserted'],
    ['an empty variable', { environment: { AGENT_ID: '' } }, 'human'],
    ['a binding', { binding: 'a1' }, 'a1 bound'],
    ['an option', { option: 'a1' }, 'a1 asserted'],
    [
      'all agree',
      { option: 'a1', binding: 'a1', branch: branch('feat/a1/x'), environment: { AGENT_ID: 'a1' } },
      'a1 bound',
    ],
    ['binding against branch', { binding: 'a1', branch: branch('feat/a2/x') }, 'a1 against a2'],
    [
      'variable against branch',
      { environment: { AGENT_ID: 'a2' }, branch: branch('feat/a1/x') },
      'a2 against a1',
    ],
    [
      'variables against each other',
      { environment: { AGENT_ID: 'a2', BAILIWICK_AGENT: 'a1' } },
      'a2 against a1',
    ],
    ['option against binding', { option: 'a2', binding: 'a1' }, 'a1 against a2'],
    ['an ambiguous branch', { branch: branch('feat/a2/x__a1') }, 'a1 against a2'],
  ])('%s', (_what, more, expected) => {
    expect(resolved(more)).toBe(expected);
  });

  it.each<[string, Partial<IdentityFacts>]>([
    ['--agent a9', { option: 'a9' }],
    ["the worktree's binding", { binding: 'a9' }],
    ['AGENT_ID=a9', { environment: { AGENT_ID: 'a9' } }],
  ])('%s names nobody the policy knows, which is a failure and no person', (from, more) => {
    expect(resolved(more)).toBe(
      `failure: ${from} names 'a9', and no agent of the policy has that id`,
    );
  });
});
