import { Ajv } from 'ajv';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Schema } from '../../scripts/generate/report-schema.ts';
import type { Report } from '../../src/domain/report.ts';
import { renderJson } from '../../src/render/json.ts';
import { packageRoot } from './repository.ts';

/** The schema as it is published. */
export const published = JSON.parse(
  readFileSync(join(packageRoot, 'schema/report.schema.json'), 'utf8'),
) as Schema;

/** The same schema with every object closed: also what nobody wrote down is wrong. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).map(([key, value]) => [key, closed(value)] as const);
  const isObject = 'properties' in schema && 'type' in schema;
  return { ...Object.fromEntries(entries), ...(isObject && { additionalProperties: false }) };
}

const ajv = new Ajv({ allErrors: true });
/** What a program checks that reads reports. */
export const open = ajv.compile(published);
/** What reports are held to here. */
export const strict = ajv.compile(closed(published) as Schema);

/** As a reader gets it: through the text that `--json` prints. */
export const printed = (report: Report): Record<string, unknown> =>
  JSON.parse(renderJson(report)) as Record<string, unknown>;

/** What a command printed with `--json`, which is what the schema says, to the last key. */
export function readPublished<Answer>(stdout: string): Answer {
  const report: unknown = JSON.parse(stdout);
  expect(strict(report), JSON.stringify(strict.errors)).toBe(true);
  return report as Answer;
}

/** A report that is what the schema says, to the last key. */
export async function asPublished<Answer extends Report>(answer: Promise<Answer>): Promise<Answer> {
  const report = await answer;
  expect(strict(printed(report)), JSON.stringify(strict.errors)).toBe(true);
  return report;
}
