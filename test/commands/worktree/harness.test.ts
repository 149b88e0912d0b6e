import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HARNESS_NAMES } from '../../../src/domain/harness/harness.ts';
import { scratchDirectory } from '../../support/repository.ts';
import { add, beside, fleetRepository, remove, traces, worktreeNames } from './fixture.ts';

const set = (...harnesses: string[]): string[] => [
  'init',
  '--no-policy',
  '--harness',
  harnesses.join(','),
];

describe('the harness files of a worktree', () => {
  it('come with it, stay out of git, and go with it', async () => {
    const repository = fleetRepository();
    repository.bailiwick(set(...HARNESS_NAMES));
    const before = traces(repository);
    expect((await add(repository, { agents: ['a3'] })).verdict).toBe('allowed');
    const worktree = beside(repository, 'wt-a3-main');
    for (const name of ['.codex/hooks.json', '.codex/config.toml', '.mcp.json', 'opencode.json'])
      expect(worktree.read(name), name).toBe(repository.read(name));
    // What the main checkout's own says for all of them has no copy.
    expect(existsSync(join(worktree.directory, '.claude'))).toBe(false);
    expect(worktree.git('status', '--porcelain')).toBe('');
    const { data } = await add(repository, { agents: ['a3'] });
    expect(data.worktrees).toMatchObject([{ outcome: 'unchanged' }]);
    expect((await remove(repository, { names: ['a3'] })).verdict).toBe('allowed');
    expect(worktreeNames(repository)).toEqual(['my repo']);
    expect(traces(repository)).toEqual(before);
  });

  it('that init wrote go as well; one that somebody changed keeps the worktree', async () => {
    const repository = fleetRepository();
    await add(repository, { agents: ['a3'] });
    repository.bailiwick(set('codex', 'copilot'));
    const worktree = beside(repository, 'wt-a3-main');
    const file = '.codex/config.toml';
    worktree.write(file, `${worktree.read(file)}model = "x"\n`);
    const { data } = await remove(repository, { names: ['a3'] });
    expect(data.worktrees[0]!.obstacles).toMatchObject([{ kind: 'ignored', examples: [file] }]);
    repository.bailiwick(set('codex'));
    expect(worktree.read(file)).toContain('model = "x"');
    writeFileSync(join(worktree.directory, file), repository.read(file));
    expect((await remove(repository, { names: ['a3'] })).verdict).toBe('allowed');
  });

  it('are not written over what is tracked, over somebody’s own, or through a link', async () => {
    const outside = scratchDirectory();
    const own = '{"mcpServers":{"other":{"command":"x"}}}';
    const repository = fleetRepository(undefined, { '.qwen/settings.json': '{"mine":1}\n' });
    symlinkSync(outside, join(repository.directory, '.factory'));
    repository.commit('link');
    repository.bailiwick(set('claude', 'codex', 'droid', 'qwen'));
    repository.git('checkout', '-q', '--', '.');
    await add(repository, { agents: ['a3'] });
    const worktree = beside(repository, 'wt-a3-main');
    expect(worktree.read('.qwen/settings.json')).toBe('{"mine":1}\n');
    expect(existsSync(join(outside, 'hooks.json'))).toBe(false);
    expect(worktree.git('status', '--porcelain')).toBe('');
    mkdirSync(join(worktree.directory, '.codex'), { recursive: true });
    worktree.write('.mcp.json', own);
    const { data } = await add(repository, { agents: ['a3'] });
    expect(worktree.read('.mcp.json')).toBe(own);
    expect(data.notes.join()).toContain('.mcp.json was changed by hand');
    const { data: kept } = await remove(repository, { names: ['a3'] });
    expect(kept.worktrees[0]!.obstacles).toMatchObject([{ examples: ['.mcp.json'] }]);
  });
});
