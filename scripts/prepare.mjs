// npm runs this as `prepare`, after an install in this repository. Builds what the hooks run and lets
// husky set git up, each only where it can. Plain JavaScript that never fails: it also runs with
// --omit=dev, in containers without .git and in CI, where an install must not end here.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const has = (name) => existsSync(`${root}/node_modules/${name}`);

function run(what, args) {
  const { status, error } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0)
    console.warn(`prepare: ${what} did not work (${error?.message ?? `code ${status}`})`);
}

if (has('esbuild') && has('ts-node') && has('typescript'))
  run('the build', ['--import', './scripts/ts-node.mjs', 'scripts/build.ts']);
if (has('husky') && existsSync(`${root}/.git`) && !process.env.CI && process.env.HUSKY !== '0')
  run('husky', ['node_modules/husky/bin.js']);
