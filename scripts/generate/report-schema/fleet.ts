import { LANDING_MODES, OVERLAP_LEVELS } from '../../../src/domain/landing.ts';
import {
  BASELINES,
  type OrderEntry,
  type OrderWait,
  type ReplayStep,
} from '../../../src/domain/reports/order.ts';
import type { BaseStanding, Degraded, SilentBreak } from '../../../src/domain/reports/overlap.ts';
import { severity } from './findings.ts';
import {
  agentId,
  count,
  flag,
  list,
  object,
  oid,
  oneOf,
  orNull,
  path,
  ref,
  type Schema,
  text,
} from './words.ts';

export const branch = text('As git abbreviates it: feat/a1/x');
export const branches = list(branch);
export const pair: Schema = { type: 'array', items: branch, minItems: 2, maxItems: 2 };
const lines = list({
  type: 'array',
  description:
    'First and last line of the base, from 1; an insertion has the line before it, twice.',
  items: count,
  minItems: 2,
  maxItems: 2,
});
const mechanical: Schema = {
  type: 'boolean',
  description: 'Nothing but lockfiles, changelogs or manifests.',
};

/** A conflict as git names it. */
export const conflict = object(
  { path, kind: text('CONFLICT (contents), ...; see git-merge-tree(1).'), lines, mechanical },
  ['lines'],
);

/** What merges and does not work once it has landed. */
export const silentBreak = object(
  {
    code: oneOf<SilentBreak['code']>({
      'dangling-name': true,
      'duplicate-name': true,
      'migration-collision': true,
      'undoes-landed': true,
      'version-bump-needed': true,
      'version-drift': true,
    }),
    severity,
    refs: { type: 'array', items: branch, minItems: 1, maxItems: 2 },
    path,
    message: text('What breaks although it merges, one sentence.'),
    hint: ref('hint'),
  },
  ['hint'],
);

const overlapData = {
  base: object({ ref: branch, oid }),
  branches: list(
    object(
      {
        ref: branch,
        oid,
        agent: orNull(agentId),
        ahead: count,
        behind: count,
        files: count,
        lines: count,
        base: oneOf<BaseStanding>({ clean: true, conflict: true, merged: true, unreadable: true }),
        paths: list(path),
        conflicts: list(ref('conflict')),
        uncommitted: { const: true },
      },
      ['uncommitted'],
    ),
  ),
  pairs: list(
    object(
      {
        a: branch,
        b: branch,
        level: { enum: OVERLAP_LEVELS },
        paths: list(path),
        near: list(object({ path, lines }, ['lines'])),
        conflicts: list(ref('conflict')),
        oneWay: object({ earlier: branch, later: branch }),
        identical: { const: true },
      },
      ['oneWay', 'identical'],
    ),
  ),
  breaks: list(silentBreak),
  hints: list({
    oneOf: [
      object({
        kind: { const: 'case-only' },
        refs: pair,
        paths: { type: 'array', items: path, minItems: 2, maxItems: 2 },
        message: text('What a person should see, one sentence.'),
      }),
      object({
        kind: { const: 'policy' },
        place: text('Where a policy is that does not count yet and would give another answer.'),
        keys: list(text('A key in which it differs.')),
        message: text('What a person should see, one sentence.'),
      }),
    ],
  }),
  degraded: list(
    object(
      {
        kind: oneOf<Degraded['kind']>({
          'broken-ref': true,
          'git-failed': true,
          'too-large': true,
          'missing-object': true,
          'no-common-history': true,
          'rename-limit': true,
          shallow: true,
        }),
        refs: branches,
        message: text('What could not be decided, one sentence.'),
        hint: ref('hint'),
      },
      ['hint'],
    ),
  ),
  stats: object({
    branches: count,
    pairs: count,
    candidates: count,
    merges: count,
    cached: count,
    ms: count,
  }),
};

export const cost = object({ branches: count, lines: count });
const files = list(object({ path, mechanical, lines: count }));

/** What `order` adds to what `overlap` says. */
export const orderData = {
  order: list(
    object({
      ref: branch,
      agent: orNull(agentId),
      position: { type: 'integer', minimum: 1 },
      wave: { type: 'integer', minimum: 1 },
      after: branches,
      waits: list(
        object({
          ref: branch,
          why: oneOf<OrderWait['why']>({
            combination: true,
            conflict: true,
            declared: true,
            draft: true,
            stacked: true,
            tested: true,
            together: true,
          }),
        }),
      ),
      conflicts: list(
        object({
          with: branch,
          together: branches,
          paths: list(path),
          mechanical,
          lines: count,
          otherwise: count,
        }),
      ),
      cost: ref('cost'),
      outcome: oneOf<OrderEntry['outcome']>({ clean: true, rework: true }),
      reason: text('Why it lands here, one sentence.'),
    }),
  ),
  waves: list(branches),
  anyOrder: list(flag),
  waiting: list(object({ ref: branch, agent: orNull(agentId), for: branches })),
  tested: orNull(object({ command: text('As it was typed.'), runs: count, failing: branches })),
  cost: ref('cost'),
  bound: ref('cost'),
  optimal: flag,
  landing: { enum: LANDING_MODES },
  baselines: object(Object.fromEntries(BASELINES.map((name) => [name, ref('cost')]))),
  hunks: count,
  fewestLines: orNull(
    object({ cost: ref('cost'), bound: ref('cost'), optimal: flag, order: branches }),
  ),
  combinations: list(object({ earlier: branches, later: branch, files })),
  replay: orNull(
    object({
      complete: flag,
      probes: count,
      steps: list(
        object({
          ref: branch,
          outcome: oneOf<ReplayStep['outcome']>({
            blocked: true,
            conflict: true,
            landed: true,
            undecided: true,
            unseen: true,
            vanished: true,
          }),
          because: branches,
        }),
      ),
    }),
  ),
};

export const overlap = object(overlapData);
export const order = object({ ...overlapData, ...orderData });
