import * as v from 'valibot';
import { durationForm, globForm } from './forms.ts';
import { describe, DURATION, writtenLeaf as form } from './written-leaf.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000_000));

const least = (most: number) => v.pipe(v.number(), v.minValue(0), v.maxValue(most));

/** `limits` of `ownership.yml`. */
export const WrittenLimits = v.strictObject({
  lines: describe(count, 'Changed lines of a branch.'),
  behind: describe(count, 'Commits of the base that a branch lacks.'),
  age: describe(form(durationForm, DURATION), 'Time since a branch left its base.'),
  exclude: describe(
    v.array(form(globForm, { minLength: 1, maxLength: 256, examples: ['**/*.snap'] })),
    'Globs of files whose lines are not counted, besides derived ones.',
  ),
  tests: describe(v.boolean(), 'Whether lines of tests are counted. Default: true.'),
  targets: describe(
    v.strictObject({
      landings: describe(least(1000), 'Landings of an agent a day, at least.'),
      conflicts: describe(least(1_000_000), 'Conflicts a week, at most.'),
      integration: describe(least(100), 'Percent of what was tried that lands, at least.'),
    }),
    'What `bailiwick report` shows its figures beside. Refuses nothing.',
  ),
  enforce: describe(
    v.array(v.picklist(['lines', 'behind', 'age'])),
    'Limits that refuse. The others are advice.',
  ),
});
