import { hostedRepository } from '../../../core/pull-requests/hosted-repository.ts';
import { Failure } from '../../../domain/failure.ts';
import { hintTo } from '../../../domain/hint.ts';
import type { Environment } from '../../../domain/repo.ts';
import { Remote } from '../../../git/remote/remote.ts';
import type { PullRequestDesk } from '../../../host/github/pull-request-desk.ts';
import { storedToken } from '../../../host/github/stored-token.ts';
import type { Session } from '../../session/session.ts';
import { REMOTE } from '../../state/push-refs.ts';

/**
 * The pull requests of the repository that the remote is.
 *
 * @throws Failure when it is not on a GitHub, or nothing lets us in there
 */
export async function openDesk({
  host: { environment },
  workspace: { repo },
}: Pick<Session, 'host' | 'workspace'>): Promise<PullRequestDesk> {
  const url = await Remote.url(repo, REMOTE);
  const hosted = (url === null ? null : hostedRepository(url)) ?? inWorkflow(environment);
  if (hosted === null)
    throw new Failure(
      'usage',
      `${REMOTE} is not a repository on GitHub: ${url ?? 'it is not set'}`,
      [
        hintTo('move the base yourself, give --push instead'),
        hintTo('see where it is', `git remote get-url ${REMOTE}`),
      ],
    );
  const said = environment['GITHUB_API_URL'] || undefined;
  const token = await storedToken(environment, hosted.host, said !== undefined);
  if (token === null)
    throw new Failure('usage', `nothing lets us merge pull requests on ${hosted.host}`, [
      hintTo('log in there', `gh auth login --hostname ${hosted.host}`),
      hintTo('give a token, set GH_TOKEN'),
    ]);
  const { makePullRequestDesk } = await import('../../../host/github/pull-request-desk.ts');
  const { owner, repo: name } = hosted;
  return makePullRequestDesk({ token, owner, repo: name, api: said ?? apiOf(hosted.host) });
}

/** In a workflow the environment names it, wherever git fetches from. */
function inWorkflow(environment: Environment): ReturnType<typeof hostedRepository> {
  const named = environment['GITHUB_API_URL'] ? environment['GITHUB_REPOSITORY'] : undefined;
  return named === undefined ? null : hostedRepository(`https://github.com/${named}`);
}

/** See docs.github.com/rest, "Getting started"; a server of one's own has it below its own name. */
const apiOf = (host: string): string =>
  host === 'github.com' ? 'https://api.github.com' : `https://${host}/api/v3`;
