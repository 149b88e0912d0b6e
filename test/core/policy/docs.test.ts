import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { explainFault, parseGlob } from '../../../src/core/glob/parse.ts';
import { DEFAULTS } from '../../../src/core/policy/resolve.ts';
import { WrittenPolicy } from '../../../src/core/policy/written.ts';
import { POLICY_TEST_OUTCOMES } from '../../../src/domain/ownership.ts';
import { PROBLEM_RULES } from '../../../src/domain/problem.ts';
import { packageRoot } from '../../support/repository.ts';
import { matches } from '../glob/glob.ts';
import { problemsOf } from './policies.ts';

const text = readFileSync(`${packageRoot}/docs/ownership.md`, 'utf8');

/** What stands under a heading, up to the next one of the same level. */
function section(heading: string): string {
  const level = heading.replace(/ .*/, '');
  const start = text.indexOf(`\n${heading}\n`);
  const rest = text.slice(start + heading.length + 2);
  const end = rest.search(new RegExp(`^${level} `, 'm'));
  return end === -1 ? rest : rest.slice(0, end);
}

/** The code in the cells of the rows of a table; what is no code is left as it stands. */
const rows = (heading: string): string[][] =>
  section(heading)
    .split('\n')
    .filter((line) => /^\| `/.test(line))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) =>
          cell
            .trim()
            .replace(/^`(.*)`$/, '$1')
            .replaceAll('\\|', '|'),
        ),
    );

describe('docs/ownership.md', () => {
  it('explains every kind of problem, in order', () => {
    const headings = Array.from(
      section('## Problems').matchAll(/^### (.+)$/gm),
      ([, name]) => name,
    );
    expect(headings).toEqual([...PROBLEM_RULES]);
  });

  it('explains every key, in order', () => {
    const headings = Array.from(section('## Keys').matchAll(/^### (.+)$/gm), ([, name]) => name);
    expect(headings).toEqual(Object.keys(WrittenPolicy.entries));
    for (const name of Object.keys(WrittenPolicy.entries.agents.value.entries))
      expect(section('### agents')).toContain(`\`${name}\``);
    for (const outcome of POLICY_TEST_OUTCOMES)
      expect(section('### tests')).toContain(`\`${outcome}\``);
    for (const template of DEFAULTS.branches)
      expect(section('### identify')).toContain(`\`${template.text}\``);
  });

  it('shows policies that can be used', () => {
    const examples = Array.from(text.matchAll(/```yaml\n(version[^`]*)```/g), ([, yaml]) => yaml!);
    expect(examples.map(problemsOf)).toEqual([[]]);
  });

  it.each(rows('### What names what'))('%s names %s: %s', (glob, path, named) => {
    expect(matches(glob, path)).toBe(named === 'yes');
  });

  it.each(rows('### What is refused, and what to write'))(
    '%s (%s): write %s',
    (glob, _, better) => {
      const parsed = parseGlob(glob);
      expect(!parsed.ok && explainFault(parsed.error).hint.aim).toContain(`write '${better}'`);
    },
  );
});
