import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { guardedRepository } from '../support/guarded.ts';
import type { TestRepository } from '../support/repository.ts';

let repository: TestRepository;

beforeAll(() => {
  repository = guardedRepository();
  repository.git('init', '-q', '--bare', '../origin.git');
  repository.git('remote', 'add', 'origin', '../origin.git');
  repository.git('push', '-q', '--no-verify', 'origin', 'main');
});

/** A tree of `mode name oid` entries that git itself would not write. */
function tree(...entries: readonly (readonly [mode: string, name: string, oid: string])[]): string {
  const file = join(repository.directory, '../tree');
  const bytes = entries.map(([mode, name, oid]) =>
    Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(oid, 'hex')]),
  );
  writeFileSync(file, Buffer.concat(bytes));
  return repository.git('hash-object', '-t', 'tree', '-w', '--literally', file);
}

const object = (name: string): string => repository.git('rev-parse', name);

/** What is said when a branch of a1 with this directory in the place of `services` is pushed. */
function pushed(services: string) {
  const top = repository
    .git('ls-tree', 'main')
    .split('\n')
    .map((line) => line.split(/[ \t]/))
    .map(([mode, , oid, name]): [string, string, string] => [
      mode!.replace(/^0/, ''),
      name!,
      name === 'services' ? services : oid!,
    ]);
  const commit = repository.git('commit-tree', '-p', 'main', '-m', 'x', tree(...top));
  const { code, stderr } = repository.tryGit(
    'push',
    '-q',
    'origin',
    `${commit}:refs/heads/feat/a1/x`,
  );
  return { code, said: /has "(.*)" twice/.exec(stderr)?.[1] ?? stderr };
}

const services = (): [string, string, string][] => [
  ['40000', 'api', object('main:services/api')],
  ['40000', 'common', object('main:services/common')],
  ['40000', 'core', object('main:services/core')],
];

describe('a directory that holds a name twice', () => {
  it.each([
    ['of another', 'api', 'first'],
    ['of another', 'api', 'last'],
    ['of its own', 'core', 'first'],
    ['of its own', 'core', 'last'],
  ])('cannot be judged: one %s (%s), the other one %s', (_whose, name, place) => {
    const other = tree(['100644', 'other.py', object('main:README.md')]);
    const entries = services();
    const at = entries.findIndex((entry) => entry[1] === name);
    entries.splice(place === 'first' ? at : at + 1, 0, ['40000', name, other]);
    expect(pushed(tree(...entries))).toEqual({ code: 1, said: `services/${name}` });
  });

  it('is looked for in what is added alone: one that holds each name once passes', () => {
    const core = repository
      .git('ls-tree', 'main:services/core')
      .split('\n')
      .map((line) => line.split(/[ \t]/))
      .map(([mode, , oid, name]): [string, string, string] => [
        mode!.replace(/^0/, ''),
        name!,
        oid!,
      ]);
    const more = tree(...core, ['100644', 'new.py', object('main:README.md')]);
    const [api, common] = services();
    expect(pushed(tree(api!, common!, ['40000', 'core', more]))).toEqual({ code: 0, said: '' });
  });
});
