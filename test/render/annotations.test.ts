import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/domain/finding.ts';
import { hintTo } from '../../src/domain/hint.ts';
import { renderAnnotations } from '../../src/render/annotations.ts';
import { agent, path } from './examples.ts';

const finding = (file: string, more: Partial<Finding> = {}): Finding => ({
  code: 'owned-by-other',
  severity: 'error',
  path: path(file),
  agent: agent('a1'),
  owner: [agent('a2')],
  rule: "agents.a2.owns[0] 'b/**'",
  message: 'belongs to a2',
  ...more,
});

const many = (count: number, more: (at: number) => Partial<Finding> = () => ({})): Finding[] =>
  Array.from({ length: count }, (_, at) => finding(`b/${at}`, more(at)));

const linesOf = (findings: readonly Finding[]): string[] =>
  renderAnnotations(findings).split('\n').slice(0, -1);

describe('annotations', () => {
  it('are one for each finding while GitHub shows them all', () =>
    expect(linesOf([finding('b/x', { hint: hintTo('go on', 'y') })])).toEqual([
      '::error file=b/x,title=bailiwick%3A owned-by-other::belongs to a2%0ATo go on, run y',
    ]));

  it('stand for a group where there are more', () => {
    const [line, ...others] = linesOf(many(11));
    expect(others).toEqual([]);
    expect(line).toContain('file=b/0,');
    expect(line).toContain('belongs to a2 (11 findings)%0Ab/0%0Ab/1');
  });

  it('name the first paths of a large group, and count the rest', () =>
    expect(linesOf(many(25))[0]).toMatch(/b\/19%0Aand 5 more paths$/));

  it('end with the count of the groups that do not fit', () => {
    const lines = linesOf(many(40, (at) => ({ rule: `rule ${at % 20}` })));
    expect(lines).toHaveLength(10);
    expect(lines[9]).toBe(
      '::error title=bailiwick::and 11 more groups of findings: the job summary lists them',
    );
  });

  it('count for each kind by itself', () => {
    const kinds = (['error', 'warning', 'notice'] as const).flatMap((severity) =>
      many(10, () => ({ severity })),
    );
    expect(linesOf(kinds)).toHaveLength(30);
  });

  it('are commands whatever they hold', () =>
    expect(
      linesOf([finding('a,b:c%\n::error::x', { message: 'x\r\n::stop-commands::y' })]),
    ).toEqual([
      '::error file=a%2Cb%3Ac%25%0A%3A%3Aerror%3A%3Ax,title=bailiwick%3A owned-by-other::x%0D%0A::stop-commands::y',
    ]));
});
