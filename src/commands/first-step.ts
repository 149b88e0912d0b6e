import { Failure } from '../domain/failure.ts';
import type { Host } from '../host/host.ts';
import { withSession } from '../services/session/session.ts';

/**
 * What somebody who asks for nothing wants: the status where there is a policy (also a broken one,
 * which it will say), a first step in a repository without one, and the help elsewhere.
 */
export async function runFirstStep(host: Host): Promise<'help' | 'init' | 'status'> {
  try {
    return await withSession(host, ({ policy }) =>
      Promise.resolve(policy === null ? 'init' : 'status'),
    );
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return error.kind === 'git' ? 'help' : 'status';
  }
}
