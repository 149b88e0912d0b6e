import { setSecret } from '@actions/core';
import { Failure } from '../domain/failure.ts';
import { hintTo } from '../domain/hint.ts';
import { type BranchName, branchOf } from '../domain/refs.ts';
import type { Environment, RemoteSource } from '../domain/repo.ts';
import type { Host } from '../host/host.ts';
import type { Inputs } from './inputs.ts';
import { Payload } from './payload.ts';

/** Where and why the run happens, as the runner says in `GITHUB_*`. */
export interface Context {
  /** `pull_request`, `merge_group`, `push`, ... */
  readonly event: string;
  readonly payload: Payload;
  readonly owner: string;
  readonly repo: string;
  /** The git remote, and what lets git in. */
  readonly source: RemoteSource;
  /** The branch whose policy says what the base is. */
  readonly anchor: BranchName;
  /** The default branch, where that is known. */
  readonly home: BranchName | null;
  /** Grows from run to run. */
  readonly run: number;
  /** Where the pages about this version are; null when that is not known. */
  readonly documentation: string | null;
  /** Page of the repository, for links. */
  readonly page: string;
  /** A directory for files that later steps read. */
  readonly temporary: string;
}

/** @throws Failure `usage` outside a workflow run. */
export function readContext(host: Host, inputs: Inputs): Context {
  const { environment } = host;
  const [owner = '', repo = ''] = need(environment, 'GITHUB_REPOSITORY').split('/');
  const server = need(environment, 'GITHUB_SERVER_URL').replace(/\/$/, '');
  const payload = new Payload(readEvent(host));
  const page = `${server}/${owner}/${repo}`;
  const home = defaultBranch(environment, payload);
  return {
    event: need(environment, 'GITHUB_EVENT_NAME'),
    payload,
    owner,
    repo,
    source: { url: `${page}.git`, access: access(server, inputs.token) },
    anchor: inputs.base ?? required(home),
    home,
    run: Number(environment['GITHUB_RUN_ID'] ?? 0),
    documentation: documentationOf(environment, server),
    page,
    temporary: environment['RUNNER_TEMP'] ?? host.cwd,
  };
}

function need(environment: Environment, name: string): string {
  const value = environment[name];
  if (value) return value;
  throw new Failure('usage', `${name} is not set: this runs in a GitHub workflow`, [
    hintTo('judge a branch elsewhere', 'bailiwick check --branch <ref>'),
  ]);
}

function readEvent({ environment, files }: Host): unknown {
  const text = files.read(need(environment, 'GITHUB_EVENT_PATH'))?.toString() ?? '{}';
  try {
    return JSON.parse(text);
  } catch {
    throw new Failure('usage', 'the file GITHUB_EVENT_PATH names is not JSON');
  }
}

/** Events say which branch is the default one; a schedule starts on it. */
const defaultBranch = (environment: Environment, payload: Payload): BranchName | null =>
  payload.branch('repository', 'default_branch') ?? branchOf(environment['GITHUB_REF'] ?? '');

/** @throws Failure `usage` when it is not known. */
function required(branch: BranchName | null): BranchName {
  if (branch !== null) return branch;
  throw new Failure('usage', 'nothing says which branch is the base', [
    hintTo('say so, set the input base'),
  ]);
}

/**
 * The header that `actions/checkout` uses, handed over in the environment, where no process listing
 * shows it; see git-config(1), GIT_CONFIG_COUNT.
 */
function access(server: string, token: string): Environment {
  if (token === '' || !server.startsWith('http')) return {};
  const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
  setSecret(basic);
  return {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `http.${server}/.extraheader`,
    GIT_CONFIG_VALUE_0: `AUTHORIZATION: basic ${basic}`,
  };
}

/** The pages in the repository the action comes from, as they were at its version. */
function documentationOf(environment: Environment, server: string): string | null {
  const repository = environment['GITHUB_ACTION_REPOSITORY'];
  const ref = environment['GITHUB_ACTION_REF'];
  return repository && ref ? `${server}/${repository}/blob/${ref}/docs` : null;
}
