import type { Identity } from '../domain/identity.ts';
import { assertNever } from '../domain/result.ts';
import { list } from './words.ts';

/** Who is acting, how that was found out and how far it can be trusted. Not escaped. */
export function describeIdentity(identity: Identity): string {
  switch (identity.kind) {
    case 'agent':
      return `${identity.agent}, from ${list(identity.claims.map(({ from }) => from))} (${identity.strength})`;
    case 'human':
      return identity.declared
        ? 'a person, as BAILIWICK_AGENT=human says'
        : 'none: a person, or a branch of no agent';
    case 'mismatch':
      return `unclear: ${list(identity.claims.map(({ agent, from }) => `${agent} from ${from}`))}`;
    default:
      return assertNever(identity);
  }
}
