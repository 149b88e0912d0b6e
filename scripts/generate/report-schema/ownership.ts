import { FINDING_CODES } from '../../../src/domain/finding.ts';
import type { SharedPart } from '../../../src/domain/ownership.ts';
import type { PathLayer } from '../../../src/domain/reports/owner.ts';
import { agentId, flag, list, object, oneOf, orNull, path, ref, text } from './words.ts';

const globs = list(text('A glob, as the policy writes it.'));

export const whoami = object({
  identity: ref('identity'),
  worktree: orNull(text('Absolute top of the worktree.')),
  branch: orNull(text('The branch checked out.')),
  binding: orNull(text('What the worktree is bound to.')),
  steps: list(
    object({
      kind: text('What kind of step it is.'),
      target: text('The path, or the key of a setting.'),
      to: orNull(text('Where to, or the new value of a setting.')),
      why: text('Why, for people.'),
    }),
  ),
  part: orNull(
    object({
      title: orNull(text('The title of the agent.')),
      owns: globs,
      except: globs,
      forbidden: globs,
      shared: list(
        object({
          name: text('The name of the shared part and of its lock.'),
          paths: globs,
          lock: oneOf<SharedPart['lock']>({ advised: true, none: true, required: true }),
          holder: orNull(agentId),
          expires: orNull({ type: 'integer', description: 'Milliseconds since 1970.' }),
        }),
      ),
      reserved: list(
        object({
          name: text('The name of the reserved part.'),
          paths: globs,
          reason: orNull(text('Why it is reserved.')),
        }),
      ),
    }),
  ),
});

export const owner = object({
  paths: list(
    object(
      {
        path,
        tracked: flag,
        layer: oneOf<PathLayer>({
          control: true,
          derived: true,
          forbidden: true,
          frozen: true,
          local: true,
          owned: true,
          reserved: true,
          shared: true,
          unowned: true,
          unsafe: true,
        }),
        rule: orNull(text('The rule that decides.')),
        owners: list(agentId),
        forAgent: orNull(
          object({ verdict: { enum: ['allowed', 'refused'] }, code: { enum: FINDING_CODES } }, [
            'code',
          ]),
        ),
        reason: text('Why, one sentence.'),
        hint: orNull(ref('hint')),
      },
      ['tracked'],
    ),
  ),
});
