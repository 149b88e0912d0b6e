import { patchPaths } from '../patch-paths.ts';
import { commandWrites } from './command-writes.ts';
import { assignedBy, expandWord, type ShellState } from './expand-word.ts';
import { plainWord, shellWords, type ShellToken, type ShellWord } from './shell-words.ts';

/** Commands inside commands are followed this deep. */
const MOST_DEPTH = 4;

/** Where a shell command is about to run. */
export type ShellPlace = Pick<ShellState, 'home' | 'start' | 'topOf'>;

/**
 * The files a shell command plainly writes, moves or removes: absolute, or relative to where the
 * command starts. A best effort, and said to be so: what programs decide, and variables that the command did not
 * set itself, is not seen, and the commit hook stays the authority.
 */
export function shellWrites(command: string, place: ShellPlace): string[] {
  const paths = new Set<string>();
  collect(command, { ...place, depth: 0, directory: '', variables: new Map() }, paths);
  return [...paths];
}

interface Standing extends ShellState {
  readonly depth: number;
  directory: string | null;
  variables: ReadonlyMap<string, string | null>;
}

function collect(command: string, standing: Standing, paths: Set<string>): void {
  if (standing.depth > MOST_DEPTH) return;
  const before: Pick<Standing, 'directory' | 'variables'>[] = [];
  let part: ShellToken[] = [];
  let piped: readonly ShellWord[] = [];
  const end = (operator: string): void => {
    const words = readPart(part, piped, standing, paths);
    piped =
      operator === '|' && /^(?:echo|printf)$/.test(words[0]?.text ?? '') ? words.slice(1) : [];
    part = [];
  };
  for (const token of shellWords(command)) {
    if (token.kind !== 'operator') {
      part.push(token);
      continue;
    }
    end(token.text);
    // What a subshell does to its directory and its variables ends with it.
    const { directory, variables } = standing;
    if (token.text === '(') before.push({ directory, variables });
    if (token.text === ')' && before.length > 0) Object.assign(standing, before.pop());
  }
  end('');
}

/** One simple command: its redirections, then what the program itself writes. Returns its words. */
function readPart(
  part: readonly ShellToken[],
  piped: readonly ShellWord[],
  standing: Standing,
  paths: Set<string>,
): readonly ShellWord[] {
  const words: ShellWord[] = [];
  const documents: string[] = [];
  const add = (word: ShellWord): void => {
    const path = placed(word, standing);
    if (path !== null) paths.add(path);
  };
  const inside = (script: string): void =>
    collect(script, { ...standing, depth: standing.depth + 1 }, paths);
  // In there `>` compares.
  const compares = part.some(
    (token) => token.kind === 'word' && /^(?:\[\[|\]\])$/.test(token.text),
  );
  for (let at = 0; at < part.length; at += 1) {
    const token = part[at]!;
    if (token.kind === 'word') substitutedIn(token).forEach(inside);
    if (token.kind === 'word') words.push(expandWord(token, standing));
    else if (token.kind === 'here-document') documents.push(token.text);
    else if (token.kind === 'redirection') {
      const file = part[at + 1];
      if (file?.kind !== 'word') continue;
      at += 1;
      // `2>&1` names a number, and not a file.
      substitutedIn(file).forEach(inside);
      if (token.writes && !compares && !/^(?:\d+|-)$/.test(file.text))
        add(expandWord(file, standing));
    }
  }
  const found = commandWrites(words, piped);
  found.files.forEach(add);
  const scripts = found.scripts.map(({ text }) => text);
  (found.readsScript ? documents : scripts).forEach(inside);
  if (found.readsPatch)
    for (const text of [...documents, ...words.slice(1).map((word) => word.text)])
      for (const path of patchPaths(text)) add(plainWord(path));
  const assigned = assignedBy(words, standing.home);
  if (assigned.length > 0) standing.variables = new Map([...standing.variables, ...assigned]);
  if (found.goesTo !== null) standing.directory = placed(found.goesTo, standing);
  return words;
}

/** The commands that a word is made from: `$(rm a)`, or in backticks. */
const substitutedIn = ({ text, expansions }: ShellWord): string[] =>
  expansions.flatMap(({ from, to }) => {
    const command = /^(?:\$\((?!\()([^]*)\)|`([^]*)`)$/.exec(text.slice(from, to));
    return command?.[1] ?? command?.[2] ?? [];
  });

/** A word as a path from where the command started; null when it cannot be known. */
function placed({ text, expansions, glob }: ShellWord, standing: Standing): string | null {
  if (expansions.length > 0 || text === '' || text === '-') return null;
  // What a pattern finds lies below the last directory that is written out.
  const known = glob < 0 ? text : text.slice(0, text.lastIndexOf('/', glob) + 1);
  if (known === '') return null;
  if (known === '~' || known.startsWith('~/'))
    return standing.home === null ? null : standing.home + known.slice(1);
  if (known.startsWith('~')) return null;
  if (known.startsWith('/') || /^[A-Za-z]:[\\/]/.test(known)) return known;
  if (standing.directory === null) return null;
  return standing.directory === '' ? known : `${standing.directory}/${known}`;
}
