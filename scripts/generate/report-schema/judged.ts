import type { Subject } from '../../../src/domain/reports/check.ts';
import type { GateData } from '../../../src/domain/reports/gate.ts';
import { landingRecords } from './landing-records.ts';
import { count, flag, list, object, oid, oneOf, orNull, path, ref, text } from './words.ts';

const checkData = {
  worktree: orNull(text('Absolute top of the worktree.')),
  subjects: list(
    object({
      kind: oneOf<Subject['kind']>({
        branch: true,
        commit: true,
        merge: true,
        paths: true,
        push: true,
        range: true,
      }),
      description: text('What was judged, for people.'),
      identity: ref('identity'),
      changes: count,
    }),
  ),
  remedy: orNull(ref('hint')),
  notices: list(text('What a reader must know to trust the answer.')),
};

export const check = object(checkData);

export const pullRequest = object({
  number: count,
  title: text('As it was written.'),
  author: object({ login: text('Login of whoever opened it.'), id: count }),
  branch: orNull(text('The branch it comes from.')),
  head: oid,
  labels: orNull(list(text('As they were when the event was sent.'))),
  own: { type: 'boolean', description: 'Its branch is in this repository, not in a fork.' },
  target: text('The branch it is to land on.'),
  draft: flag,
  locked: flag,
  opened: { type: 'integer', description: 'Milliseconds since 1970.' },
});

export const gate = object({
  ...checkData,
  event: oneOf<GateData['event']>({
    landed: true,
    'merge-group': true,
    'pull-request': true,
  }),
  pullRequests: list(ref('pullRequest')),
  control: list(path),
  landings: orNull(landingRecords),
});
