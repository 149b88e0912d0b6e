import { IDENTITY_VARIABLES } from '../../core/identity/resolve.ts';
import type { Environment } from '../../domain/repo.ts';
import { withoutRepository } from '../../host/host.ts';

/** By which programs are let into a remote; what validates must not be able to push. */
const CREDENTIALS = [
  'GH_TOKEN',
  'GITHUB_TOKEN',
  'GH_ENTERPRISE_TOKEN',
  'GITHUB_ENTERPRISE_TOKEN',
  'GITLAB_TOKEN',
  'NODE_AUTH_TOKEN',
  'NPM_TOKEN',
  'GIT_ASKPASS',
  'SSH_ASKPASS',
  'SSH_AUTH_SOCK',
];

/**
 * What commands of the policy find in their environment: the caller's, but for what says who or where
 * the caller is, and the given variables.
 *
 * @param credentials `none` leaves out what lets programs into a remote
 */
export const commandEnvironment = (
  caller: Environment,
  variables: Iterable<readonly [string, string]>,
  credentials: 'keep' | 'none' = 'keep',
): Environment => ({
  ...withoutRepository(caller),
  ...Object.fromEntries(
    [...IDENTITY_VARIABLES, ...(credentials === 'none' ? CREDENTIALS : [])].map((name) => [
      name,
      undefined,
    ]),
  ),
  ...Object.fromEntries(variables),
});
