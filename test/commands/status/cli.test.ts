import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StatusData } from '../../../src/domain/reports/status.ts';
import { POLICY } from '../../support/policy.ts';
import { packageRoot, scratchDirectory, TestRepository } from '../../support/repository.ts';
import { Fleet } from './fixture.ts';

describe('bailiwick status', () => {
  it('ends with 0 whatever is wrong, and says it', () => {
    const fleet = new Fleet();
    const tree = fleet.worktree('wt a1', 'feat/a1/x');
    tree.write('services/api/api.py', 'x\n');
    const { code, stdout, stderr } = tree.bailiwick(['status']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('owned-by-other  services/api/api.py (a2)');
    const there = fleet.main.bailiwick(['status', '-C', '../wt a1']);
    expect(there.stdout).toContain('*  a1     feat/a1/x');
  });

  it('shows hostile names as what they are, in colour only where that is wanted', () => {
    const fleet = new Fleet();
    const tree = fleet.worktree('wt-a1', 'feat/a1/\u202ex');
    tree.write('web/\x1b[2J\n::error::x.ts', 'x\n');
    const shown = (environment: Record<string, string>) =>
      fleet.main.bailiwick(['status'], { environment }).stdout;
    expect(shown({})).not.toMatch(/[\x00-\x09\x0b-\x1f\u202e]|^\s*::/m);
    expect(shown({})).toContain('feat/a1/\\u202ex');
    const coloured = shown({ FORCE_COLOR: '1' });
    expect(coloured).toContain('\x1b[31m');
    expect(coloured.replace(/\x1b\[\d+m/g, '').replace(/ +$/gm, '')).toBe(shown({}));
    expect(shown({ FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(shown({}));
  });

  it('prints one envelope with --json', () => {
    const fleet = new Fleet();
    fleet.worktree('wt-a1', 'feat/a1/x').write('services/api/api.py', 'x\n');
    const { code, stdout } = fleet.main.bailiwick(['status', '--json', '--no-overlap']);
    const report = JSON.parse(stdout) as { command: string; findings: unknown[]; data: StatusData };
    expect(code).toBe(0);
    expect(report).toMatchObject({ schema: 'bailiwick/1', command: 'status', verdict: 'allowed' });
    expect(report.findings).toMatchObject([{ code: 'owned-by-other', severity: 'warning' }]);
    expect(report.data.overlap.state).toBe('skipped');
    expect(report.data.rows.map(({ branch }) => branch)).toEqual(['feat/a1/x', 'main']);
  });

  it('ends with 2 where something cannot be decided, and shows the rest', () => {
    const fleet = new Fleet();
    fleet.main.write('.git/refs/heads/feat/a1/lost', `${'f'.repeat(40)}\n`);
    const { code, stdout } = fleet.main.bailiwick(['status']);
    expect(code).toBe(2);
    expect(stdout).toMatch(
      /^bailiwick: 1 worktree and 1 other branch, 1 needs attention, not all decided/,
    );
    expect(stdout).toContain('not decided: objects of its history are missing here');
  });

  it('ends with 2 and the first step where there is no policy', () => {
    const repository = TestRepository.create();
    repository.commit('first', { a: 'a\n' });
    const { code, stderr } = repository.bailiwick(['status']);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /there is no ownership.yml.*\n {2}-> To write a first one, run .* init\n/,
    );
  });

  it.each([[['--watch']], [['--watch', '--json']], [['--watch', '--format', 'json']]])(
    '%j without a terminal is wrong usage',
    (options) => {
      const { code, stdout, stderr } = new Fleet().main.bailiwick(['status', ...options]);
      expect(code).toBe(2);
      expect(stdout + stderr).toMatch(/--watch draws on a terminal/);
      expect(stdout).not.toContain('\x1b');
    },
  );
});

describe('bailiwick alone', () => {
  const start = (directory: string, ...args: string[]) =>
    new TestRepository(directory, directory).bailiwick(args);

  it('is the status in a repository with a policy, also from elsewhere', () => {
    const { main } = new Fleet();
    const { code, stdout } = main.bailiwick([]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^bailiwick: 1 worktree, all in order \(policy main@/);
    const elsewhere = start(scratchDirectory(), '-C', main.directory);
    expect(elsewhere).toMatchObject({ code: 0 });
    expect(elsewhere.stdout).toMatch(/^bailiwick: 1 worktree, all in order/);
  });

  it('is the help and the first step in a repository without one', () => {
    const repository = TestRepository.create();
    const { code, stdout } = repository.bailiwick([]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Usage: bailiwick/);
    expect(stdout).toMatch(/\nTo begin here, run .* init\n$/);
  });

  it('is the help outside a repository', () => {
    const { code, stdout } = start(scratchDirectory());
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Usage: bailiwick/);
    expect(stdout).not.toContain('To begin here');
  });

  it('says what is wrong with a policy, and with a directory that was named', () => {
    const repository = TestRepository.create();
    repository.commit('first', { 'ownership.yml': POLICY.replace('version: 1', 'version: 9') });
    expect(repository.bailiwick([])).toMatchObject({ code: 2, stdout: '' });
    expect(start(scratchDirectory(), '-C', '/nonexistent')).toMatchObject({ code: 2, stdout: '' });
  });
});

/** util-linux gives a program a terminal of its own; where it is missing nothing can be watched. */
const hasScript = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes(
  'util-linux',
);

describe.runIf(hasScript)('bailiwick status --watch', () => {
  it('draws again when the fleet changes, and Ctrl-C ends it with 0', async () => {
    const fleet = new Fleet();
    const tree = fleet.worktree('wt-a1', 'feat/a1/x');
    const cli = `'${process.execPath}' '${join(packageRoot, 'dist/cli.js')}'`;
    const command = `stty rows 40 cols 100; exec ${cli} status --watch --no-overlap`;
    const child = spawn('script', ['-qec', command, '/dev/null'], {
      cwd: fleet.main.directory,
      env: { ...fleet.main.environment, TERM: 'xterm' },
    });
    let seen = '';
    child.stdout.on('data', (chunk: Buffer) => (seen += chunk.toString()));
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    const until = async (text: string): Promise<void> => {
      while (!seen.includes(text)) {
        expect(child.exitCode).toBe(null);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    await until('Ctrl-C ends');
    expect(seen).toMatch(/^\x1b\[\?1049h\x1b\[\?25l/);
    mkdirSync(join(tree.directory, 'services/core'), { recursive: true });
    tree.commit('work', { 'services/core/new.py': 'x\n' });
    await until('To see when it is to land');
    child.stdin.write('\x03');
    expect(await ended).toBe(0);
    const end = seen.slice(seen.lastIndexOf('\x1b[?25h'));
    expect(end).toMatch(/^\x1b\[\?25h\x1b\[\?1049l/);
    expect(end).toContain('feat/a1/x');
  });
});
