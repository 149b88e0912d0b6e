import { expect, it } from 'vitest';
import { files, text } from './source.ts';

const LIST = 'git/worktree/state-paths.ts';

/** A path below `<git-dir>/bailiwick/` put together by hand. */
const BY_HAND = /join\([^()]*(?:'bailiwick'|bailiwick\/)|[dD]irectory\}\/bailiwick\b/;

it('what is kept in a git directory has its path from one list', () => {
  const said = files
    .filter((file) => file !== LIST && file !== 'host/program.ts' && BY_HAND.test(text(file)))
    .map((file) => `${file} spells a path of our state by hand: give it a line in ${LIST}`);
  expect(said).toEqual([]);
  expect(BY_HAND.test(text('host/program.ts'))).toBe(true);
});
