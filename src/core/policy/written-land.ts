import * as v from 'valibot';
import { durationForm, lineForm } from './forms.ts';
import { describe, DURATION, writtenLeaf as form } from './written-leaf.ts';

/** What may be written under `land`. */
export const WrittenLand = v.strictObject({
  validate: describe(
    v.array(form(lineForm, { minLength: 1 })),
    'Commands that must pass on the base with what lands on it, besides those of the agents.',
  ),
  after: describe(
    v.array(form(lineForm, { minLength: 1 })),
    'Commands that must pass on the base once a landing is over; nothing is taken back where one fails.',
  ),
  timeout: describe(
    form(durationForm, DURATION),
    'How long each of these commands may take. Default: 1h.',
  ),
});
