import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildActionBundle } from '../../../scripts/generate/action-bundle.ts';
import { hermeticEnvironment } from '../../support/environment.ts';
import { POLICY } from '../../support/policy.ts';
import { scratchDirectory, TestRepository } from '../../support/repository.ts';
import { GitHubServer } from './github-server.ts';
import { events, type PullOptions, pullPayload } from './payloads.ts';

type Json = Record<string, unknown>;

/** What a run of the Action left behind. */
export interface ActionResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** Lines of the log that the runner obeys. */
  readonly commands: readonly string[];
  /** What git was asked for over the network: `fetch`, `ls-remote`. */
  readonly network: readonly string[];
  /** Everything git was started with. */
  readonly trace: string;
}

export interface RunOptions {
  readonly mode?: string;
  readonly event: string;
  readonly payload: Json;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly environment?: Record<string, string>;
}

/** A pull request to open: files to write on a new branch of its base, and how it is described. */
export interface Opening extends Partial<PullOptions> {
  readonly branch: string;
  readonly files?: Record<string, string>;
  /** More than writing files: run in the clone, on the new branch, before the commit. */
  readonly prepare?: (clone: TestRepository) => void;
  /** Where the branch starts; `origin/main` unless told otherwise. */
  readonly from?: string;
  /** False: the remote has only the ref of the pull request, as after its branch was deleted. */
  readonly pushed?: boolean;
}

let bundle = '';
let template = '';
const worlds: World[] = [];

/** Builds the bundle as it is committed, and what every world begins with. */
export async function prepareAction(): Promise<void> {
  const directory = join(scratchDirectory(), 'action/dist');
  mkdirSync(directory, { recursive: true });
  bundle = join(directory, 'index.js');
  const { code, page } = await buildActionBundle();
  writeFileSync(bundle, code);
  mkdirSync(join(directory, 'page'));
  for (const [name, content] of Object.entries(page))
    writeFileSync(join(directory, 'page', name), content);
  template = emptyRepositories();
}

/** Closes the servers of all worlds. */
export async function stopWorlds(): Promise<void> {
  await Promise.all(worlds.splice(0).map((world) => world.server.stop()));
}

/** A bare repository and a clone of it, both empty, to be copied: faster than making them each time. */
function emptyRepositories(): string {
  const origin = TestRepository.create({ name: 'octo/app.git', bare: true });
  origin.git('config', 'uploadpack.allowFilter', 'true');
  const clone = new TestRepository(join(origin.home, 'clone'), origin.home);
  mkdirSync(clone.directory);
  clone.git('init', '-q', '-b', 'main');
  clone.git('remote', 'add', 'origin', '../octo/app.git');
  return origin.home;
}

/** A GitHub of one repository: a bare one that everybody pushes to, and its REST interface. */
export class World {
  readonly server: GitHubServer;
  readonly origin: TestRepository;
  readonly clone: TestRepository;
  readonly home: string;
  #number = 0;

  private constructor(server: GitHubServer) {
    this.server = server;
    this.home = scratchDirectory();
    cpSync(template, this.home, { recursive: true });
    this.origin = new TestRepository(join(this.home, 'octo/app.git'), this.home);
    this.clone = new TestRepository(join(this.home, 'clone'), this.home);
  }

  /** With these files on `main`; the policy is one of them unless `files` say otherwise or null. */
  static async start(files: Record<string, string | null> = {}): Promise<World> {
    const world = new World(await GitHubServer.start());
    worlds.push(world);
    const all = { 'ownership.yml': POLICY, 'README.md': '# Readme\n', ...files };
    const written = Object.entries(all).filter(
      (file): file is [string, string] => file[1] !== null,
    );
    world.clone.commit('first', Object.fromEntries(written));
    world.push('main');
    return world;
  }

  push(...refspecs: string[]): void {
    this.clone.git('push', '-q', '--no-verify', '--force', 'origin', ...refspecs);
  }

  /** Commits files to `main` and pushes it. */
  land(message: string, files: Record<string, string>): string {
    this.clone.git('checkout', '-q', '-f', 'main');
    const commit = this.clone.commit(message, files);
    this.push('main');
    return commit;
  }

  /** Lets `main` grow by so many commits, as fast as git can write them. */
  grow(commits: number): void {
    const stream = Array.from({ length: commits }, (_, at) => {
      const from = at === 0 ? 'from refs/remotes/origin/main\n' : '';
      const who = `committer Ann Author <ann@example.com> ${1_800_000_000 + at} +0000`;
      return `commit refs/heads/main\n${who}\ndata 5\ngrow\n${from}M 644 inline grown/${at % 50}\ndata 4\n${String(at).padStart(4)}\n`;
    });
    this.clone.git('checkout', '-q', '--detach');
    this.clone.run('git', ['fast-import', '--quiet', '--force'], { input: stream.join('') });
    this.push('main');
  }

  /** Makes a branch with a commit, pushes it, and opens a pull request of it. */
  open({ files = {}, prepare, from = 'origin/main', pushed = true, ...more }: Opening): Json {
    const number = more.number ?? (this.#number += 1);
    this.clone.git('checkout', '-q', '-f', '-B', `pull-${number}`, from);
    prepare?.(this.clone);
    const head = more.head ?? this.clone.commit(`change ${number}`, files);
    const branch = more.fork || !pushed ? [] : [`${head}:refs/heads/${more.branch}`];
    this.push(...branch, `${head}:refs/pull/${number}/head`);
    const pull = pullPayload({ ...more, number, head });
    this.server.pulls.push(pull);
    return pull;
  }

  /** Opens many pull requests at once, each a commit on `main` that writes the files. */
  openMany(openings: readonly (Opening & { files: Record<string, string> })[]): void {
    const first = this.#number;
    const stream = openings.map(({ files }, at) => {
      const who = `committer Ann Author <ann@example.com> ${1_800_000_000 + at} +0000`;
      const written = Object.entries(files).map(
        ([path, text]) => `M 644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`,
      );
      return `commit refs/pull/${first + at + 1}/head\n${who}\ndata 4\nmany\nfrom refs/remotes/origin/main\n${written.join('')}`;
    });
    this.clone.run('git', ['fast-import', '--quiet', '--force'], { input: stream.join('') });
    const refs = openings.map((_, at) => `refs/pull/${first + at + 1}/head`);
    this.push(...refs.map((ref) => `${ref}:${ref}`));
    const heads = this.clone.git('rev-parse', ...refs).split('\n');
    for (const [at, opening] of openings.entries())
      this.server.pulls.push(pullPayload({ ...opening, number: first + at + 1, head: heads[at]! }));
    this.#number += openings.length;
  }

  /** Looks at everything that is open, as on a schedule. */
  board(more: Partial<RunOptions> = {}): Promise<ActionResult> {
    return this.run({ mode: 'board', event: 'schedule', payload: events.schedule(), ...more });
  }

  /** Judges a pull request, the way its own event does. */
  gate(pull: Json, more: Partial<RunOptions> = {}): Promise<ActionResult> {
    return this.run({ event: 'pull_request', payload: events.pullRequest(pull), ...more });
  }

  /** Runs the bundle as a runner does: nothing but its environment and its files. */
  async run(options: RunOptions): Promise<ActionResult> {
    const directory = scratchDirectory();
    const file = (name: string, content = ''): string => {
      writeFileSync(join(directory, name), content);
      return join(directory, name);
    };
    const paths = {
      GITHUB_EVENT_PATH: file('event.json', JSON.stringify(options.payload)),
      GITHUB_OUTPUT: file('output'),
      GITHUB_STEP_SUMMARY: file('summary'),
      GITHUB_ENV: file('env'),
      GITHUB_STATE: file('state'),
    };
    const trace = file('trace');
    const inputs = { mode: 'gate', ...options.inputs, ...(options.mode && { mode: options.mode }) };
    const environment = {
      ...hermeticEnvironment(this.home),
      ...paths,
      ...inputsOf(inputs),
      GITHUB_ACTIONS: 'true',
      GITHUB_API_URL: this.server.url,
      GITHUB_SERVER_URL: `file://${this.home}`,
      GITHUB_REPOSITORY: 'octo/app',
      GITHUB_EVENT_NAME: options.event,
      GITHUB_REF: 'refs/heads/main',
      GITHUB_RUN_ID: '100',
      GITHUB_ACTION_REPOSITORY: 'octo/bailiwick',
      GITHUB_ACTION_REF: 'f'.repeat(40),
      GITHUB_WORKSPACE: directory,
      RUNNER_TEMP: directory,
      GIT_TRACE2_EVENT: trace,
      ...options.environment,
    };
    const { code, stdout, stderr } = await start(
      process.execPath,
      [bundle],
      directory,
      environment,
    );
    return {
      code,
      stdout,
      stderr,
      outputs: parseOutputs(readFileSync(paths.GITHUB_OUTPUT, 'utf8')),
      summary: readFileSync(paths.GITHUB_STEP_SUMMARY, 'utf8'),
      commands: stdout.split('\n').filter(isCommand),
      network: networkIn(readFileSync(trace, 'utf8')),
      trace: readFileSync(trace, 'utf8'),
    };
  }
}

/** The defaults of `action.yml`, as the runner fills them in. */
const DEFAULTS: Readonly<Record<string, string>> = {
  'github-token': 's3cret-token',
  base: '',
  fleet: 'pull-requests',
  land: 'merge',
  drafts: 'last',
  comment: 'true',
  'comment-author': 'github-actions[bot]',
  state: '',
  page: '',
};

const inputsOf = (inputs: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ ...DEFAULTS, ...inputs }).map(([name, value]) => [
      `INPUT_${name.toUpperCase()}`,
      value,
    ]),
  );

/** What the runner takes for a command: its documentation, and actions/runner `ActionCommand`. */
const isCommand = (line: string): boolean => /^\s*::[a-z]/i.test(line) || line.includes('##[');

function start(
  program: string,
  args: readonly string[],
  cwd: string,
  env: Record<string, string>,
): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 255, stdout, stderr }));
  });
}

/** `name<<delimiter`, lines, `delimiter`: the form of the runner's files. */
function parseOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  for (const [, name, , value] of text.matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n\2$/gm))
    outputs[name!] = value!;
  return outputs;
}

/** Top-level git commands that talk to the remote; a lazy fetch would show as one more. */
function networkIn(trace: string): string[] {
  const lines = trace.split('\n').filter(Boolean);
  const starts = lines.map((line) => JSON.parse(line) as { event: string; argv?: string[] });
  return starts
    .filter(({ event }) => event === 'start')
    .flatMap(
      ({ argv = [] }) => argv.find((word) => word === 'fetch' || word === 'ls-remote') ?? [],
    );
}
