import * as v from 'valibot';
import { durationForm } from './forms.ts';
import { describe, DURATION, writtenLeaf } from './written-leaf.ts';

/** What may be written about phases, and about the commands that open them. */
export const WrittenPhases = {
  phases: describe(
    v.strictObject({
      enforce: describe(
        v.picklist(['advise', 'require']),
        'What happens to who comes too early. advise: a warning; require: refused. Default: advise.',
      ),
      opens: describe(
        v.picklist(['passed', 'landed']),
        'What opens the phases after an agent. Default: passed.',
      ),
    }),
    'What `after` and `not_with` of agents come to.',
  ),
  validation: describe(
    v.strictObject({
      timeout: describe(
        writtenLeaf(durationForm, DURATION),
        'How long each command of validate may take. Default: 30m.',
      ),
    }),
    'How the commands of `validate` run.',
  ),
};
