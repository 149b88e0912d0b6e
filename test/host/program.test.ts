import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { programName } from '../../src/host/program.ts';
import { typedCommand } from '../../src/render/hint.ts';
import { hostIn } from '../support/host.ts';
import { scratchDirectory, TestRepository } from '../support/repository.ts';

const repository = TestRepository.create();
const project = repository.directory;
const installed = join(project, 'node_modules/bailiwick');
mkdirSync(installed, { recursive: true });

describe('the name to start bailiwick by', () => {
  it('is npx inside the project that has it, but not in a worktree beside it', () => {
    const host = hostIn(repository, { packageDirectory: installed });
    expect(programName(host)).toBe('npx bailiwick');
    expect(programName({ ...host, cwd: join(project, '../wt-a1') })).toBe(
      `node ${installed}/dist/cli.js`,
    );
  });

  it('is its own name on the PATH, unless only npm put it there', () => {
    const bin = join(scratchDirectory(), 'bin');
    const npm = join(scratchDirectory(), 'node_modules/.bin');
    for (const directory of [bin, npm]) {
      mkdirSync(directory, { recursive: true });
      writeFileSync(join(directory, 'bailiwick'), '', { mode: 0o755 });
    }
    const on = (directory: string): string =>
      programName(
        hostIn(repository, { environment: { PATH: directory }, packageDirectory: '/opt/my tool' }),
      );
    expect(on(bin)).toBe('bailiwick');
    expect(on(npm)).toBe("node '/opt/my tool/dist/cli.js'");
  });
});

describe('a command', () => {
  it('is named as it can be typed here, wherever it stands in it', () => {
    const typed = (command: string): string => typedCommand(command, { program: 'npx bailiwick' });
    expect(typed('bailiwick lint')).toBe('npx bailiwick lint');
    expect(typed('git show main:ownership.yml | bailiwick lint -')).toBe(
      'git show main:ownership.yml | npx bailiwick lint -',
    );
    expect(typed('cd bailiwick && bailiwick owner a')).toBe(
      'cd bailiwick && npx bailiwick owner a',
    );
    expect(typed('npm install --save-dev bailiwick')).toBe('npm install --save-dev bailiwick');
    expect(typedCommand('bailiwick lint', { program: 'bailiwick' })).toBe('bailiwick lint');
  });
});
