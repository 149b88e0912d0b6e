import fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expandVariables } from '../../../src/core/worktrees/expand-variables.ts';
import {
  agentVariables,
  readVariables,
  variableLines,
} from '../../../src/core/worktrees/variables.ts';
import type { AgentId } from '../../../src/domain/ids.ts';
import { scratchDirectory } from '../../support/repository.ts';

const VALUES = ['', 'x', 'a b', "it's", 'say "hi"', '$HOME', '`id`', 'a\\b', 'C:\\x', 'é', '#x'];
const PRINT = "for (const n of ['V','W']) process.stdout.write(JSON.stringify(process.env[n]))";

describe('variableLines', () => {
  it('is read back as it was, whatever is in a value', () => {
    const value = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...VALUES, "'\n'", '\\'));
    fc.assert(
      fc.property(value, value, (first, second) => {
        const variables = new Map([
          ['V', first],
          ['W', second],
        ]);
        const text = `# mine\nOTHER thing\n${variableLines(variables).join('\n')}\n`;
        expect([...readVariables(text)]).toEqual([...variables]);
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  const file = (value: string): string => {
    const path = join(scratchDirectory(), '.agent.env');
    writeFileSync(path, `${variableLines(new Map([['V', value]])).join('\n')}\nW=end\n`);
    return path;
  };

  it.each([...VALUES, 'a\'b"c$d', 'line\nline'])('means %j to a shell', (value) => {
    const script = `set -a; . "${file(value)}"; exec "${process.execPath}" -e "${PRINT}"`;
    const { stdout, stderr } = spawnSync('sh', ['-c', script], { encoding: 'utf8' });
    expect(stdout + stderr).toBe(`${JSON.stringify(value)}"end"`);
  });

  it.each([...VALUES, 'line\nline'])('means %j to --env-file', (value) => {
    const args = [`--env-file=${file(value)}`, '-e', PRINT];
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect(stdout + stderr).toBe(`${JSON.stringify(value)}"end"`);
  });
});

describe('agentVariables', () => {
  const ports = { first: 8080, last: 8099, port: 8081 };

  it('are the agent, its schema and ports, then what the policy says', () => {
    expect(Object.fromEntries(agentVariables('api-2' as AgentId, ports, { X: 'y' }))).toEqual({
      AGENT_ID: 'api-2',
      DB_SCHEMA: 'agent_api_2',
      PORT: '8081',
      PORT_FIRST: '8080',
      PORT_LAST: '8099',
      X: 'y',
    });
  });

  it('are what the policy says where it says something', () => {
    const variables = agentVariables('a1' as AgentId, ports, { DB_SCHEMA: 'mine' });
    expect(variables.get('DB_SCHEMA')).toBe('mine');
  });
});

describe('expandVariables', () => {
  const lookUp = (name: string): string | undefined =>
    ({ KEY: 's3cret', EMPTY: '', NESTED: '${KEY}' })[name];

  it.each([
    ['${KEY}', 's3cret', []],
    ['a:${KEY}@b/${KEY}', 'a:s3cret@b/s3cret', []],
    ['$KEY ${}', '$KEY ${}', []],
    ['${NESTED}', '${KEY}', []],
    ['${NONE}-${EMPTY}', '-', ['EMPTY', 'NONE']],
  ])('%j', (text, value, missing) => {
    expect(expandVariables({ X: text }, lookUp)).toEqual({ values: { X: value }, missing });
  });
});
