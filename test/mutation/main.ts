import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Mutation, MUTATIONS } from './mutations.ts';

// `npm run test:mutation [words]`: takes one rule after another out of a throw-away copy and runs the test
// that has to notice. Ends with 1 when one does not, or when a rule is no longer where the table says.

const root = fileURLToPath(new URL('../..', import.meta.url));
const words = process.argv.slice(2).join(' ');
const chosen = MUTATIONS.filter(({ rule }) => rule.includes(words));

/** What git tracks, with the packages that are installed. */
function copyTo(directory: string): void {
  const listed = spawnSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' });
  for (const file of listed.stdout.split('\0').filter(Boolean)) {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    cpSync(join(root, file), join(directory, file));
  }
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
}

/** Whether the test passes there. */
function passes(directory: string, [file, title]: Mutation['test']): boolean {
  const named = title === '' ? [] : ['-t', title.replace(/[.*+?()[\]]/g, '\\$&')];
  const args = ['vitest', 'run', '--maxWorkers=1', '--passWithNoTests=false', file, ...named];
  const { status, stdout } = spawnSync('npx', args, { cwd: directory, encoding: 'utf8' });
  // A title that no test has would be skipped, and pass.
  if (status === 0 && !/Tests .*\d+ passed/.test(stdout.replace(/\x1b\[\d*m/g, '')))
    throw new Error(`no test of ${file} is called '${title}'`);
  return status === 0;
}

/** What the rule's files said before. @throws when the table is out of date. */
function mutate(directory: string, { edits, rule }: Mutation): ReadonlyMap<string, string> {
  const before = new Map<string, string>();
  for (const { file, from, to } of edits) {
    const path = join(directory, file);
    const text = readFileSync(path, 'utf8');
    if (!text.includes(from)) throw new Error(`'${rule}' is not in ${file} as the table says`);
    if (!before.has(path)) before.set(path, text);
    writeFileSync(
      path,
      text.replace(from, () => to),
    );
  }
  return before;
}

const directory = mkdtempSync(join(tmpdir(), 'mutation-'));
try {
  copyTo(directory);
  let survived = 0;
  for (const mutation of chosen) {
    const clean = passes(directory, mutation.test);
    const before = mutate(directory, mutation);
    const noticed = clean && !passes(directory, mutation.test);
    for (const [path, text] of before) writeFileSync(path, text);
    survived += noticed ? 0 : 1;
    const said = noticed ? 'noticed' : clean ? 'SURVIVED' : 'fails without it, too';
    console.log(`${said}: ${mutation.rule} (${mutation.test[0]})`);
  }
  console.log(`${chosen.length - survived} of ${chosen.length} were noticed`);
  process.exitCode = survived === 0 ? 0 : 1;
} finally {
  rmSync(directory, { recursive: true, force: true });
}
