import { spawnSync } from 'node:child_process';
import { ASKED, binaryOf, PROGRAMS, pythonClient } from './binaries.ts';

/**
 * `npm run test:harness`: fetches the programs, then runs the tests where there is no network but the
 * loopback, as far as this system lets one make such a place.
 */
const words = process.argv.slice(2);
const isName = (word: string): boolean => word === 'all' || ASKED.some((name) => name === word);
/** `npm run test:harness -- gemini droid`, or `all`; what follows is for vitest. */
const end = words.findIndex((word) => !isName(word));
const named = words.slice(0, end < 0 ? words.length : end);
const asked = ASKED.filter((name) => named.includes(name) || named.includes('all'));
process.env['BAILIWICK_HARNESSES'] = [process.env['BAILIWICK_HARNESSES'] ?? '', ...asked].join(',');
for (const name of new Set([...PROGRAMS, ...asked])) {
  const binary = binaryOf(name);
  console.log(`${name}: ${'path' in binary ? binary.path : binary.missing}`);
}
const python = pythonClient();
console.log(`python: ${'path' in python ? python.path : python.missing}`);

const tests = ['npx', 'vitest', 'run', '--config', 'vitest.harness.config.ts'];
const command = [...tests, ...words.slice(named.length)];
/** As root without a new user; else as one who is root in there only. */
const unshare = process.getuid?.() === 0 ? ['unshare', '-n'] : ['unshare', '-r', '-n'];
const raise = 'ip link set lo up';
const run = (words: readonly string[], quiet = false): number | null =>
  spawnSync(words[0]!, words.slice(1), { stdio: quiet ? 'ignore' : 'inherit' }).status;

if (run([...unshare, 'sh', '-c', raise], true) === 0) {
  console.log('without a network but the loopback');
  process.exitCode = run([...unshare, 'sh', '-c', `${raise} && exec "$@"`, 'sh', ...command]) ?? 1;
} else {
  console.log('with the network: this system makes no place without one');
  process.exitCode = run(command) ?? 1;
}
