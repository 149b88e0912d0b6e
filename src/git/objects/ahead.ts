import { parseOid } from '../../domain/refs.ts';
import type { GitObject, KnownObjects } from './object-reader.ts';

/** What `hooks/ahead` has asked git before this program was there. */
export interface Ahead {
  /** What the index changes against HEAD: what `diff --raw -z` prints. */
  readonly staged: Buffer;
  /** By each name that was asked for, and by the oid. */
  readonly objects: KnownObjects;
}

/**
 * Reads what `hooks/ahead` wrote: how it lists what is staged, the list, a NUL, git's exit code, and
 * answers of `cat-file` that end their first line with the name. Null when git could not list: asked
 * again, it says why. An answer that was cut off is none.
 */
export function parseAhead(output: Buffer): Ahead | null {
  const fields = output.indexOf('fields\n') === 0;
  const start = output.indexOf('\n') + 1;
  // Between fields one NUL stands alone; in lines none does.
  const end = fields ? endOfFields(output, start) : output.indexOf(0, start);
  const answers = end + DONE.length;
  if (end < 0 || output.toString('latin1', end, answers) !== DONE) return null;
  const list = output.subarray(start, end);
  return {
    staged: fields ? list : Buffer.from(list.toString('latin1').replace(/[\t\n]/g, '\0')),
    objects: parseAnswers(output.subarray(answers)),
  };
}

/** A list without an error. */
const DONE = '\0' + '0\n';

/** Where a field is empty: behind the NUL of the last one. */
function endOfFields(output: Buffer, start: number): number {
  if (output[start] === 0) return start;
  const end = output.indexOf('\0\0', start);
  return end < 0 ? -1 : end + 1;
}

/** `<oid> SP <type> SP <size> SP <name> LF <data> LF`, or `<name> SP missing LF`. */
function parseAnswers(output: Buffer): KnownObjects {
  const objects = new Map<string, GitObject | null>();
  for (let at = 0; at < output.length;) {
    const end = output.indexOf(0x0a, at);
    if (end < 0) break;
    const [first = '', type, size, name, ...more] = output.toString('latin1', at, end).split(' ');
    at = end + 1;
    const oid = parseOid(first);
    if (type === 'missing' && size === undefined) objects.set(first, null);
    if (oid === null || name === undefined || more.length > 0) continue;
    const data = Buffer.from(output.subarray(at, at + Number(size)));
    at += data.length + 1;
    if (at > output.length) break;
    const object = { oid, type: type as GitObject['type'], size: data.length, data };
    objects.set(name, object).set(oid, object);
  }
  return objects;
}

/** Names that are written down, and characters of one. */
const MOST = 32;
const LONGEST = 200;

/**
 * The questions to ask ahead the next time, as `hooks/ahead` gives them to `cat-file`: each name twice, the
 * second for the answer. Those of this time come first; of a commit its tree is asked as well, which is
 * another after each.
 *
 * @param earlier what was written down before
 */
export function questionsAhead(asked: Iterable<string>, earlier: string): string {
  const names = [...asked].flatMap((name) =>
    name.endsWith('^{commit}') ? [name, name.replace(/\{commit\}$/, '{tree}')] : [name],
  );
  const known = earlier.split('\n').map((line) => line.split(' ')[0]!);
  const kept = [...new Set([...names, ...known])].filter(
    (name) => name !== '' && name.length <= LONGEST && /^[\x21-\x7e]+$/.test(name),
  );
  return kept
    .slice(0, MOST)
    .map((name) => `${name} ${name}\n`)
    .join('');
}
