import { type Verdict, REPORT_SCHEMA } from '../../src/domain/report.ts';
import { board } from './report-schema/board.ts';
import { doctor } from './report-schema/doctor.ts';
import { claim, failure, finding, hint, identity } from './report-schema/findings.ts';
import { conflict, cost, order, overlap } from './report-schema/fleet.ts';
import { check, gate, pullRequest } from './report-schema/judged.ts';
import { handoff } from './report-schema/handoff.ts';
import { land } from './report-schema/land.ts';
import { lock } from './report-schema/lock.ts';
import { owner, whoami } from './report-schema/ownership.ts';
import { report } from './report-schema/report.ts';
import { request } from './report-schema/request.ts';
import { status } from './report-schema/status.ts';
import { task } from './report-schema/task.ts';
import { test } from './report-schema/test.ts';
import {
  agentId,
  list,
  object,
  oid,
  oneOf,
  orNull,
  ref,
  type Schema,
  text,
} from './report-schema/words.ts';
import type { Target } from './target.ts';

export type { Schema } from './report-schema/words.ts';

/** `data` of the commands whose reports are described in full; the others are open objects. */
const DATA: readonly [command: Schema, definition: string][] = [
  [{ type: 'string', pattern: '^(?:check|hook [a-z-]+)$' }, 'check'],
  [{ const: 'board' }, 'board'],
  [{ const: 'doctor' }, 'doctor'],
  [{ const: 'gate' }, 'gate'],
  [{ type: 'string', pattern: '^handoff [a-z]+$' }, 'handoff'],
  [{ type: 'string', pattern: '^land(?: [a-z]+)?$' }, 'land'],
  [{ const: 'lock' }, 'lock'],
  [{ const: 'order' }, 'order'],
  [{ const: 'overlap' }, 'overlap'],
  [{ const: 'owner' }, 'owner'],
  [{ const: 'report' }, 'report'],
  [{ type: 'string', pattern: '^request [a-z]+$' }, 'request'],
  [{ const: 'status' }, 'status'],
  [{ type: 'string', pattern: '^task [a-z]+$' }, 'task'],
  [{ const: 'test' }, 'test'],
  [{ const: 'whoami' }, 'whoami'],
];

/** The envelope that `--json` prints, for every command. */
export const reportSchema: Schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'bailiwick report',
  description: 'What every command of bailiwick prints with --json, on one line.',
  ...object({
    schema: { const: REPORT_SCHEMA },
    command: text('The command that answers: check, hook pre-commit, ...'),
    verdict: oneOf<Verdict>({ allowed: true, refused: true, undecided: true }),
    agent: orNull(agentId),
    policy: orNull(object({ ref: text('Where the policy was read.'), oid: orNull(oid) })),
    findings: list(ref('finding')),
    data: { type: 'object' },
  }),
  allOf: DATA.map(([command, definition]) => ({
    if: { properties: { command } },
    then: { properties: { data: { anyOf: [ref(definition), ref('failure')] } } },
  })),
  definitions: {
    board,
    check,
    claim,
    conflict,
    cost,
    doctor,
    failure,
    finding,
    gate,
    handoff,
    hint,
    identity,
    land,
    lock,
    order,
    overlap,
    owner,
    pullRequest,
    report,
    request,
    status,
    task,
    test,
    whoami,
  },
};

/** `schema/report.schema.json`: what `--json` prints, for editors and for programs that read it. */
export const reportSchemaTargets = (): Target[] => [
  { path: 'schema/report.schema.json', content: `${JSON.stringify(reportSchema, null, 2)}\n` },
];
