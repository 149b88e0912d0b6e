import { expect, it } from 'vitest';
import { runCheck } from '../../../src/commands/check.ts';
import { hostIn } from '../../support/host.ts';
import { commitTo, fleetOf, look } from '../../support/overlap.ts';

const POLICY = `version: 1
base: main
identify: { branches: ['feat/{agent}/{topic}'] }
unowned: allow
agents: { a1: { owns: ['a/**'] }, a2: { owns: ['b/**'] } }
`;

it('versions apart are told of two branches, and of one and the base for what it changed', async () => {
  const repository = fleetOf(
    {
      'ownership.yml': POLICY,
      'a/package.json': '{"dependencies": {"left": "^1.0.0", "old": "1.0.0"}}\n',
      'b/package.json': '{"dependencies": {"left": "^1.2.0", "old": "2.0.0"}}\n',
    },
    {},
  );
  const branches = {
    'a1/up': { 'a/package.json': '{"dependencies": {"left": "^2.0.0", "old": "1.0.0"}}\n' },
    'a1/new': { 'a/requirements.txt': 'redis>=5\n' },
    'a2/new': { 'b/requirements.txt': 'redis<5\n' },
    'a2/broken': { 'b/pyproject.toml': '= broken\n' },
  };
  for (const [name, files] of Object.entries(branches))
    commitTo(repository, `feat/${name}`, files, 'main');
  const cold = await look(repository, { refs: [], base: null });
  expect(cold.data.breaks.map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
    'notice: redis becomes >=5 by feat/a1/new (a/requirements.txt) and <5 by feat/a2/new (b/requirements.txt)',
    'notice: nobody can read what b/pyproject.toml of feat/a2/broken depends on: its versions were not compared',
  ]);
  const warm = await look(repository, { refs: [], base: null });
  expect(warm.data.breaks).toEqual(cold.data.breaks);
  const said = async (branch: string): Promise<string[]> => {
    repository.git('switch', '-q', '-f', `feat/${branch}`);
    const target = { kind: 'branch', ref: `feat/${branch}` } as const;
    const { verdict, findings } = await runCheck(hostIn(repository), { target });
    expect(verdict).toBe('allowed');
    return findings
      .filter(({ code }) => code === 'version-drift')
      .map(({ severity, path, message }) => `${severity} ${path}: ${message}`);
  };
  expect(await said('a1/up')).toEqual([
    'warning a/package.json: left becomes ^2.0.0, which cannot hold together with ^1.2.0 in b/package.json',
  ]);
  expect(await said('a1/new')).toEqual([]);
  expect(await said('a2/broken')).toEqual([
    'notice b/pyproject.toml: its versions were not compared: nobody can read what it depends on',
  ]);
});
