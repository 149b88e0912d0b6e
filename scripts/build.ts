import { build, type BuildOptions, type Plugin } from 'esbuild';
import { createHash } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { ALL_GUARD_EVENTS } from '../src/domain/reports/init.ts';
import { licensesOf } from './licenses.ts';
import { PAGE_BUILD } from './page-build.ts';

/**
 * Bundles the entries into `dist/`: a user's `npx` and every hook start one file with everything in
 * it, because loading many small files is what makes Node programs slow to start.
 */
const common: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  legalComments: 'none',
  logLevel: 'warning',
  absWorkingDir: process.cwd(),
  metafile: true,
  // Its other form loads its own files by names that are known only when it runs.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
};

/**
 * What is started: a Node that is too old could not even read the rest, and would print it. Its own
 * words are those of the oldest Node there is.
 */
const startOf = (start: string): string => `'use strict';
if (parseInt(process.versions.node, 10) < 20) {
  process.stderr.write('bailiwick cannot decide: it needs Node 20.19 or newer, and this is ' + process.version + '\\n');
  process.exitCode = 2;
} else {
  try {
    ${start}
  } catch (error) {
    process.stderr.write('bailiwick cannot decide: ' + String(error).split('\\n')[0] + '\\n');
    process.exitCode = 2;
  }
}
`;

/** The words that start files of `dist/` by what V8 has kept of them; see src/hooks/start-compiled.ts. */
function compiled(names: readonly string[], apart: readonly string[] = []): string {
  const digests = names.map((name) => {
    const digest = createHash('sha256')
      .update(readFileSync(`dist/${name}`))
      .digest('hex');
    return `'${name}': '${digest.slice(0, 16)}'`;
  });
  // Read here, and not by `require`, which takes 1 ms to find it.
  return `var start = { exports: {} };
    new Function('require', 'module', require('fs').readFileSync(__dirname + '/start.cjs', 'utf8'))(require, start);
    start.exports.startCompiled({
      digests: { ${digests.join(', ')} },
      directory: __dirname,
      require: require,
      apart: ${JSON.stringify(apart)}
    });`;
}

const commands = readdirSync('src/cli/commands').map((name) => name.replace(/\.ts$/, ''));

/**
 * What the command line loads only when it is needed, by its name below `src/cli`: one file of what everybody
 * needs and of what agents start all day, and one of the rest. Whatever is in a file is read, and four times
 * as much of it takes 15 ms longer.
 */
const DAILY = ['handoff', 'lock', 'owner', 'request', 'sync', 'task', 'whoami'];
const below = (names: readonly string[]): string[] => names.map((name) => `commands/${name}`);
const LATER: Readonly<Record<string, readonly string[]>> = {
  'cli-daily': ['answer', 'bare', ...below(DAILY)],
  'cli-more': below(commands.filter((name) => !DAILY.includes(name))),
};

/** What the server loads when a tool is called. */
const calls = readdirSync('src/mcp/calls').map((name) => name.replace(/\.ts$/, ''));

/** Leaves the calls to Node. */
const leaveCalls: Plugin = {
  name: 'leave-calls',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/calls\// }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path: path.replace(/\.ts$/, '.mjs'), external: true } : null,
    );
  },
};

const fileOf = (part: string): string =>
  Object.keys(LATER).find((file) => LATER[file]!.includes(part))!;

/**
 * Makes `import('./x.ts')` of the command line take that part of the file that has it, and leaves out what
 * commander only needs for programs it starts.
 */
const takeLater: Plugin = {
  name: 'take-later',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\.?\// }, ({ kind, path, importer, namespace }) => {
      if (namespace === 'later') return { path, external: true };
      if (kind !== 'dynamic-import') return null;
      const name = relative('src/cli', join(dirname(importer), path)).replace(/\.ts$/, '');
      return { path: name.replaceAll('\\', '/'), namespace: 'later' };
    });
    // What a CommonJS file exports is the `default` of whoever imports it.
    onLoad({ filter: /./, namespace: 'later' }, ({ path }) => ({
      contents: `const part = require('./${fileOf(path)}.cjs')['${path}']();
        module.exports = part.default ?? part;`,
    }));
    onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      importer.includes('commander') ? { path: 'child_process', namespace: 'on-demand' } : null,
    );
    onLoad({ filter: /./, namespace: 'on-demand' }, () => ({
      contents: "exports.spawn = (...args) => require('node:child_process').spawn(...args);",
      resolveDir: process.cwd(),
    }));
  },
};

/** A megabyte, a third of the command line, that only comparing globs needs. */
const leaveAutomata: Plugin = {
  name: 'leave-automata',
  setup({ onResolve }) {
    onResolve({ filter: /^refa$/ }, () => ({ path: './refa.cjs', external: true }));
  },
};

/** Said before anything that an old Node could not even read. */
const NODE_CHECK = `if (parseInt(process.versions.node) < 20) {
  process.stderr.write('bailiwick cannot decide: it needs Node 20.19 or newer, and this is ' + process.version + '\\n');
  process.exit(2);
}`;

/**
 * Leaves every `import('./x.ts')` to one file beside it: half of what a file costs is to be read at all. It
 * is asked for by `require`: Node reads a CommonJS file twice for an `import`, which takes 30 ms.
 */
const leaveTo = (file: string, left: Set<string>): Plugin => ({
  name: 'leave-more',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.?\// }, ({ kind, path, resolveDir }) => {
      if (kind !== 'dynamic-import') return null;
      left.add(resolve(resolveDir, path));
      return { path: file, external: true };
    });
  },
});

/** What only some answers need takes a hook 5 ms to load: each function loads it when it is called. */
const ON_DEMAND: Readonly<Record<string, readonly string[]>> = {
  'node:child_process': ['execFile', 'spawn', 'spawnSync'],
  'node:crypto': ['createHash', 'randomBytes', 'randomUUID'],
  'node:os': ['availableParallelism', 'freemem', 'hostname', 'tmpdir', 'totalmem'],
};

const loadOnDemand: Plugin = {
  name: 'load-on-demand',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:(?:child_process|crypto|os)$/ }, ({ path, namespace }) =>
      namespace === 'on-demand' ? { path, external: true } : { path, namespace: 'on-demand' },
    );
    onLoad({ filter: /./, namespace: 'on-demand' }, ({ path }) => ({
      contents: ON_DEMAND[path]!.map(
        (name) => `export const ${name} = (...args) => require('${path}').${name}(...args);\n`,
      ).join(''),
      resolveDir: process.cwd(),
    }));
  },
};

/** A hook that starts at once, and the file beside it with all that it loads only when it is needed. */
async function buildHook(name: string, entry: string, more: string) {
  const left = new Set<string>();
  const hook = await build({
    ...common,
    entryPoints: { [name]: entry },
    format: 'cjs',
    minify: true,
    supported: { 'dynamic-import': false },
    plugins: [leaveTo(`./${more}.cjs`, left), loadOnDemand],
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
  });
  const exports = [...left].sort().map((path) => `export * from ${JSON.stringify(path)};\n`);
  const rest = await build({
    ...common,
    stdin: { contents: exports.join(''), resolveDir: process.cwd(), loader: 'ts' },
    format: 'cjs',
    minify: true,
    plugins: [loadOnDemand],
    outfile: `dist/${more}.cjs`,
  });
  return [hook, rest];
}

const built = await Promise.all([
  build({
    ...common,
    entryPoints: { 'cli-main': 'src/cli/main.ts' },
    // CommonJS starts 3 ms sooner than an ES module, and everyone waits for this file.
    format: 'cjs',
    plugins: [takeLater],
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
  }),
  // Few files, whose parts begin only when they are asked for: 80 small ones take 45 ms to load.
  ...Object.entries(LATER).map(([file, parts]) =>
    build({
      ...common,
      stdin: {
        contents: parts
          .map((name) => `exports['${name}'] = () => require('./src/cli/${name}.ts');\n`)
          .join(''),
        resolveDir: process.cwd(),
      },
      format: 'cjs',
      minify: true,
      plugins: [leaveAutomata],
      outfile: `dist/${file}.cjs`,
    }),
  ),
  build({
    ...common,
    entryPoints: { refa: 'refa' },
    format: 'cjs',
    minify: true,
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
  }),
  build({
    ...common,
    entryPoints: Object.fromEntries(
      calls.map((name) => [`calls/${name}`, `src/mcp/calls/${name}.ts`]),
    ),
    format: 'esm',
    splitting: true,
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    // CommonJS dependencies call `require`, which an ES module does not have.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
    },
  }),
  buildHook('hook-main', 'src/hooks/main.ts', 'hook-more'),
  build({
    ...common,
    entryPoints: { mcp: 'src/mcp/main.ts' },
    format: 'cjs',
    minify: true,
    plugins: [leaveCalls],
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    banner: { js: NODE_CHECK },
  }),
  buildHook('agent-hook-main', 'src/harness/main.ts', 'agent-hook-more'),
  build({
    ...common,
    entryPoints: { start: 'src/hooks/start-compiled.ts' },
    format: 'cjs',
    minify: true,
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
  }),
  build({ ...PAGE_BUILD, absWorkingDir: process.cwd(), outdir: 'dist/page' }),
]);
const results = built.flat();
// A server has no options, and a client waits for it: it starts without the command line.
const CLI = compiled(
  ['cli-main.cjs', ...Object.keys(LATER).map((file) => `${file}.cjs`)],
  commands,
);
writeFileSync(
  'dist/cli.js',
  `#!/usr/bin/env node\n${startOf(`if (process.argv.length === 3 && process.argv[2] === 'mcp') {
      require('./mcp.cjs');
    } else {
      ${CLI}
    }`)}`,
);
for (const [name, apart] of [
  ['hook', ALL_GUARD_EVENTS],
  ['agent-hook', []],
] as const)
  writeFileSync(
    `dist/${name}.cjs`,
    startOf(compiled([`${name}-main.cjs`, `${name}-more.cjs`], apart)),
  );
writeFileSync('dist/package.json', '{ "type": "commonjs" }\n');
writeFileSync('dist/licenses.txt', licensesOf(results.map(({ metafile }) => metafile!)));
// What an earlier build left is removed last, so that a hook that runs meanwhile finds its file.
const written = new Set(
  results.flatMap(({ metafile }) => Object.keys(metafile!.outputs).map((path) => resolve(path))),
);
for (const name of ['cli.js', 'hook.cjs', 'agent-hook.cjs', 'package.json', 'licenses.txt'])
  written.add(resolve('dist', name));
for (const entry of readdirSync('dist', { recursive: true, withFileTypes: true })) {
  const path = resolve(entry.parentPath, entry.name);
  if (entry.isFile() && !written.has(path)) rmSync(path);
}
chmodSync('dist/cli.js', 0o755);
