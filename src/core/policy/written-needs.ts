import * as v from 'valibot';
import { partNameForm } from './forms.ts';
import { memoryForm } from './memory-form.ts';
import { describe, writtenLeaf as form } from './written-leaf.ts';

/** `needs` of an agent in `ownership.yml`. */
export const WrittenNeeds = v.strictObject({
  memory: describe(
    form(memoryForm, { pattern: '^[1-9]\\d{0,5}[KMGT]$', examples: ['512M', '12G'] }),
    'The most memory that its commands take. Default: none that counts.',
  ),
  cpus: describe(
    v.pipe(v.number(), v.minValue(0.1), v.maxValue(1024)),
    'Processors that its commands keep busy. Default: 1.',
  ),
  exclusive: describe(
    v.array(form(partNameForm)),
    'Names of what only one may use at a time on a machine: docker.',
  ),
});
