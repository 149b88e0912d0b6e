import { getOctokit } from '@actions/github';
import { err, ok, type Result } from '../../domain/result.ts';
import { pause } from '../pause.ts';
import { isRateLimit, type RequestError, waitFor } from './rate-limit.ts';

/** Why the host did not do what it was asked. */
export interface GitHubRefusal {
  /** The HTTP status; 0 when no answer came. */
  readonly status: number;
  readonly message: string;
  /** It may be asked again later: too much was asked in too short a time. */
  readonly limited: boolean;
}

export type GitHubAnswer<T> = Result<T, GitHubRefusal>;

/** A list, and whether it is all there is. */
export interface Listed<T> {
  readonly items: readonly T[];
  readonly complete: boolean;
}

export interface GitHubOptions {
  readonly token: string;
  readonly owner: string;
  readonly repo: string;
  /** Where its REST interface is; what the environment names (`GITHUB_API_URL`) where it is not said. */
  readonly api?: string;
  /** Waits so many milliseconds; a test need not. */
  readonly sleep?: (milliseconds: number) => Promise<void>;
}

type Octokit = ReturnType<typeof getOctokit>;
export type Reply = Awaited<ReturnType<Octokit['request']>>;
export type Parameters = Readonly<Record<string, unknown>>;

/** Asks about one repository. */
export interface Client {
  ask(route: string, parameters?: Parameters): Promise<GitHubAnswer<Reply>>;
  /** Asks for something to be changed, no sooner than GitHub wants after the last time. */
  write(route: string, parameters: Parameters): Promise<GitHubAnswer<Reply>>;
}

export const PAGE = 100;
const ATTEMPTS = 4;

/** Milliseconds that GitHub asks programs to leave between two writes. */
const BETWEEN_WRITES = 1_000;

export function makeClient({ token, owner, repo, api, sleep = pause }: GitHubOptions): Client {
  const octokit = getOctokit(token, api === undefined ? {} : { baseUrl: api });
  const ask: Client['ask'] = (route, parameters = {}) =>
    request(octokit, sleep, route, { owner, repo, ...parameters });
  let written = -Infinity;
  const write: Client['write'] = async (route, parameters) => {
    const wait = written + BETWEEN_WRITES - Date.now();
    if (wait > 0) await sleep(wait);
    written = Date.now();
    return ask(route, parameters);
  };
  return { ask, write };
}

/** Reads pages until the last one, or until `most` of them. */
export async function listAll<T>(
  ask: (page: number) => Promise<GitHubAnswer<Reply>>,
  most: number,
  parse: (json: unknown) => T | null,
): Promise<GitHubAnswer<Listed<T>>> {
  const items: T[] = [];
  let understood = true;
  for (let page = 1; page <= most; page += 1) {
    const answer = await ask(page);
    if (!answer.ok) return answer;
    const { data, headers } = answer.value as { data: unknown; headers: Reply['headers'] };
    if (!Array.isArray(data)) return err(notUnderstood('the answer is not a list'));
    for (const json of data) {
      const item = parse(json);
      if (item === null) understood = false;
      else items.push(item);
    }
    if (!/rel="next"/.test(headers.link ?? '')) return ok({ items, complete: understood });
  }
  return ok({ items, complete: false });
}

export const notUnderstood = (message: string): GitHubRefusal => ({
  status: 0,
  message,
  limited: false,
});

/** Asks, and asks again where GitHub says when, or stumbled. */
async function request(
  octokit: Octokit,
  sleep: (milliseconds: number) => Promise<void>,
  route: string,
  parameters: Parameters,
): Promise<GitHubAnswer<Reply>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return ok(await octokit.request(route, { ...parameters }));
    } catch (error) {
      const wait = waitFor(error, attempt);
      if (wait === null || attempt === ATTEMPTS) return err(refusalOf(error));
      await sleep(wait);
    }
  }
}

function refusalOf(error: unknown): GitHubRefusal {
  const { status = 0, message = String(error) } = error as RequestError;
  return { status, message, limited: isRateLimit(error) };
}
