import type { ShellWord } from './shell-words.ts';

/** A program or a word of the shell that another command stands behind. */
interface Wrapper {
  /** How many words besides options are its own. */
  readonly own?: number;
  /** Options that take the next word. */
  readonly valued?: readonly string[];
}

const WRAPPERS: Readonly<Record<string, Wrapper>> = {
  ...Object.fromEntries(
    ['builtin', 'busybox', 'command', 'coproc', 'nohup', 'setsid', 'time'].map((name) => [
      name,
      {},
    ]),
  ),
  ...Object.fromEntries(
    ['!', 'do', 'elif', 'else', 'if', 'then', 'until', 'while', '{'].map((word) => [word, {}]),
  ),
  chrt: { own: 1 },
  doas: { valued: ['-C', '-u'] },
  env: { valued: ['-C', '-u', '--chdir', '--unset'] },
  exec: { valued: ['-a'] },
  ionice: { valued: ['-c', '-n', '--class', '--classdata'] },
  nice: { valued: ['-n', '--adjustment'] },
  stdbuf: { valued: ['-e', '-i', '-o'] },
  sudo: {
    valued: ['-C', '-D', '-g', '-h', '-p', '-R', '-r', '-T', '-t', '-U', '-u', '--group', '--user'],
  },
  timeout: { own: 1, valued: ['-k', '-s', '--kill-after', '--signal'] },
  xargs: { valued: ['-a', '-d', '-E', '-I', '-L', '-n', '-P', '-s', '--max-args', '--max-procs'] },
};

/** A command without what stands before it. */
export interface Unwrapped {
  readonly command: readonly ShellWord[];
  /** It gets more words from its input. */
  readonly readsWords: boolean;
}

/** Leaves out assignments, `sudo -u root`, `env`, `then` and the like. */
export function unwrap(words: readonly ShellWord[]): Unwrapped {
  let at = 0;
  let readsWords = false;
  while (at < words.length) {
    const { text } = words[at]!;
    const name = text.split('/').at(-1)!;
    if (/^[A-Za-z_]\w*=/.test(text)) at += 1;
    else if (Object.hasOwn(WRAPPERS, name)) {
      const { own = 0, valued = [] } = WRAPPERS[name]!;
      readsWords ||= name === 'xargs';
      at += 1;
      while (words[at]?.text.startsWith('-')) at += valued.includes(words[at]!.text) ? 2 : 1;
      at += own;
    } else break;
  }
  return { command: words.slice(at), readsWords };
}
