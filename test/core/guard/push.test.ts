import { describe, expect, it } from 'vitest';
import { misplacedPush, type RefVerb } from '../../../src/core/guard/push.ts';
import { branchAgents, branchAgentsNear } from '../../../src/core/identity/branch-agent.ts';
import type { AgentId } from '../../../src/domain/ids.ts';
import { branchOf, type RefName } from '../../../src/domain/refs.ts';
import { ownershipOf } from '../../support/policy.ts';

const ownership = ownershipOf();

function pushed(ref: string, verb: RefVerb = 'create'): string | null {
  const branch = branchOf(ref);
  const owners = branch === null ? [] : branchAgents(ownership)(branch);
  const near = branch === null ? [] : branchAgentsNear(ownership)(branch);
  const finding = misplacedPush(
    ownership,
    { ref: ref as RefName, verb, owners, near },
    'a1' as AgentId,
  );
  return finding === null ? null : `${finding.code} ${finding.owner?.join() ?? '-'}`;
}

describe('28: a ref that is another one where case does not count', () => {
  it.each([
    ['refs/heads/MAIN', 'base-branch-push -'],
    ['refs/heads/Main', 'base-branch-push -'],
    ['refs/heads/feat/A2/x', 'foreign-branch-push a2'],
    ['refs/heads/FEAT/a2/x', 'foreign-branch-push a2'],
    ['refs/heads/Feat/core/x__A3', 'foreign-branch-push a3'],
    ['refs/BAILIWICK/locks/common', 'state-ref-push -'],
    ['refs/Notes/commits', 'foreign-ref-push -'],
    ['refs/REPLACE/0', 'foreign-ref-push -'],
  ])('%s is refused', (ref, wanted) => {
    expect(pushed(ref)).toBe(wanted);
  });

  it.each([
    'refs/heads/feat/A1/x',
    'refs/heads/feat/AGENT-1/x',
    'refs/heads/mainly',
    'refs/tags/MAIN',
  ])('%s is nobody else’s', (ref) => {
    expect(pushed(ref)).toBeNull();
  });

  it('what looks like an own branch is not one: it may be made, and not rewritten', () => {
    expect(pushed('refs/heads/feat/A1/x', 'force')).toBe('foreign-ref-push a1');
    expect(pushed('refs/heads/feat/a1/x', 'force')).toBeNull();
  });
});
