import {
  chmodSync,
  lstatSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatOf } from '../../../src/git/objects/object-format.ts';
import { looseObject } from '../../../src/git/objects/loose-object.ts';
import type { Oid } from '../../../src/domain/refs.ts';
import { writeCommit } from '../../../src/services/objects/write-commit.ts';
import { writeObjects } from '../../../src/services/objects/write-objects.ts';
import { TestRepository } from '../../support/repository.ts';
import { homeOf } from '../../support/state-home.ts';

const modeOf = (path: string): number => statSync(path).mode & 0o7777;

describe.each(['sha1', 'sha256'] as const)('objects written without git (%s)', (format) => {
  const repository = TestRepository.create({ format });
  const objects = join(repository.directory, '.git/objects');
  const blob = (text: string) => looseObject(format, 'blob', Buffer.from(text));

  it('are what git itself writes, readable for whom the repository is', () => {
    const home = homeOf(repository);
    repository.git('config', 'core.sharedRepository', 'group');
    chmodSync(objects, 0o2770);
    const texts = ['', 'x', 'y'.repeat(100_000)];
    writeObjects(home, texts.map(blob));
    for (const text of texts) {
      const { oid, path } = blob(text);
      const hashed = repository.run('git', ['hash-object', '--stdin'], { input: text }).stdout;
      expect(hashed.trim()).toBe(oid);
      expect(repository.run('git', ['cat-file', 'blob', oid]).stdout).toBe(text);
      expect(modeOf(join(objects, path))).toBe(0o440);
      expect(modeOf(join(objects, oid.slice(0, 2)))).toBe(0o2770);
    }
    expect(repository.git('fsck', '--strict', '--no-dangling')).toBe('');
  });

  it('are whole or not there, and young when they are asked for again', () => {
    const home = homeOf(repository);
    const { path } = blob('kept');
    writeObjects(home, [blob('kept')]);
    const file = join(objects, path);
    utimesSync(file, 1000, 1000);
    writeObjects(home, [blob('kept')]);
    expect(statSync(file).mtimeMs).toBeGreaterThan(1e12);
    // A directory where the object goes: nothing half is left of it, not even a temporary file.
    const other = blob('in the way');
    rmSync(join(objects, other.oid.slice(0, 2)), { recursive: true, force: true });
    writeFileSync(join(objects, other.oid.slice(0, 2)), 'a file');
    expect(() => writeObjects(home, [other])).toThrow(/ENOTDIR|EEXIST/);
    expect(readdirSync(objects).filter((name) => name.startsWith('tmp'))).toEqual([]);
    rmSync(join(objects, other.oid.slice(0, 2)));
    expect(lstatSync(file).isFile()).toBe(true);
  });

  it('a commit is by whom git says, or by nobody, and by no name that would end its line', async () => {
    const home = homeOf(repository);
    const tree = repository.git('write-tree') as Oid;
    expect(formatOf(tree)).toBe(format);
    const otherwise = { name: 'nobody', email: 'n@localhost' };
    const base = { tree, parents: [], message: 'one\0\n\n\n', otherwise };
    const read = (oid: Oid): string => repository.git('cat-file', 'commit', oid);
    const mine = await writeCommit(home, { ...base, time: 1000 });
    const settings = repository.git('var', 'GIT_AUTHOR_IDENT').replace(/ \d+ [+-]\d+$/, '');
    expect(read(mine)).toContain(`author ${settings} 1000 +0000\ncommitter ${settings} 1000 +0000`);
    expect(read(mine)).toMatch(/\n\none$/);
    const author = { name: 'A <b>\nparent 0', email: '' };
    const odd = await writeCommit(home, { ...base, author, written: '5 +0130' });
    expect(read(odd)).toContain('\nauthor A bparent 0 <> 5 +0130\n');
    const environment = Object.fromEntries(
      Object.entries(repository.environment).filter(
        ([name]) => !/^GIT_(?:AUTHOR|COMMITTER)/.test(name),
      ),
    );
    repository.git('config', 'user.useConfigOnly', 'true');
    const unknown = {
      host: home.host,
      workspace: { ...home.workspace, repo: { ...repository.repo, environment } },
    };
    const nobody = await writeCommit(unknown, base);
    expect(read(nobody)).toMatch(/author nobody <n@localhost> \d{10} \+0000\ncommitter nobody /);
    expect(repository.tryGit('fsck', '--strict').code).toBe(0);
  });
});
