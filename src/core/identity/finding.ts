import type { Finding } from '../../domain/finding.ts';
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
      hint: 'To see where each comes from, run bailiwick whoami',
    };
  }
  if (identity.kind === 'agent' || ownership.identify.unknown === 'human') return null;
  return {
    code: 'identity-unknown',
    severity: 'error',
    agent: null,
    message: 'nobody the policy knows is acting here, and it lets no one else change anything',
    hint: 'To act as an agent, run bailiwick whoami --bind <agent>',
  };
}
