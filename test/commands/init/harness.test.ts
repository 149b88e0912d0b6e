import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { runInit } from '../../../src/commands/init.ts';
import { HARNESS_NAMES } from '../../../src/domain/harness/harness.ts';
import { guardedRepository } from '../../support/guarded.ts';
import { hostIn } from '../../support/host.ts';
import { scratchDirectory, type TestRepository } from '../../support/repository.ts';

let main: TestRepository;
let a1: TestRepository;

beforeEach(() => {
  main = guardedRepository();
  main.git('worktree', 'add', '-q', '-b', 'feat/a1/work', '../wt-a1');
  a1 = main.at('../wt-a1');
});

const init = (...args: string[]) => main.bailiwick(['init', '--no-policy', ...args]);

/** Every file of both checkouts and the shared configuration, byte for byte. */
function everything(): Record<string, string> {
  const list = [main, a1].flatMap(({ directory }) =>
    main
      .run('find', [directory, '-path', '*/.git/*', '-prune', '-o', '-print'])
      .stdout.trim()
      .split('\n'),
  );
  const shared = ['config', 'info/exclude', 'hooks/pre-commit'].map((name) =>
    join(main.directory, '.git', name),
  );
  return Object.fromEntries(
    [...list, ...shared].map((path) => {
      try {
        return [path, readFileSync(path, 'latin1')];
      } catch {
        return [path, existsSync(path) ? 'a directory' : 'nothing'];
      }
    }),
  );
}

describe('init --harness', () => {
  it('sets up every harness, twice changes nothing, and uninstall restores every byte', () => {
    main.write('.claude/settings.local.json', '\ufeff{"model":"x",\r\n\t"hooks":{"Stop":[]}}');
    main.write('.gemini/settings.json', '{\n  // mine\n  "theme": "dark", /* yes */\n}');
    main.write(
      '.cursor/hooks.json',
      '{ "version": 1, "hooks": { "stop": [{ "command": "x" }] } }\n',
    );
    main.write('.codex/config.toml', '# mine\nmodel = "x"');
    main.write('.mcp.json', '{"mcpServers":{"other":{"command":"x"}}}');
    const before = everything();
    const first = init('--harness', HARNESS_NAMES.join(','));
    expect(first.code, first.stdout).toBe(0);
    const made = everything();
    expect(init('--harness', HARNESS_NAMES.join(',')).code).toBe(0);
    expect(everything()).toEqual(made);
    // Nothing of it is in anybody's way.
    for (const each of [main, a1])
      expect(
        each.git(
          'status',
          '--porcelain',
          '--untracked-files=all',
          '--',
          ':!.gemini',
          ':!.cursor',
          ':!.claude',
          ':!.codex',
          ':!.mcp.json',
        ),
      ).toBe('');
    expect(main.read('.gemini/settings.json')).toContain('// mine');
    expect(JSON.parse(main.read('.mcp.json'))).toEqual({
      mcpServers: {
        other: { command: 'x' },
        bailiwick: { command: 'git', args: ['bailiwick', 'mcp'] },
      },
    });
    expect(a1.read('.codex/config.toml')).toContain('[mcp_servers.bailiwick]');
    init('--uninstall');
    expect(everything()).toEqual(before);
  });

  it('has the running server answer before an edit when that is asked for, and keeps it so', () => {
    main.write('.claude/settings.local.json', '{"model":"x"}');
    const before = everything();
    const server = ['--harness', 'claude', '--edit-hook', 'server'];
    const said = init(...server);
    expect(said.code, said.stderr).toBe(0);
    expect(said.stdout.replace(/\s+/g, ' ')).toContain(
      'refuses every edit and every shell command',
    );
    const made = everything();
    const hookIn = (): object => {
      const settings = JSON.parse(main.read('.claude/settings.local.json')) as {
        hooks: { PreToolUse: { hooks: object[] }[] };
      };
      expect(settings.hooks.PreToolUse).toHaveLength(1);
      return settings.hooks.PreToolUse[0]!.hooks[0]!;
    };
    expect(hookIn()).toMatchObject({ type: 'mcp_tool', onFailure: 'block', tool: 'agent-hook' });
    for (const again of [server, ['--harness', 'claude']]) {
      expect(init(...again).code).toBe(0);
      expect(everything()).toEqual(made);
    }
    expect(main.bailiwick(['doctor']).stdout).not.toContain('harness-');
    main.write('.claude/settings.json', '{"disabledMcpjsonServers": ["x", "bailiwick"]}');
    expect(main.bailiwick(['doctor']).stdout.replace(/\s+/g, ' ')).toContain(
      'disables the server bailiwick',
    );
    rmSync(join(main.directory, '.claude/settings.json'));
    expect(init('--harness', 'claude', '--edit-hook', 'command').code).toBe(0);
    expect(hookIn()).toMatchObject({ type: 'command', onFailure: 'block' });
    expect(init(...server).code).toBe(0);
    init('--uninstall');
    expect(everything()).toEqual(before);
    expect(init('--harness', 'codex', '--edit-hook', 'server').code).toBe(2);
  });

  it('leaves what others added since, and takes out only its own', () => {
    init('--harness', 'claude');
    const file = '.claude/settings.local.json';
    const settings = JSON.parse(main.read(file)) as {
      hooks: Record<string, unknown[]>;
      model?: string;
    };
    settings.model = 'x';
    settings.hooks['Stop']!.push({ hooks: [{ type: 'command', command: 'mine' }] });
    main.write(file, JSON.stringify(settings, null, 4));
    init('--uninstall');
    expect(JSON.parse(main.read(file))).toEqual({
      model: 'x',
      hooks: { Stop: [{ hooks: [{ type: 'command', command: 'mine' }] }] },
    });
  });

  it('takes nothing out of files that it never wrote, whatever is in them', () => {
    const files: Record<string, string> = {
      '.claude/settings.local.json': '{ "x": ',
      '.mcp.json': '[]\n',
      '.cursor/hooks.json': '{"version":1}\n',
      '.gemini/settings.json': '{}{}\n',
      '.qwen/settings.json': '{}\n',
      '.factory/hooks.json': '',
    };
    for (const [path, text] of Object.entries(files)) main.write(path, text);
    expect(init('--harness', 'claude,gemini').code).toBe(2);
    expect(init('--uninstall').code).toBe(0);
    for (const [path, text] of Object.entries(files)) expect(main.read(path)).toBe(text);
  });

  it('leaves a file that was there, also when a harness wrote it anew or it is broken since', () => {
    main.write('.qwen/settings.json', '{ }\n');
    main.write('.gemini/settings.json', '{"model":"x"}\n');
    main.write('.cursor/hooks.json', '{"version":1}\n');
    init('--harness', 'qwen,gemini,cursor,droid');
    for (const path of ['.qwen/settings.json', '.gemini/settings.json', '.cursor/hooks.json'])
      main.write(path, `${JSON.stringify(JSON.parse(main.read(path)))}\n\n`);
    main.write('.factory/hooks.json', `${main.read('.factory/hooks.json')}oops\n`);
    const broken = main.read('.factory/hooks.json');
    const outcome = init('--uninstall');
    expect(outcome.code).toBe(2);
    expect(outcome.stdout.replace(/\s+/g, ' ')).toContain(
      '.factory/hooks.json still names the guard, and was left alone because it is not JSON',
    );
    expect(main.read('.qwen/settings.json')).toBe('{ }\n');
    expect(JSON.parse(main.read('.gemini/settings.json'))).toEqual({ model: 'x' });
    expect(JSON.parse(main.read('.cursor/hooks.json'))).toEqual({ version: 1 });
    expect(main.read('.factory/hooks.json')).toBe(broken);
  });

  it.each<[what: string, harness: string, file: string, content: string]>([
    ['half a file', 'claude', '.claude/settings.local.json', '{"hooks":'],
    ['a comment that Claude Code does not read', 'claude', '.claude/settings.local.json', '{/**/}'],
    ['hooks of another form', 'codex', '.codex/hooks.json', '{"hooks":[]}'],
    ['a file of somebody else', 'copilot', '.github/hooks/bailiwick.json', '{"hooks":{}}'],
    ['bytes that are not UTF-8', 'gemini', '.gemini/settings.json', '\xff'],
  ])('%s is left alone, and the lines to add are said', (_what, harness, file, content) => {
    main.write(file, Buffer.from(content, 'latin1'));
    const outcome = init('--harness', harness);
    expect(outcome.code).toBe(2);
    expect(outcome.stdout.replace(/\s+/g, ' ')).toContain('To be added there by hand');
    expect(outcome.stdout).toContain('agent-hook');
    expect(readFileSync(join(main.directory, file), 'latin1')).toBe(content);
  });

  it('writes nothing through a link that leads out', () => {
    const outside = scratchDirectory();
    symlinkSync(outside, join(main.directory, '.claude'));
    expect(init('--harness', 'claude').code).toBe(2);
    expect(existsSync(join(outside, 'settings.local.json'))).toBe(false);
  });

  it('leaves a tracked file of another worktree to the next merge', () => {
    main.commit('gemini', { '.gemini/settings.json': '{}\n' });
    a1.git('merge', '-q', 'main');
    const outcome = init('--harness', 'gemini');
    expect(outcome.stdout.replace(/\s+/g, ' ')).toContain('is tracked by git');
    expect(a1.git('status', '--porcelain')).toBe('');
    expect(main.git('status', '--porcelain')).toContain('.gemini/settings.json');
    expect(outcome.stdout.replace(/\s+/g, ' ')).toContain('git add .gemini/settings.json');
  });

  it('auto takes those whose folder or program is there', () => {
    mkdirSync(join(main.directory, '.qwen'));
    const environment = { PATH: process.env['PATH']!.split(':').slice(-3).join(':') };
    const outcome = main.bailiwick(['init', '--no-policy', '--harness', 'auto'], { environment });
    expect(outcome.code, outcome.stderr).toBe(0);
    expect(existsSync(join(main.directory, '.qwen/settings.json'))).toBe(true);
    expect(existsSync(join(main.directory, '.codex'))).toBe(false);
  });

  it('knows no other names', () => {
    const outcome = init('--harness', 'claude,vim');
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toContain("'vim' is not a harness");
  });

  it('does nothing in a dry run', () => {
    const before = everything();
    expect(init('--harness', 'claude,copilot', '--dry-run').stdout).toContain(
      '.claude/settings.local.json',
    );
    expect(everything()).toEqual(before);
  });

  it('says where trust has to be given', () => {
    const said = init('--harness', 'codex,copilot').stdout.replace(/\s+/g, ' ');
    expect(said).toContain('type /hooks in Codex');
    expect(said).toContain('trust the folder');
  });
});

describe('init --instructions', () => {
  it('asks by a note, writes when told to, once, and is taken out exactly', async () => {
    const before = { 'AGENTS.md': '# Ours', 'CLAUDE.md': 'mine\n' };
    for (const [name, text] of Object.entries(before)) main.write(name, text);
    const all = everything();
    const said = init('--harness', 'claude,codex').stdout.replace(/\s+/g, ' ');
    expect(said).toContain('init --instructions auto');
    expect(main.read('AGENTS.md')).toBe('# Ours');
    const questions: string[] = [];
    const host = hostIn(main, {
      confirm: (question) => Promise.resolve(questions.push(question) === 1 ? false : true),
    });
    await runInit(host, { policy: false, harness: 'claude' });
    expect(main.read('CLAUDE.md')).toBe('mine\n');
    expect(init('--instructions', 'auto').code).toBe(0);
    for (const name of Object.keys(before)) expect(main.read(name)).toContain('bailiwick whoami');
    const made = everything();
    expect(init('--instructions', 'AGENTS.md,CLAUDE.md').code).toBe(0);
    expect(everything()).toEqual(made);
    expect(init('--instructions', 'README.md').stderr).toContain("'README.md' is not a file");
    init('--uninstall');
    expect(everything()).toEqual(all);
    expect(questions).toEqual([
      'Add a short block that says how the parts are divided to AGENTS.md and CLAUDE.md?',
    ]);
  });

  it('follows a link in the checkout, and none that leads out', () => {
    main.write('AGENTS.md', 'one\n');
    symlinkSync('AGENTS.md', join(main.directory, 'CLAUDE.md'));
    const outside = scratchDirectory();
    symlinkSync(join(outside, 'x'), join(main.directory, 'GEMINI.md'));
    init('--instructions', 'AGENTS.md,CLAUDE.md,GEMINI.md');
    expect(main.read('CLAUDE.md').match(/bailiwick: begin/g)).toHaveLength(1);
    expect(existsSync(join(outside, 'x'))).toBe(false);
    init('--uninstall');
    expect(main.read('AGENTS.md')).toBe('one\n');
  });
});

describe('git bailiwick', () => {
  beforeEach(() => void init());

  it('works in every worktree, from every directory of it', () => {
    const inside = a1.at('services/core');
    expect(inside.git('bailiwick', 'whoami')).toContain('branch feat/a1/work');
    expect(inside.git('bailiwick', 'owner', './core.py')).toContain('services/core/core.py');
    expect(main.git('bailiwick', 'whoami')).toContain('no agent');
    const other = main.at('services');
    expect(other.run('git', ['-C', '../../wt-a1', 'bailiwick', 'whoami']).stdout).toContain('a1');
  });

  it('passes on arguments and the exit code as they are', () => {
    const refused = a1.run('git', [
      'bailiwick',
      'check',
      '--paths',
      'web/a b $(x).ts',
      '--agent',
      'a1',
    ]);
    expect(refused.code).toBe(1);
    expect(refused.stdout).toContain('web/a b $(x).ts');
  });

  it('is what hints are written with', () => {
    a1.write('web/app.ts', 'x\n');
    const { stdout } = a1.run('git', ['bailiwick', 'check', '--paths', 'services/common/util.py']);
    expect(stdout).toContain('git bailiwick lock acquire common');
    expect(stdout).not.toContain('cli.js');
  });

  it('keeps a repository that was asked for by name', () => {
    const other = guardedRepository();
    other.bailiwick(['init', '--no-policy']);
    other.git('switch', '-q', '-c', 'feat/a2/work');
    const environment = { GIT_DIR: join(other.directory, '.git') };
    const { stdout } = other.run('git', ['bailiwick', 'whoami'], { environment });
    expect(stdout).toContain('a2');
  });

  it('is somebody else’s where they have one', () => {
    const other = guardedRepository();
    other.git('config', 'alias.bailiwick', 'status');
    other.bailiwick(['init', '--no-policy']);
    expect(other.git('config', 'alias.bailiwick')).toBe('status');
    other.bailiwick(['init', '--uninstall']);
    expect(other.git('config', 'alias.bailiwick')).toBe('status');
  });

  it('refuses where the package is gone, and says how to go on', () => {
    main.git(
      'config',
      'alias.bailiwick',
      main.git('config', 'alias.bailiwick').replace(/=\S+;/, '=/gone;'),
    );
    const outcome = a1.run('git', ['bailiwick', 'agent-hook', 'claude'], { input: '{}' });
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toContain('/gone is gone');
    expect(outcome.stderr).toContain('npx bailiwick init');
    const advice = ['bailiwick', 'agent-hook', 'claude', 'advice'];
    expect(a1.run('git', advice, { input: '{}' }).code).toBe(0);
  });

  it('answers a harness', () => {
    const input = JSON.stringify({
      hook_event_name: 'PreToolUse',
      cwd: a1.directory,
      tool_name: 'Write',
      tool_input: { file_path: 'web/app.ts' },
    });
    const outcome = a1.run('git', ['bailiwick', 'agent-hook', 'claude'], { input });
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toContain('run git bailiwick request open :/web/app.ts');
  });

  it.each(['exit 1', 'exit 127', 'kill -9 $$'])('refuses with a node that does: %s', (what) => {
    const bin = scratchDirectory();
    writeFileSync(join(bin, 'node'), `#!/bin/sh\n${what}\n`, { mode: 0o755 });
    const environment = { PATH: `${bin}:${process.env['PATH']}` };
    const outcome = a1.run('git', ['bailiwick', 'agent-hook', 'codex'], {
      input: '{}',
      environment,
    });
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toContain('cannot decide');
    // A hook at the end of a turn that fails would have the turn begin again.
    const advice = ['bailiwick', 'agent-hook', 'codex', 'advice'];
    expect(a1.run('git', advice, { input: '{}', environment }).code).toBe(0);
  });

  it('refuses without node', () => {
    const bin = scratchDirectory();
    for (const name of ['git', 'sh'])
      symlinkSync(main.run('sh', ['-c', `command -v ${name}`]).stdout.trim(), join(bin, name));
    const environment = { PATH: bin, HOME: bin };
    const outcome = a1.run('git', ['bailiwick', 'agent-hook', 'codex'], {
      input: '{}',
      environment,
    });
    // Where the system has a node in a usual place, that one is found and refuses the payload.
    expect(outcome.code).toBe(2);
    rmSync(bin, { recursive: true });
  });
});
