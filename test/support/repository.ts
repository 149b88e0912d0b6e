import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Repo } from '../../src/domain/repo.ts';
import { hermeticEnvironment } from './environment.ts';

/** The checkout under test: where `dist/`, `hooks/` and `docs/` are. */
export const packageRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A fresh directory outside the project, removed when all tests have ended. */
export const scratchDirectory = (): string => realpathSync(mkdtempSync(join(tmpdir(), 'test-')));

/** A real repository in a temporary directory, driven by the real git. */
export class TestRepository {
  readonly directory: string;
  readonly home: string;
  readonly environment: Record<string, string>;
  #time: number;

  constructor(
    directory: string,
    home: string,
    environment: Record<string, string> = {},
    time = 1_700_000_000,
  ) {
    this.directory = directory;
    this.home = home;
    this.environment = hermeticEnvironment(home, environment);
    this.#time = time;
  }

  /** A new repository on branch `main`, without commits. */
  static create(
    options: { format?: 'sha1' | 'sha256'; name?: string; bare?: boolean } = {},
  ): TestRepository {
    const home = scratchDirectory();
    const repository = new TestRepository(join(home, options.name ?? 'repo'), home);
    mkdirSync(repository.directory, { recursive: true });
    const bare = options.bare ? ['--bare'] : [];
    repository.git(
      'init',
      '-q',
      '-b',
      'main',
      `--object-format=${options.format ?? 'sha1'}`,
      ...bare,
    );
    return repository;
  }

  /** What `src/git` takes. */
  get repo(): Repo {
    return { directory: this.directory, environment: this.environment };
  }

  /** The same repository seen from another directory, such as a linked worktree. */
  at(directory: string, environment: Record<string, string> = {}): TestRepository {
    return new TestRepository(
      join(this.directory, directory),
      this.home,
      environment,
      (this.#time += 1000),
    );
  }

  /** Runs a program here. The clock of commits ticks by one minute with every call. */
  run(
    program: string,
    args: readonly string[],
    options: { input?: string | Uint8Array; environment?: Record<string, string> } = {},
  ): Outcome {
    this.#time += 60;
    const date = `${this.#time} +0000`;
    const result = spawnSync(program, args, {
      cwd: this.directory,
      env: {
        ...this.environment,
        GIT_AUTHOR_DATE: date,
        GIT_COMMITTER_DATE: date,
        ...options.environment,
      },
      input: options.input ?? '',
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    // A program may end without having read its input.
    const { error } = result;
    if (error && !('code' in error && error.code === 'EPIPE')) throw error;
    return { code: result.status ?? 255, stdout: result.stdout, stderr: result.stderr };
  }

  /** Runs git and gives what it printed, trimmed. Throws when it fails. */
  git(...args: string[]): string {
    const outcome = this.run('git', args);
    if (outcome.code !== 0)
      throw new Error(
        `git ${args.join(' ')} ended with ${outcome.code}\n${outcome.stdout}${outcome.stderr}`,
      );
    return outcome.stdout.trim();
  }

  /** Runs git and gives whatever happened. */
  tryGit(...args: string[]): Outcome {
    return this.run('git', args);
  }

  /** Runs the built command line. */
  bailiwick(
    args: readonly string[],
    options: { input?: string | Uint8Array; environment?: Record<string, string> } = {},
  ): Outcome {
    return this.run(process.execPath, [join(packageRoot, 'dist/cli.js'), ...args], options);
  }

  write(path: string, content: string | Uint8Array = `${path}\n`, mode?: number): void {
    const file = join(this.directory, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    if (mode !== undefined) chmodSync(file, mode);
  }

  /**
   * Changes a file in a way that git sees only by reading it: in the second in which it wrote the
   * index, and to the same size. See "racy git" in git's own documentation.
   *
   * @param mark an option of `git update-index` for the file.
   */
  writeUnseen(path: string, content: string, mark = '--no-skip-worktree'): void {
    const index = this.git('rev-parse', '--path-format=absolute', '--git-path', 'index');
    const time = 1_700_000_000;
    const file = join(this.directory, path);
    // What stands in for the second: nobody can set the time that this looks at.
    this.git('config', 'core.trustCtime', 'false');
    utimesSync(file, time, time);
    this.git('update-index', '--refresh');
    this.git('update-index', mark, path);
    utimesSync(index, time, time);
    this.write(path, content);
    utimesSync(file, time, time);
  }

  read(path: string): string {
    return readFileSync(join(this.directory, path), 'utf8');
  }

  /** Writes files, adds them and commits, without running hooks. */
  commit(message: string, files: Record<string, string> = {}): string {
    for (const [path, content] of Object.entries(files)) this.write(path, content);
    this.git('add', '-A');
    this.git('commit', '-q', '--no-verify', '--allow-empty', '-m', message);
    return this.git('rev-parse', 'HEAD');
  }
}
