import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Script } from 'node:vm';

/** What is started, and what it loads later. */
export interface Parts {
  /** CommonJS files beside the caller by their names, with a digest of each; the first is started. */
  readonly digests: Readonly<Record<string, string>>;
  /** Where they are. */
  readonly directory: string;
  /** The caller's own. */
  readonly require: (name: string) => unknown;
  /** Words of the command line for each of which something else is needed, and kept; else one for all. */
  readonly apart?: readonly string[];
}

/**
 * Starts a file without `import()` as `require` does, and takes from an earlier start what V8 had made of its text: to read and
 * compile it anew takes half as long as Node itself takes to start. What was kept lies in the package, so
 * that whoever could write it could write the program as well. V8 looks at its own version, its settings and
 * the length of the text; the digest stands for the rest.
 */
export function startCompiled(parts: Parts): void {
  load(Object.keys(parts.digests)[0]!, parts);
}

function load(name: string, parts: Parts): unknown {
  const file = join(parts.directory, name);
  const text = readIfThere(file)?.toString();
  // Its words for a file that is not there are better than ours.
  if (text === undefined) return parts.require(`./${name}`);
  const module: Loaded = { exports: {} };
  first ??= module;
  const run = compiled(text, name, parts).runInThisContext() as (...given: unknown[]) => void;
  const require = (wanted: string): unknown => {
    const other = wanted.replace(/^\.\//, '');
    return other in parts.digests ? load(other, parts) : parts.require(wanted);
  };
  run.call(module.exports, module.exports, require, module, file, parts.directory);
  return module.exports;
}

interface Loaded {
  /** A program that does very different things under one name says afterwards which it did. */
  exports: { readonly ran?: { readonly what: string } };
}

/** What is started. */
let first: Loaded | undefined;

function compiled(text: string, name: string, parts: Parts): Script {
  loaded += 1;
  const kept = keptAt(name, parts);
  const cachedData = readIfThere(kept);
  const script = new Script(`(function(exports,require,module,__filename,__dirname){${text}\n})`, {
    filename: join(parts.directory, name),
    ...(cachedData && { cachedData }),
  });
  const run = wordsOf(parts.apart).join('-');
  process.once('exit', (code) => {
    const what = first?.exports.ran?.what ?? '';
    keep(script, { kept, name, run: `${run}${what && `-${what}`}.${code}` });
  });
  return script;
}

/** `.cache/<file>-<digest>/<version>-<processor>` of the package; each installation begins without. */
function keptAt(name: string, { digests, directory, apart }: Parts): string {
  const [word] = apart?.length ? wordsOf(apart) : [];
  const kept = `${process.version}-${process.arch}${word === undefined ? '' : `-${word}`}`;
  return join(dirname(directory), '.cache', `${name}-${digests[name]!}`, kept);
}

/** How many files this run has needed: one that needs more calls other functions of the first one, too. */
let loaded = 0;

/** What was started: the hook, or the command and what is below it. */
function wordsOf(apart: readonly string[] = []): string[] {
  const words = process.argv.slice(2);
  const isName = (word: string): boolean => /^[a-z][a-z-]{0,31}$/.test(word);
  if (apart.length === 0) return words.filter(isName).slice(0, 1);
  const at = words.findIndex((word) => apart.includes(word));
  return at < 0 ? [] : words.slice(at, at + 2).filter(isName);
}

/** Files beside what is kept; hooks, exit codes and what is below a command are fewer. */
const MOST = 64;

interface Kept {
  /** The file that holds it. */
  readonly kept: string;
  /** Of the program. */
  readonly name: string;
  /** What was started, and its exit code. */
  readonly run: string;
}

/**
 * Keeps what is compiled when everything has been said: the functions that this run has called, and those of
 * earlier ones. All of the program would take longer to read than what is needed takes to compile. So it is
 * kept once for each hook or command, what it did, exit code and number of loaded files, which a file without content
 * says. What V8 refuses to take later only costs time, as does a package that cannot be written to.
 */
function keep(script: Script, { kept, name, run }: Kept): void {
  const done = `${kept}.${run}.${loaded}`;
  if (existsSync(done)) return;
  const directory = dirname(kept);
  try {
    mkdirSync(directory, { recursive: true });
    const beside = readdirSync(directory).filter((other) => other.startsWith(basename(kept)));
    if (beside.length > MOST) return;
    // Whole, or not at all.
    writeFileSync(`${kept}.${process.pid}`, script.createCachedData());
    renameSync(`${kept}.${process.pid}`, kept);
    writeFileSync(done, '');
    for (const other of readdirSync(dirname(directory)))
      if (other.startsWith(`${name}-`) && other !== basename(directory))
        rmSync(join(dirname(directory), other), { recursive: true, force: true });
  } catch {
    // Nobody is to hear of it, least of all by an exit code.
  }
}

function readIfThere(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}
