import { runOverlap } from '../../src/commands/overlap.ts';
import { RENAME_LIMIT } from '../../src/domain/options/fleet-options.ts';
import { makeHost } from '../../src/host/host.ts';

/** `overlap` without the command line, so that the bench can build it without a part of it. */
const host = makeHost({
  packageDirectory: process.argv[2]!,
  directory: process.argv[3]!,
  note: () => undefined,
});
const { data } = await runOverlap(host, {
  refs: ['refs/heads/feat/'],
  base: 'refs/heads/main',
  worktrees: false,
  land: 'merge',
  rules: 'git',
  renameLimit: RENAME_LIMIT,
  failOn: null,
});
console.log(JSON.stringify(data.breaks.map(({ code }) => code)));
