import type { ShellWord } from './shell-words.ts';

/** What a shell knows at a command, as far as it can be known without running anything. */
export interface ShellState {
  /** What `~` stands for; null where nobody knows. */
  readonly home: string | null;
  /** Where the command begins, absolute. */
  readonly start: string;
  /** Where it has gone by `cd`, absolute or from `start`, which is ''; null when nobody can know. */
  readonly directory: string | null;
  /** What the command itself has assigned; null for what nobody can know. */
  readonly variables: ReadonlyMap<string, string | null>;
  /** The top of the worktree that an absolute directory lies in. */
  readonly topOf: (directory: string) => string | null;
}

/** Puts in what is surely known: of a word all or nothing. */
export function expandWord(word: ShellWord, state: ShellState): ShellWord {
  let { text, glob } = word;
  // From the end, so that the offsets before stay true.
  for (const { from, to } of [...word.expansions].reverse()) {
    const value = valueOf(text.slice(from, to), state);
    if (value === null) return word;
    text = text.slice(0, from) + value + text.slice(to);
    if (glob >= to) glob += value.length - (to - from);
  }
  return { ...word, text, glob, expansions: [] };
}

/** Takes note of what a command assigns: `A=b`, `export A=b`. What another one puts into a name nobody knows. */
export function assignedBy(
  words: readonly ShellWord[],
  home: string | null,
): [string, string | null][] {
  let at = 0;
  while (/^(?:do|else|then|!|\{)$/.test(words[at]?.text ?? '')) at += 1;
  const name = words[at]?.text;
  if (name === 'read' || name === 'for' || name === 'unset')
    return words.slice(at + 1).map(({ text }) => [text, null]);
  if (/^(?:declare|export|local|readonly|typeset)$/.test(name ?? '')) at += 1;
  const given = words.slice(at).map((word) => assignmentOf(word, home));
  // Before a program it is for that program alone.
  return given.includes(null) ? [] : given.flatMap((each) => (each === null ? [] : [each]));
}

function assignmentOf(word: ShellWord, home: string | null): [string, string | null] | null {
  const [all, name, value] = /^([A-Za-z_]\w*)=([^]*)$/.exec(word.text) ?? [];
  if (all === undefined) return null;
  if (word.expansions.length > 0) return [name!, null];
  return [name!, /^~(?:\/|$)/.test(value!) ? home && home + value!.slice(1) : value!];
}

/** What a variable or a substitution stands for; null when nobody can know. */
function valueOf(written: string, state: ShellState): string | null {
  const name = /^\$(?:\{(\w+)\}|(\w+))$/.exec(written);
  if (name) return variable((name[1] ?? name[2])!, state);
  const command = /^(?:\$\(\s*([^]*?)\s*\)|`\s*([^]*?)\s*`)$/.exec(written);
  const words = (command?.[1] ?? command?.[2])?.replaceAll(/\s+/g, ' ');
  if (words === undefined) return null;
  if (/^pwd(?: -[LP])?$/.test(words)) return standing(state);
  const here = standing(state);
  return TOP_LEVEL.test(words) && here !== null ? state.topOf(here) : null;
}

const TOP_LEVEL =
  /^git rev-parse (?:--path-format=absolute )?--show-toplevel(?: 2> ?\/dev\/null)?$/;

function variable(name: string, state: ShellState): string | null {
  const assigned = state.variables.get(name);
  if (assigned !== undefined) return assigned;
  if (name === 'PWD') return standing(state);
  return name === 'HOME' ? state.home : null;
}

const standing = ({ start, directory }: ShellState): string | null => {
  if (directory === null || directory === '') return directory === null ? null : start;
  return /^(?:\/|[A-Za-z]:[\\/])/.test(directory) ? directory : `${start}/${directory}`;
};
