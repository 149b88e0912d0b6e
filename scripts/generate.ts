import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

/**
 * Renews everything that is made from the code, or with `--check` says what is stale and ends with
 * 1. Each `scripts/generate-*.ts` makes one thing and knows both ways. Needs a fresh build.
 */
const generators = readdirSync('scripts').filter((name) => /^generate-.+\.ts$/.test(name));
let failed = false;
for (const name of generators.sort()) {
  const args = ['--import', './scripts/ts-node.mjs', `scripts/${name}`, ...process.argv.slice(2)];
  failed = spawnSync(process.execPath, args, { stdio: 'inherit' }).status !== 0 || failed;
}
process.exitCode = failed ? 1 : 0;
