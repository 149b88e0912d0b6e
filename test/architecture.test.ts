import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from './support/repository.ts';

/** Which folder may import which (design: facts flow in, a decision is made, words flow out). */
const MAY_IMPORT: Record<string, readonly string[]> = {
  domain: [],
  core: ['domain'],
  git: ['domain'],
  host: ['domain'],
  render: ['domain'],
  services: ['core', 'domain', 'git', 'host'],
  commands: ['core', 'domain', 'git', 'host', 'services'],
  action: ['commands', 'domain', 'host', 'render'],
  cli: ['commands', 'domain', 'host', 'render'],
  hooks: ['commands', 'domain', 'host', 'render'],
};

/** Which packages and Node modules a folder may use; nobody else gets any. */
const MAY_USE: Record<string, readonly RegExp[]> = {
  domain: [],
  core: [/^micromatch$/, /^node:path\/posix$/, /^refa$/, /^valibot$/, /^yaml$/],
  git: [/^node:(child_process|crypto|path|zlib)$/, /^simple-git$/],
  host: [/^node:/, /^@actions\/github$/],
  render: [],
  services: [/^node:path$/],
  commands: [/^node:path$/],
  action: [/^@actions\//, /^node:path$/],
  cli: [/^commander$/, /^ora$/, /^node:(fs|path)$/],
  hooks: [/^node:(fs|path)$/],
};

/** The ground rooms of core, where its subjects meet. */
const GROUND = ['glob', 'graph', 'history', 'text'];

interface Import {
  readonly file: string;
  readonly folder: string;
  readonly specifier: string;
}

const source = join(packageRoot, 'src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .sort();
const text = (file: string): string => readFileSync(join(source, file), 'utf8');
/** `import ... from 'x'`, `export ... from 'x'`, `import 'x'` and `import('x')`. */
const IMPORT =
  /^(?:import|export)\b[^'";]*?\bfrom '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm;
const imports: Import[] = files.flatMap((file) =>
  [...text(file).matchAll(IMPORT)].map((match) => ({
    file,
    folder: file.split('/')[0]!,
    specifier: (match[1] ?? match[2] ?? match[3])!,
  })),
);

describe('imports', () => {
  it('point only toward domain', () => {
    const wrong = imports.filter(({ file, folder, specifier }) => {
      if (!specifier.startsWith('.')) return false;
      const target = relative(source, join(source, file, '..', specifier)).split('/')[0]!;
      return target !== folder && !MAY_IMPORT[folder]?.includes(target);
    });
    expect(wrong).toEqual([]);
  });

  it('use only the packages a folder is allowed', () => {
    const wrong = imports.filter(
      ({ folder, specifier }) =>
        !specifier.startsWith('.') && !MAY_USE[folder]?.some((allowed) => allowed.test(specifier)),
    );
    expect(wrong).toEqual([]);
  });

  it('of folders inside core meet only in the ground rooms', () => {
    const wrong = imports.filter(({ file, folder, specifier }) => {
      if (folder !== 'core' || !specifier.startsWith('.')) return false;
      const target = relative(source, join(source, file, '..', specifier)).split('/');
      return (
        target[0] === 'core' && target[1] !== file.split('/')[1] && !GROUND.includes(target[1]!)
      );
    });
    expect(wrong).toEqual([]);
  });
});

describe('source', () => {
  it('lists every folder in the rules', () => {
    expect([...new Set(files.map((file) => file.split('/')[0]))].sort()).toEqual(
      Object.keys(MAY_IMPORT)
        .filter((folder) => files.some((file) => file.startsWith(`${folder}/`)))
        .sort(),
    );
  });

  it('decides synchronously: nothing in core or render is async', () => {
    const deciders = files.filter((file) => /^(core|render|domain)\//.test(file));
    expect(deciders.filter((file) => /\basync\b|\bawait\b|\bPromise\b/.test(text(file)))).toEqual(
      [],
    );
  });

  it('reads process, clock and randomness only in host and the entries', () => {
    const inside = files.filter((file) => !/^(host|cli|hooks|action)\//.test(file));
    const wrong = inside.filter((file) =>
      /(?<![#-])\bprocess\.[a-z]|\bDate\.now\b|new Date\(\)|Math\.random/.test(text(file)),
    );
    expect(wrong).toEqual([]);
  });

  it('branches on exit codes, never on the English of git', () => {
    expect(files.filter((file) => /includes\('(fatal|error)/.test(text(file)))).toEqual([]);
  });
});
