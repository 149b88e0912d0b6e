import { expect, it } from 'vitest';
import { Failure, failureFrom } from '../../src/domain/failure.ts';
import { hintTo } from '../../src/domain/hint.ts';

it('failureFrom leaves a failure alone, and calls anything else a bug of ours', () => {
  const traces: string[] = [];
  const trace = (stack: string): void => void traces.push(stack);
  const failure = new Failure('git', 'no git');
  expect(failureFrom(failure, trace, hintTo('look'))).toBe(failure);
  expect(traces).toEqual([]);
  const bug = failureFrom(new TypeError('x is undefined'), trace, hintTo('see more, look'));
  expect(bug).toMatchObject({
    kind: 'internal',
    message: 'internal error: x is undefined',
    hints: [hintTo('see more, look')],
  });
  expect(traces.join()).toContain('failure.test.ts');
  expect(failureFrom('a word', null)).toMatchObject({
    message: 'internal error: a word',
    hints: [],
  });
});

it('knows a failure of another copy of the class, as a part brings one that is loaded later', () => {
  const other = Object.assign(new Error('no git'), { name: 'Failure', kind: 'git', hints: [] });
  expect(other instanceof Failure).toBe(true);
  expect(failureFrom(other, null)).toBe(other);
  expect(new Error('Failure') instanceof Failure).toBe(false);
  expect({ name: 'Failure' } instanceof Failure).toBe(false);
});
