import { Ajv } from 'ajv';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ownershipSchema } from '../../../scripts/generate/ownership-schema.ts';
import { parseOwnership } from '../../../src/core/policy/parse.ts';
import { packageRoot } from '../../support/repository.ts';
import { agentPolicy, EVERY_KEY } from './policies.ts';

const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(ownershipSchema);

describe('the schema for editors', () => {
  it('is up to date', () => {
    const written = readFileSync(`${packageRoot}/schema/ownership.schema.json`, 'utf8');
    expect(written).toBe(`${JSON.stringify(ownershipSchema, null, 2)}\n`);
  });

  it('describes every key', () => {
    const undescribed: string[] = [];
    const walk = (schema: Record<string, unknown>, path: string): void => {
      for (const [key, inner] of Object.entries(schema['properties'] ?? {}) as [
        string,
        Record<string, unknown>,
      ][]) {
        if (typeof inner['description'] !== 'string') undescribed.push(`${path}.${key}`);
        walk(inner, `${path}.${key}`);
      }
      for (const key of ['additionalProperties', 'items'])
        if (typeof schema[key] === 'object')
          walk(schema[key] as Record<string, unknown>, `${path}.*`);
    };
    walk(ownershipSchema, '');
    expect(undescribed).toEqual([]);
  });

  it.each([
    ['a policy with every key', EVERY_KEY],
    ['the smallest policy', 'version: 1\nagents: {}\n'],
    ['ports as a number', agentPolicy('ports: 8080')],
  ])('accepts %s, as the program does', (_, text) => {
    expect(parseOwnership(text).ok).toBe(true);
    expect({ valid: validate(parse(text)), errors: validate.errors }).toEqual({
      valid: true,
      errors: null,
    });
  });

  it.each([
    ['an unknown key', agentPolicy('forbiden: []'), '/agents/a1'],
    ['a number for a glob', agentPolicy('owns: [1e3]'), '/agents/a1/owns/0'],
    ['an agent in capitals', 'version: 1\nagents: { A1: {} }\n', '/agents'],
    ['an unknown choice', 'version: 1\nunowned: maybe\nagents: {}\n', '/unowned'],
    ['no version', 'agents: {}\n', ''],
    ['a duration without unit', "version: 1\nagents: {}\nlimits: { age: '3' }\n", '/limits/age'],
    ['ports in words', agentPolicy('ports: many'), '/agents/a1/ports'],
    [
      'a template without agent',
      "version: 1\nagents: {}\nidentify: { branches: ['x'] }\n",
      '/identify/branches/0',
    ],
  ])('refuses %s, as the program does', (_, text, path) => {
    expect(parseOwnership(text).ok).toBe(false);
    expect(validate(parse(text))).toBe(false);
    expect(validate.errors?.map(({ instancePath }) => instancePath)).toContain(path);
  });
});
