import { runFirstStep } from '../commands/first-step.ts';
import { hintTo } from '../domain/hint.ts';
import { makeHost } from '../host/host.ts';
import { programName } from '../host/program.ts';
import { hintText } from '../render/hint.ts';

/** What is meant by `bailiwick` alone, or only told where. */
export interface Bare {
  readonly words: readonly string[];
  /** Said after the help. */
  readonly end: string;
}

/** The status where there is one, else the help. */
export async function readBare(words: readonly string[], packageDirectory: string): Promise<Bare> {
  const host = makeHost({ packageDirectory, directory: words.at(-1) });
  const step = await runFirstStep(host);
  // Who names a directory is told what is wrong with it.
  if (step === 'status' || (step === 'help' && words.length > 0))
    return { words: ['status', ...words], end: '' };
  const begin = hintText(hintTo('begin here', 'bailiwick init'), { program: programName(host) });
  return { words: ['--help'], end: step === 'init' ? `\n${begin}` : '' };
}
