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
  const module = { exports: {} as unknown };
  const run = compiled(text, name, parts).runInThisContext() as (...given: unknown[]) => void;
  const require = (wanted: string): unknown => {
    const other = wanted.replace(/^\.\//, '');
    return other in parts.digests ? load(other, parts) : parts.require(wanted);
  };
  run.call(module.exports, module.exports, require, module, file, parts.directory);
  return module.exports;
}

function compiled(text: string, name: string, parts: Parts): Script {
  const kept = keptAt(name, parts);
  const cachedData = readIfThere(kept);
  const script = new Script(`(function(exports,require,module,__filename,__dirname){${text}\n})`, {
    filename: join(parts.directory, name),
    ...(cachedData && { cachedData }),
  });
  process.once('exit', (code) => keep(script, kept, name, code));
  return script;
}

/** `.cache/<file>-<digest>/<version>-<processor>` of the package; each installation begins without. */
const keptAt = (name: string, { digests, directory }: Parts): string =>
  join(
    dirname(directory),
    '.cache',
    `${name}-${digests[name]!}`,
    `${process.version}-${process.arch}`,
  );

/** Files beside what is kept; hooks and exit codes are fewer. */
const MOST = 64;

/**
 * Keeps what is compiled when everything has been said: the functions that this run has called, and those of
 * earlier ones. All of the program would take longer to read than what is needed takes to compile. So it is
 * kept once for each hook and exit code, which a file without content says. What V8 refuses to take later
 * only costs time, as does a package that cannot be written to.
 */
function keep(script: Script, kept: string, name: string, code: number): void {
  const hook = process.argv.slice(2).find((argument) => /^[a-z][a-z-]*$/.test(argument)) ?? '';
  const done = `${kept}.${hook}.${code}`;
  if (existsSync(done)) return;
  const directory = dirname(kept);
  try {
    mkdirSync(directory, { recursive: true });
    if (readdirSync(directory).length > MOST) return;
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
