import { hintTo } from '../domain/hint.ts';
import type { Host } from './host.ts';

/** How to learn where a bug of ours happened. */
export const DEBUG_HINT = hintTo(
  'see where it happened',
  'the command again with BAILIWICK_DEBUG=1',
);

/** Says where a bug happened, on standard error; null unless BAILIWICK_DEBUG asks for it. */
export const debugTrace = ({ environment }: Host): ((stack: string) => void) | null =>
  environment['BAILIWICK_DEBUG'] ? (stack) => void process.stderr.write(`${stack}\n`) : null;
