import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { guardedRepository } from '../support/guarded.ts';
import { packageRoot } from '../support/repository.ts';

/** A package of its own, and a commit in its repository that is refused. */
function refusedBy() {
  const repository = guardedRepository();
  const copy = join(repository.home, 'package');
  for (const part of ['dist', 'hooks'])
    cpSync(join(packageRoot, part), join(copy, part), { recursive: true });
  repository.git('switch', '-q', '-c', 'feat/a1/work');
  repository.write('services/api/api.py', 'x\n');
  repository.git('add', '-A');
  const cache = join(copy, '.cache');
  return {
    copy,
    cache,
    repository,
    judge: () => {
      const { code, stderr } = repository.run('sh', [join(copy, 'hooks/run'), 'pre-commit']);
      return { code, finding: stderr.match(/^owned-by-other: .*/m)?.[0] };
    },
    /** The files that are kept of the part that each hook starts. */
    kept: () =>
      readdirSync(cache, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => join(parentPath, name))
        .filter(
          (path) => path.includes('hook-main') && path.endsWith(`${process.arch}-pre-commit`),
        ),
  };
}

const REFUSED = { code: 1, finding: 'owned-by-other: belongs to a2' };

describe('what V8 has made of the program is kept', () => {
  it('gives the same answer without it, with it, and with one that is broken', () => {
    const { judge, kept, cache } = refusedBy();
    expect(judge()).toEqual(REFUSED);
    const [file, ...others] = kept();
    expect({ file, others }).toEqual({
      file: expect.stringContaining(`${process.version}-${process.arch}`),
      others: [],
    });
    const whole = readFileSync(file!);
    expect(judge()).toEqual(REFUSED);
    for (const broken of ['', 'no code', whole.subarray(0, 5_000), Buffer.alloc(9_000)]) {
      writeFileSync(file!, broken);
      expect(judge()).toEqual(REFUSED);
    }
    rmSync(cache, { recursive: true });
    writeFileSync(cache, 'in the way');
    expect(judge()).toEqual(REFUSED);
  });

  it('is made anew for another program, and that of the earlier one goes', () => {
    const { copy, judge, kept } = refusedBy();
    judge();
    const before = kept();
    for (const [name, from, to] of [
      ['hook-main.cjs', 'belongs to ', 'belonged to'],
      ['hook.cjs', /'hook-main\.cjs': '\w+'/, "'hook-main.cjs': '0123456789abcdef'"],
    ] as const) {
      const file = join(copy, 'dist', name);
      writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
    }
    expect(judge()).toEqual({ code: 1, finding: 'owned-by-other: belonged toa2' });
    expect(kept()).not.toEqual(before);
    expect(kept()).toHaveLength(1);
  });

  it('is kept for each thing that one program does: what looked at a command has not judged an edit', () => {
    const { copy, cache, repository } = refusedBy();
    const ask = (tool: string, input: Readonly<Record<string, string>>) =>
      repository.run(process.execPath, [join(copy, 'dist/agent-hook.cjs'), 'claude'], {
        input: JSON.stringify({
          hook_event_name: 'PreToolUse',
          cwd: repository.directory,
          tool_name: tool,
          tool_input: input,
        }),
      });
    const size = (): number => {
      const [kept] = readdirSync(cache).filter((name) => name.startsWith('agent-hook-main'));
      return statSync(join(cache, kept!, `${process.version}-${process.arch}`)).size;
    };
    const own = { file_path: join(repository.directory, 'services/core/x.py') };
    expect(ask('Bash', { command: 'find .' })).toMatchObject({ code: 0, stdout: '', stderr: '' });
    const first = size();
    expect(ask('Write', own)).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(size()).toBeGreaterThan(first * 1.2);
  });

  it.each(['hook.cjs', 'agent-hook.cjs'])('%s knows the digests of its parts', (name) => {
    const text = readFileSync(join(packageRoot, 'dist', name), 'utf8');
    const parts = [...text.matchAll(/'([\w-]+\.cjs)': '(\w{16})'/g)];
    expect(parts).not.toEqual([]);
    for (const [, part, digest] of parts) {
      const content = readFileSync(join(packageRoot, 'dist', part!));
      expect(createHash('sha256').update(content).digest('hex').slice(0, 16)).toBe(digest);
    }
  });
});
