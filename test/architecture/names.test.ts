import { describe, expect, it } from 'vitest';
import { exportsOf, files, floorOf, imports, roomOf, text, typesOf } from './source.ts';
import { sameWord, wordsOf } from './words.ts';

/** Files that export one family of many equals, and are named for the family. */
const FAMILIES: Readonly<Record<string, string>> = {
  'core/harness/answers.ts': 'what a hook may say, in the forms that harnesses read',
  'core/landing/written-forms.ts': 'the parts of what is written of a landing',
  'core/text/written-values.ts': 'the values of which states in refs are written',
  'render/order-words.ts': 'phrases of an order, for all renderers',
  'render/overlap-words.ts': 'phrases of an overlap, for all renderers',
  'render/words.ts': 'counts, lists and columns: the grammar of all renderers',
};

const MOST_FILES = 25;
const pascal = (name: string): string =>
  name.replace(/(?:^|-)([a-z])/g, (_all, letter: string) => letter.toUpperCase());
/** `worktree-add` of `commands/worktree/add.ts`. */
const commandOf = (file: string): string =>
  file.slice('commands/'.length, -'.ts'.length).replace('/', '-');
const baseOf = (file: string): string =>
  file.slice(file.lastIndexOf('/') + 1).replace(/\.tsx?$/, '');

describe('names', () => {
  it('of files are those of what they export', () => {
    const said = files
      .filter((file) => !(file in FAMILIES) && !isEntry(file) && !isNamedForExports(file))
      .map(
        (file) =>
          `${file} exports ${exportsOf(file).join(', ')}: name the file for the main one of them, ` +
          'or the export for the file',
      );
    expect(said).toEqual([]);
    expect(Object.keys(FAMILIES).filter((file) => !files.includes(file))).toEqual([]);
  });

  it('of exported types have one meaning in the program', () => {
    const places = new Map<string, string[]>();
    for (const file of files)
      for (const name of typesOf(file)) places.set(name, [...(places.get(name) ?? []), file]);
    const said = [...places]
      .filter(([, where]) => where.length > 1)
      .map(([name, where]) => `${name} is a type of ${where.join(' and ')}: qualify the rarer one`);
    expect(said).toEqual([]);
  });

  it('of commands are those of what runs them', () => {
    const said = files
      .filter((file) => floorOf(file) === 'commands')
      .filter((file) => !exportsOf(file).includes(`run${pascal(commandOf(file))}`))
      .map(
        (file) =>
          `${file} has to export run${pascal(commandOf(file))}; ` +
          'what is no command of its own is a service',
      );
    expect(said).toEqual([]);
  });

  it('of folders say a subject', () => {
    const folders = [...new Set(files.flatMap((file) => file.split('/').slice(0, -1)))];
    const said = folders
      .filter((folder) => /^(?:shared|common|utils?|helpers?|misc|lib)$/.test(folder))
      .map((folder) => `a folder called ${folder} is a drawer: name the subject of what is in it`);
    expect(said).toEqual([]);
  });
});

describe('folders', () => {
  it('can be read at a glance', () => {
    const count = new Map<string, number>();
    for (const file of files) {
      const folder = file.slice(0, file.lastIndexOf('/'));
      count.set(folder, (count.get(folder) ?? 0) + 1);
    }
    const said = [...count]
      .filter(([, many]) => many > MOST_FILES)
      .map(([folder, many]) => `${folder} has ${many} files: make rooms of at most ${MOST_FILES}`);
    expect(said).toEqual([]);
  });

  it('of commands have no folder but for those of a group: one command, one file', () => {
    const groups = files
      .filter((file) => file.startsWith('cli/commands/') && /\bCommandGroup\b/.test(text(file)))
      .map(baseOf);
    const said = files
      .filter((file) => floorOf(file) === 'commands' && file.split('/').length > 2)
      .filter((file) => !groups.includes(file.split('/')[1]!))
      .map((file) => `${file}: what a command is made of belongs to services`);
    expect(said).toEqual([]);
  });

  it('hold only what somebody uses', () => {
    const used = new Set(imports.filter((one) => one.inside).map(({ to }) => to));
    const said = files
      .filter((file) => /^(?:core|domain|git|host|services|render|commands)\//.test(file))
      .filter((file) => !used.has(file))
      .map((file) => `${file} is imported by nobody: delete it`);
    expect(said).toEqual([]);
  });

  it('of the ground serve at least two subjects', () => {
    const said = ['core/glob', 'core/graph', 'core/history', 'core/text']
      .filter((room) => {
        const users = imports.filter(({ to, inside }) => inside && roomOf(to) === room);
        return new Set(users.map(({ from }) => roomOf(from))).size < 3;
      })
      .map((room) => `${room} serves one subject only: let it live there`);
    expect(said).toEqual([]);
  });
});

describe('source', () => {
  it('decides synchronously: nothing in core, domain or render is async', () => {
    const said = files
      .filter((file) => /^(?:core|render|domain)\//.test(file))
      .filter((file) => /\basync\b|\bawait\b|\bPromise\b/.test(text(file)))
      .map((file) => `${file} waits for something: read it in a service and pass the answer in`);
    expect(said).toEqual([]);
  });

  it('reads process, clock and randomness only in host and the entries', () => {
    const said = files
      .filter((file) => !/^(?:host|cli|hooks|harness|action|mcp)\//.test(file))
      .filter((file) =>
        /(?<![#-])\bprocess\.[a-z]|\bDate\.now\b|new Date\(\)|Math\.random/.test(text(file)),
      )
      .map((file) => `${file} reaches for the outside: take it from the host that is passed down`);
    expect(said).toEqual([]);
  });

  it('takes a host or a session, never both: a session has its host', () => {
    const said = files
      .filter((file) => /^(?:services|commands)\//.test(file))
      .filter((file) =>
        [...text(file).matchAll(/\(([^()]*)\)\s*(?::|=>)/g)].some(
          ([, parameters = '']) =>
            /:\s*Host\b/.test(parameters) && /:\s*(?:Policy)?Session\b/.test(parameters),
        ),
      )
      .map((file) => `${file} passes a host beside the session that holds it: take session.host`);
    expect(said).toEqual([]);
  });

  it('branches on exit codes, never on the English of git', () => {
    const said = files
      .filter((file) => /includes\('(?:fatal|error)/.test(text(file)))
      .map((file) => `${file} reads git's words: declare the exit codes it expects instead`);
    expect(said).toEqual([]);
  });
});

/** Entries are started, not imported; a file of `cli/commands` is a line of the table. */
const isEntry = (file: string): boolean =>
  baseOf(file) === 'main' || file.startsWith('cli/commands/');

function isNamedForExports(file: string): boolean {
  const exported = exportsOf(file);
  const spoken = exported.flatMap(wordsOf);
  const folders = file.split('/').slice(0, -1).flatMap(wordsOf);
  const own = wordsOf(baseOf(file));
  const says = (words: readonly string[], word: string): boolean =>
    words.some((other) => sameWord(word, other));
  return (
    own.some((word) => says(spoken, word)) &&
    own.every((word) => says(spoken, word) || says(folders, word))
  );
}
