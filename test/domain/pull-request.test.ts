import { describe, expect, it } from 'vitest';
import { pullRequestIn } from '../../src/domain/pull-request.ts';

describe('the pull request in a subject', () => {
  it.each([
    ['Merge pull request #12 from a/b', 12],
    ['Add a parser (#7)', 7],
    ['Add a parser (#7) again', null],
    ['Merge pull request #1234567890 from a/b', null],
    ['see #7', null],
    ['', null],
  ])('%s: %s', (subject, number) => {
    expect(pullRequestIn(subject)).toBe(number);
  });
});
