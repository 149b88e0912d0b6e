import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Builds `dist/` once, so that hooks and the command line run what users run. */
export default function setup(): void {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const build = ['--import', './scripts/ts-node.mjs', 'scripts/build.ts'];
  execFileSync(process.execPath, build, { cwd: root, stdio: 'inherit' });
}
