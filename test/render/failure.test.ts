import { expect, it } from 'vitest';
import { Failure } from '../../src/domain/failure.ts';
import { hintTo } from '../../src/domain/hint.ts';
import { renderFailure } from '../../src/render/failure.ts';
import { colorPaint } from '../../src/render/view.ts';
import { view } from './examples.ts';

it('says in one line what could not be decided, then what helps', () => {
  const failure = new Failure('git', 'the history is cut off\x1b[31m', [
    hintTo('get all of it', 'git fetch --unshallow'),
    hintTo('judge without it', 'bailiwick check --staged'),
  ]);

  expect(renderFailure(failure, view)).toMatchInlineSnapshot(`
      "bailiwick cannot decide: the history is cut off\\x1b[31m
        -> To get all of it, run git fetch --unshallow
        -> To judge without it, run bailiwick check --staged
      "
    `);
  expect(renderFailure(failure, { ...view, paint: colorPaint })).toContain('\x1b[31mbailiwick');
});
