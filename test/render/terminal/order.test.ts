import { describe, expect, it } from 'vitest';
import { renderOrder } from '../../../src/render/terminal/order.ts';
import { colorPaint } from '../../../src/render/view.ts';
import { branch, conflict, file, problem } from '../../core/order/support.ts';
import { view } from '../examples.ts';
import { combination, fleet, replayed, solved } from '../order-examples.ts';

describe('renderOrder', () => {
  it('tells the waves with their reasons, what is free, and what it costs', () => {
    expect(renderOrder(solved(fleet), view)).toMatchInlineSnapshot(`
      "6 branches in 3 waves: 2 need rework, 132 lines; no order is cheaper

      Wave 1, in any order
         1  feat/a1/api  clean
            cli.py conflicts with feat/a2/cli, and 1 more conflict; landing before all
            of them costs it nothing
         2  feat/a2/docs  clean
            src/core.ts conflicts with feat/a1/core; landing before it costs 120
            lines, after it 3, but no order is cheaper as a whole
         3  clean: 1 branch that conflicts with no other
            feat/a4/free

      Wave 2, in any order
         4  feat/a1/core  rework, 120 lines
            src/core.ts conflicts with feat/a1/api, and 1 more conflict; landing after
            all of them costs 120 lines
         5  feat/a2/cli  rework, 12 lines
            cli.py conflicts with feat/a1/api; landing after it costs 12 lines, before
            it 340

      Wave 3
         6  feat/a3/stacked  clean
            stacked on feat/a2/cli

      Cost                      branches    lines
      this order                       2      132  no order is cheaper
      first come, first served         3       23
      smallest first                   3       23
      fewest conflicts first           2      468
      fewest lines                     3       23  feat/a1/core, feat/a4/free,
                                                   feat/a1/api, feat/a2/docs,
                                                   feat/a2/cli and feat/a3/stacked
      3 conflicting places in every order: whoever lands later resolves them
      "
    `);
  });

  it('tells what the replay showed', () => {
    const world = [
      combination('feat/a1/core', 'feat/a1/api'),
      combination('feat/a4/free', 'feat/a1/api', 'feat/a2/docs'),
    ];
    expect(renderOrder(replayed(fleet, world), view)).toMatchInlineSnapshot(`
      "6 branches in 3 waves: 1 needs rework, 120 lines; not proven to be the least

      Wave 1, in any order
         1  feat/a1/api  clean
            cli.py conflicts with feat/a2/cli, and 1 more conflict; landing before all
            of them costs it nothing
         2  feat/a4/free  clean
            src/big.ts conflicts once feat/a1/api and feat/a2/docs have landed;
            landing before that costs nothing

      Wave 2, in any order
         3  feat/a2/cli  clean
            cli.py conflicts with feat/a1/api; landing after it costs 12 lines, before
            it 340
         4  feat/a2/docs  clean
            src/core.ts conflicts with feat/a1/core; landing before it costs 120
            lines, after it 3; landing earlier would make feat/a4/free conflict

      Wave 3, in any order
         5  feat/a1/core  rework, 120 lines
            src/core.ts conflicts with feat/a1/api, and 1 more conflict; landing after
            all of them costs 120 lines
         6  feat/a3/stacked  clean
            stacked on feat/a2/cli

      Cost                      branches    lines
      this order                       1      120  not proven to be the least
      first come, first served         4       27
      smallest first                   4       27
      fewest conflicts first           2      468
      fewest lines                     3       23  feat/a1/core, feat/a4/free,
                                                   feat/a1/api, feat/a2/docs,
                                                   feat/a2/cli and feat/a3/stacked
      3 conflicting places in every order: whoever lands later resolves them

      replay: tried by squash with 10 merges: 4 landed clean and 1 stopped where a
        conflict was foreseen
      replay: feat/a2/cli landed clean, although it conflicts with feat/a1/api as a
        pair
      replay: feat/a4/free conflicts in src/big.ts once feat/a1/api and feat/a2/docs
        have landed; no pair explains that
      "
    `);
  });

  it('says when the replay was cut short', () => {
    expect(renderOrder(replayed(fleet, [], 2), view)).toMatchInlineSnapshot(`
      "6 branches in 3 waves: 2 need rework, 132 lines; not proven to be the least

      Wave 1, in this order
         1  feat/a1/api  clean
            cli.py conflicts with feat/a2/cli, and 1 more conflict; landing before all
            of them costs it nothing
         2  feat/a2/docs  clean
            src/core.ts conflicts with feat/a1/core; landing before it costs 120
            lines, after it 3
         3  clean: 1 branch that conflicts with no other
            feat/a4/free

      Wave 2, in any order
         4  feat/a1/core  rework, 120 lines
            src/core.ts conflicts with feat/a1/api, and 1 more conflict; landing after
            all of them costs 120 lines
         5  feat/a2/cli  rework, 12 lines
            cli.py conflicts with feat/a1/api; landing after it costs 12 lines, before
            it 340

      Wave 3
         6  feat/a3/stacked  clean
            stacked on feat/a2/cli

      Cost                      branches    lines
      this order                       2      132  not proven to be the least
      first come, first served         3       23
      smallest first                   3       23
      fewest conflicts first           2      468
      fewest lines                     3       23  feat/a1/core, feat/a4/free,
                                                   feat/a1/api, feat/a2/docs,
                                                   feat/a2/cli and feat/a3/stacked
      3 conflicting places in every order: whoever lands later resolves them

      replay: tried by squash with 2 merges: 3 landed clean
      replay: the merges allowed ran out: 3 of 6 branches not tried
      "
    `);
  });

  it('says of a pair found by replay that it conflicts whichever goes first, or only one way', () => {
    const pair = [combination('a', 'b'), combination('b', 'a')];
    expect(renderOrder(replayed(problem(['a', 'b']), pair), view)).toMatchInlineSnapshot(`
      "2 branches in 2 waves: 1 needs rework, 4 lines; no order is cheaper

      Wave 1
         1  a  clean
            src/big.ts conflicts with b; whichever lands later redoes 4 lines

      Wave 2
         2  b  rework, 4 lines
            src/big.ts conflicts with a; whichever lands later redoes 4 lines

      Cost                      branches    lines
      this order                       1        4  no order is cheaper
      first come, first served         1        4
      smallest first                   1        4
      fewest conflicts first           1        4

      replay: tried by squash with 2 merges: 1 landed clean and 1 stopped where a
        conflict was foreseen
      replay: a and b conflict in src/big.ts whichever goes first
      "
    `);
    const oneWay = [combination('b', 'a')];
    expect(renderOrder(replayed(problem(['a', 'b']), oneWay), view)).toMatchInlineSnapshot(`
      "2 branches in 2 waves: none needs rework

      Wave 1
         1  b  clean
            src/big.ts conflicts with a; landing before it costs nothing, after it 4

      Wave 2
         2  a  clean
            after b, never before: that would make it conflict

      replay: tried by squash with 2 merges: 2 landed clean
      replay: b conflicts in src/big.ts when it lands after a, not before
      "
    `);
  });

  it('does not claim more than was proven', () => {
    const names = Array.from({ length: 24 }, (_, at) => `b${at}`);
    const conflicts = names.flatMap((a, at) =>
      names
        .slice(at + 1)
        .map((b, to) => conflict(a, b, file(`${a}${b}`, [1 + at, 1 + ((to * 7) % 9)]))),
    );
    const text = renderOrder(solved(problem(names, { conflicts }), { steps: 0, subsets: 1 }), view);
    expect(text.split('\n').slice(0, 2).join('\n')).toMatchInlineSnapshot(`
      "24 branches in 24 waves: 23 need rework, 1,138 lines; no order has fewer
      branches, and none with as few saves more than 51 lines"
    `);
  });

  it('is short where nothing meets', () => {
    expect(renderOrder(solved(problem([])), view)).toMatchInlineSnapshot(`
      "no branch to order
      "
    `);
    expect(renderOrder(solved(problem(['only'])), view)).toMatchInlineSnapshot(`
      "1 branch in 1 wave: none needs rework

      Wave 1
         1  clean: 1 branch that conflicts with no other
            only
      "
    `);
    expect(renderOrder(solved(problem(['a', 'b', 'c'])), view)).toMatchInlineSnapshot(`
      "3 branches in 1 wave: none needs rework

      Wave 1, in any order
       1-3  clean: 3 branches that conflict with no other
            a, b and c
      "
    `);
  });

  it('cuts a long list and counts the rest', () => {
    const free = Array.from({ length: 300 }, (_, at) => `free/${at}`);
    const chain = Array.from({ length: 90 }, (_, at) => `chain/${at}`);
    const conflicts = chain.slice(1).map((ref, at) => conflict(chain[at]!, ref));
    const text = renderOrder(solved(problem([...free, ...chain], { conflicts })), view);
    expect(text).toContain('and 50 more branches; --json lists all');
    expect(text).toContain('free/11 and 288 more');
    expect(text.split('\n').length).toBeLessThan(150);
  });

  it('shows hostile names as what they are', () => {
    const hostile = 'x\u001b[31m\u202eevil';
    const names = [branch(hostile), branch('b', { date: 1 })];
    const conflicts = [conflict(hostile, 'b', file('a\nb\u0007', [1, 2]))];
    const text = renderOrder(solved(problem(names, { conflicts })), view);
    expect(text).not.toMatch(/[\u001b\u202e\u0007]/);
    expect(text).toMatchInlineSnapshot(`
      "2 branches in 2 waves: 1 needs rework, 1 line; no order is cheaper

      Wave 1
         1  b  clean
            $'a\\012b\\007' conflicts with $'x\\033\\13331m\\342\\200\\256evil'; landing
            before it costs 1 line, after it 2

      Wave 2
         2  x\\x1b[31m\\u202eevil  rework, 1 line
            $'a\\012b\\007' conflicts with b; landing after it costs 1 line, before it 2

      Cost                      branches    lines
      this order                       1        1  no order is cheaper
      first come, first served         1        2
      smallest first                   1        2
      fewest conflicts first           1        2
      1 conflicting place in every order: whoever lands later resolves them
      "
    `);
  });

  it('keeps to the width, and colours by meaning', () => {
    const text = renderOrder(solved(fleet), { ...view, width: 60 });
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60);
    const painted = renderOrder(solved(fleet), { ...view, paint: colorPaint });
    expect(painted).toContain('\u001b[33mrework, 120 lines\u001b[39m');
    expect(painted).toContain('\u001b[32mclean\u001b[39m');
  });
});
