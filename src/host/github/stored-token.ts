import { execFile } from 'node:child_process';
import type { Environment } from '../../domain/repo.ts';

/** Milliseconds that GitHub's own program may take to answer. */
const LONGEST = 10_000;

/**
 * What lets a person in at a host: as the environment says, else what GitHub's own program `gh` has kept.
 * Null when neither knows. Source: `gh help environment`.
 *
 * @param named the environment itself says where the host's interface is, so that its token is meant for that
 */
export async function storedToken(
  environment: Environment,
  host: string,
  named: boolean,
): Promise<string | null> {
  const names =
    host === 'github.com' || named
      ? ['GH_TOKEN', 'GITHUB_TOKEN']
      : ['GH_ENTERPRISE_TOKEN', 'GITHUB_ENTERPRISE_TOKEN'];
  const said = names.map((name) => environment[name]).find(Boolean);
  return said ?? (await askProgram(environment, host));
}

const askProgram = (environment: Environment, host: string): Promise<string | null> =>
  new Promise((resolve) => {
    const child = execFile(
      'gh',
      ['auth', 'token', '--hostname', host],
      { env: environment, timeout: LONGEST, windowsHide: true },
      (error, stdout) => resolve(error === null ? stdout.trim() || null : null),
    );
    child.stdin?.end();
  });
