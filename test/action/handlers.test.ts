import { execFile } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { guardedRepository } from '../support/guarded.ts';
import { packageRoot, type TestRepository } from '../support/repository.ts';

let repository: TestRepository;

/** `octo/app` with an open pull request of a1, and two places without a git that works. */
beforeAll(() => {
  repository = guardedRepository();
  const { home } = repository;
  mkdirSync(join(home, 'octo'));
  repository.git('init', '-q', '--bare', '-b', 'main', '../octo/app.git');
  repository.git('switch', '-q', '-c', 'feat/a1/x');
  repository.commit('x', { 'services/core/core.py': 'x\n' });
  const refs = ['main', 'HEAD:refs/heads/feat/a1/x', 'HEAD:refs/pull/1/head'];
  repository.git('push', '-q', '--no-verify', '../octo/app.git', ...refs);
  repository.write('../broken/git', '#!/bin/sh\nexit 3\n', 0o755);
  repository.write('../without/.keep');
  symlinkSync('/bin/sh', join(home, 'without/sh'));
  const repo = { id: 1, full_name: 'octo/app', default_branch: 'main' };
  const side = (ref: string): object => ({ ref, repo, sha: repository.git('rev-parse', ref) });
  const user = { login: 'ann', id: 1 };
  const pull = { number: 1, user, head: side('feat/a1/x'), base: side('main') };
  const event = { action: 'opened', number: 1, repository: repo, pull_request: pull };
  repository.write('../event.json', JSON.stringify(event));
  repository.write('../cut.json', '{');
  repository.write('../null.json', 'null');
});

/** What a runner sets; `home` stands for the directory of the test. */
const RUNNER = {
  GITHUB_ACTIONS: 'true',
  GITHUB_REPOSITORY: 'octo/app',
  GITHUB_SERVER_URL: 'file://home',
  GITHUB_EVENT_NAME: 'pull_request_target',
  GITHUB_EVENT_PATH: 'home/event.json',
  RUNNER_TEMP: 'home',
  INPUT_MODE: 'gate',
  INPUT_FLEET: 'pull-requests',
  INPUT_LAND: 'merge',
  INPUT_COMMENT: 'false',
};

interface Step {
  readonly code: number | null;
  readonly said: string;
}

/** At the same time as others: what is waited for is the start of programs. */
function run(number: number, more: Record<string, string>): Promise<Step> {
  const { home, directory, environment } = repository;
  const files = {
    GITHUB_OUTPUT: `home/output-${number}`,
    GITHUB_STEP_SUMMARY: `home/sum-${number}`,
  };
  for (const file of Object.values(files)) repository.write(file.replace('home', '..'), '');
  const set = Object.entries({ ...RUNNER, ...files, ...more }).map(
    ([name, value]) => [name, value.replaceAll('home', home)] as const,
  );
  return new Promise((resolve) => {
    const env = { ...environment, ...Object.fromEntries(set) };
    const child = execFile(
      process.execPath,
      [join(packageRoot, 'action/dist/index.js')],
      { cwd: directory, env },
      (_error, stdout, stderr) => resolve({ code: child.exitCode, said: stdout + stderr }),
    );
  });
}

const FAULTS: Record<string, Record<string, string>> = {
  'git is not there': { PATH: 'home/without' },
  'git ends at once': { PATH: 'home/broken:home/without' },
  'the server is not there': { GITHUB_SERVER_URL: 'file://home/nowhere' },
  'the event is cut off': { GITHUB_EVENT_PATH: 'home/cut.json' },
  'the event is nothing': { GITHUB_EVENT_PATH: 'home/null.json' },
  'the event is a directory': { GITHUB_EVENT_PATH: 'home' },
  'the event is of another kind': { GITHUB_EVENT_NAME: 'watch' },
  'an input means nothing': { INPUT_MODE: 'gates' },
  'it is no workflow': { GITHUB_REPOSITORY: '' },
  'outputs cannot be written': { GITHUB_OUTPUT: 'home' },
  'the summary cannot be written': { GITHUB_STEP_SUMMARY: 'home/nowhere/summary' },
  'the report cannot be written': { RUNNER_TEMP: 'home/event.json' },
};

describe('47: the gate, where a step of it fails', () => {
  it('ends with 2 and one reason', async () => {
    const ended = await Promise.all(
      [{}, ...Object.values(FAULTS)].map(async (more, number) => {
        const { code, said } = await run(number, more);
        const reasons = said.split('\n').filter((line) => line.startsWith('bailiwick cannot'));
        return { code, reasons: reasons.length, ours: /^ {4}at |node:internal/m.test(said) };
      }),
    );
    expect(
      Object.fromEntries(['nothing', ...Object.keys(FAULTS)].map((of, at) => [of, ended[at]])),
    ).toEqual({
      nothing: { code: 0, reasons: 0, ours: false },
      ...Object.fromEntries(
        Object.keys(FAULTS).map((of) => [of, { code: 2, reasons: 1, ours: false }]),
      ),
    });
  });
});
