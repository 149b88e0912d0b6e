import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/table.ts';
import { FINDING_CODES } from '../../src/domain/finding.ts';
import {
  codeIn,
  commandsIn,
  type NamedCommand,
  PAGES,
  type Passage,
  readPage,
  stringsOfSource,
} from '../support/promises.ts';
import { packageRoot, TestRepository } from '../support/repository.ts';

const repository = TestRepository.create();

const helps = new Map<string, string>();

/** What `--help` prints; asked once for each command. */
function helpOf(words: readonly string[]): string {
  const key = words.join(' ');
  const known = helps.get(key);
  if (known !== undefined) return known;
  const { code, stdout } = repository.bailiwick([...words, '--help']);
  expect(code, key).toBe(0);
  helps.set(key, stdout);
  return stdout;
}

/** Names that the help lists under a heading: the first word of each line that is set in by two. */
function listed(help: string, heading: 'Actions' | 'Commands'): string[] {
  const [, section = ''] = help.split(`\n${heading}:\n`);
  return [...section.split('\n\n')[0]!.matchAll(/^ {2}([a-z][a-z-]*)/gm)].map(([, name]) => name!);
}

const optionsOf = (help: string): Set<string> =>
  new Set(
    [...help.matchAll(/^ {2}(-\w)?(?:, )?(--[\w-]+)?/gm)].flatMap((m) =>
      m.slice(1).filter(Boolean),
    ),
  );

/** What is wrong with a command line that somebody is told to run, or null. */
function fault({ words }: NamedCommand): string | null {
  const line = words[0] === '-C' ? words.slice(2) : words;
  const [name] = line;
  const isPlaceholder = name === undefined || /^[<[]/.test(name);
  if (isPlaceholder || name === 'help') return null;
  const isOption = name.startsWith('-');
  if (!isOption && !COMMANDS.some((command) => command.name === name))
    return `there is no command '${name}'`;
  const path = isOption ? [] : [name];
  const help = helpOf(path);
  const below = isOption ? [] : listed(help, 'Commands');
  const actions = [...below, ...listed(help, 'Actions')];
  const next = line[1] ?? '';
  // `land` takes branches itself, and has commands below it as well.
  const takesWords = /^Usage: .* \[\w+\.\.\.\]/m.test(help);
  if (actions.length > 0 && !takesWords && /^[a-z]/.test(next) && !actions.includes(next))
    return `'${name}' has no command '${next}'`;
  const paths = below.includes(next)
    ? [[...path, next]]
    : [path, ...(/^</.test(next) ? below.map((each) => [...path, each]) : [])];
  const options = new Set(paths.flatMap((each) => [...optionsOf(helpOf(each))]));
  const unknown = line
    .map((word) => word.split('=')[0]!)
    .filter((word) => /^--?[a-z]/i.test(word) && !options.has(word) && word !== '-h');
  return unknown.length > 0 ? `'${name}' has no option ${unknown.join(', ')}` : null;
}

const faultsIn = (passages: readonly Passage[]): string[] =>
  passages.flatMap(commandsIn).flatMap((command) => {
    const found = fault(command);
    return found === null
      ? []
      : [`${command.where}: bailiwick ${command.words.join(' ')}: ${found}`];
  });

describe('a command that somebody is told to run is there, with its options', () => {
  it.each(PAGES)('%s', (page) => {
    expect(faultsIn(codeIn(page))).toEqual([]);
  });

  it('the help of every command', () => {
    const names = COMMANDS.map(({ name }) => name);
    const below = names.flatMap((name) =>
      listed(helpOf([name]), 'Commands').map((each) => [name, each]),
    );
    const all = [
      [],
      ...names.map((name) => [name]),
      ...below.filter(([, each]) => each !== 'help'),
    ];
    const texts = all.map((words) => ({ where: `${words.join(' ')} --help`, text: helpOf(words) }));
    expect(texts.flatMap(commandsIn).length).toBeGreaterThan(all.length);
    expect(faultsIn(texts)).toEqual([]);
  });

  it('every string of the source', () => {
    const strings = stringsOfSource();
    expect(strings.flatMap(commandsIn).length).toBeGreaterThan(80);
    expect(faultsIn(strings)).toEqual([]);
  });

  it.each([
    ['To see why, run bailiwick cure', "there is no command 'cure'"],
    ['bailiwick requests open', "there is no command 'requests'"],
    ['bailiwick worktree delete a1', "'worktree' has no command 'delete'"],
    ['npx bailiwick -C ../x lock list --all', "'lock' has no option --all"],
    ['git show x | bailiwick lint --fix', "'lint' has no option --fix"],
    ['bailiwick worktree add a1 --keep-branch', "'worktree' has no option --keep-branch"],
    ['bailiwick --verbose', "'--verbose' has no option --verbose"],
  ])('and the test sees what is not: %s', (text, expected) => {
    expect(faultsIn([{ where: 'x', text }])).toEqual([expect.stringContaining(expected)]);
  });
});

/** Spans such as `check --branch`: a command of ours without the program's name before it. */
describe.each(PAGES)('%s', (page) => {
  const spans = codeIn(page).map(({ text }) => text);

  it('names no option that the command before it does not have', () => {
    const ours = spans.filter((text) =>
      COMMANDS.some(({ name }) => text.startsWith(`${name} `) && / --\w/.test(text)),
    );
    expect(faultsIn(ours.map((text) => ({ where: page, text: `bailiwick ${text}` })))).toEqual([]);
  });

  it('names no code or key that nothing knows', () => {
    const sources = stringsOfSource().map(({ text }) => text);
    const git = repository.git('--list-cmds=main').split('\n');
    const known = (word: string): boolean =>
      FINDING_CODES.some((code) => code === word) ||
      git.includes(word) ||
      sources.some((text) => text.includes(word)) ||
      readPage('action/action.yml').includes(word);
    const words = spans.filter((text) => /^[a-z]+(?:-[a-z]+)+$/.test(text));
    expect([...new Set(words)].filter((word) => !known(word))).toEqual([]);
  });

  it('leads to pages and sections that are there', () => {
    const links = [...readPage(page).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, to]) => to!);
    const broken = links.filter((link) => {
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? page : join(dirname(page), file);
      if (!existsSync(join(packageRoot, target))) return true;
      return anchor !== undefined && !anchorsOf(target).includes(anchor);
    });
    expect(broken).toEqual([]);
  });
});

/** As GitHub makes them from headings. */
const anchorsOf = (page: string): string[] =>
  [...readPage(page).matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );

describe.each(['.github/CONTRIBUTING.md', 'docs/decisions.md', 'docs/judging.md'])('%s', (page) => {
  it('names files of the source that are there', () => {
    const named = codeIn(page)
      .flatMap(({ text }) => text.split(' '))
      .filter((text) => /^(?:src|test|scripts)\/[\w/.-]+$/.test(text));
    expect(named.filter((name) => !existsSync(join(packageRoot, name)))).toEqual([]);
  });
});
