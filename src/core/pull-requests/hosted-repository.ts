/** A repository on a server that has pull requests. */
export interface HostedRepository {
  /** The server's name, in lower case. */
  readonly host: string;
  readonly owner: string;
  readonly repo: string;
}

/**
 * The repository that a remote's address names, in each of the forms of git-clone(1), "GIT URLS"; null
 * for a path, and for an address that is not of the form `owner/repository`.
 */
export function hostedRepository(url: string): HostedRepository | null {
  const found =
    /^(?:https?|ssh|git):\/\/(?:[^/@]*@)?([^/:]+)(?::\d+)?\/(.+)$/.exec(url) ??
    // `git@server:owner/repository`; a Windows path has a single letter in front.
    /^(?:[^/@:]+@)?([^/:]{2,}):(?!\/\/)\/?(.+)$/.exec(url);
  if (found === null) return null;
  const [, host = '', path = ''] = found;
  const [owner = '', repo = '', ...more] = path
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .split('/');
  if (more.length > 0 || !NAME.test(owner) || !NAME.test(repo)) return null;
  // GitHub lets ssh in on the port of https under a name of its own.
  return { host: host.toLowerCase().replace(/^ssh\.(?=github\.com$)/, ''), owner, repo };
}

const NAME = /^[\w.-]+$/;
