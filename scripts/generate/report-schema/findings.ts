import type { Operation } from '../../../src/domain/change.ts';
import type { FailureKind } from '../../../src/domain/failure.ts';
import { FINDING_CODES, type Severity } from '../../../src/domain/finding.ts';
import type { IdentitySource, IdentityStrength } from '../../../src/domain/identity.ts';
import { agentId, list, object, oneOf, orNull, path, ref, type Schema, text } from './words.ts';

export const severity = oneOf<Severity>({ error: true, notice: true, warning: true });
export const operation = oneOf<Operation>({
  add: true,
  delete: true,
  gitlink: true,
  mode: true,
  modify: true,
  symlink: true,
});

export const hint = object({
  aim: text('What it leads to, after "To": take the lock.'),
  command: orNull(text('The one command that does it; null where no command does.')),
});

export const finding = object(
  {
    code: { enum: FINDING_CODES },
    severity,
    path,
    ops: list(operation),
    agent: orNull(agentId),
    owner: list(agentId),
    rule: text("The rule that decided: agents.a1.owns[0] 'services/**'"),
    message: text('What is wrong, one sentence.'),
    hint: ref('hint'),
  },
  ['path', 'ops', 'owner', 'rule', 'hint'],
);

export const claim = object({
  source: oneOf<IdentitySource>({
    actor: true,
    binding: true,
    branch: true,
    environment: true,
    option: true,
  }),
  from: text('What was read, in words.'),
  agent: agentId,
});

export const identity: Schema = {
  oneOf: [
    object({
      kind: { const: 'agent' },
      agent: agentId,
      strength: oneOf<IdentityStrength>({ asserted: true, bound: true, verified: true }),
      claims: list(ref('claim')),
    }),
    object({ kind: { const: 'human' } }),
    object({ kind: { const: 'mismatch' }, claims: list(ref('claim')) }),
  ],
};

export const failure = object({
  failure: object({
    kind: oneOf<FailureKind>({ git: true, internal: true, io: true, policy: true, usage: true }),
    message: text('Why nothing could be decided.'),
    hints: list(ref('hint')),
  }),
});
