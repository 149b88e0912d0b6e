import type { Finding } from '../../domain/finding.ts';
import { hintTo } from '../../domain/hint.ts';
import type { Identity } from '../../domain/identity.ts';
import type { Ownership } from '../../domain/ownership.ts';

/** What is wrong with who acts: claims that differ, or a stranger where the policy wants an agent. */
export function identityFinding(ownership: Ownership, identity: Identity): Finding | null {
  if (identity.kind === 'mismatch') {
    const said = identity.claims.map(({ from, agent }) => `${from} says ${agent}`).join(', ');
    return {
      code: 'identity-mismatch',
      severity: 'error',
      agent: null,
      message: `it is not clear who is acting: ${said}`,
      hint: hintTo('see where each comes from', 'bailiwick whoami'),
    };
  }
  if (identity.kind === 'agent' || ownership.identify.unknown === 'human') return null;
  return {
    code: 'identity-unknown',
    severity: 'error',
    agent: null,
    message: 'no agent of the policy is acting here, and the policy lets nobody else make changes',
    hint: hintTo('act as an agent', 'bailiwick whoami --bind <agent>'),
  };
}
