import { expect, it } from 'vitest';
import { runCheck } from '../../../src/commands/check.ts';
import { hostIn } from '../../support/host.ts';
import { commitTo, fleetOf, look } from '../../support/overlap.ts';

const POLICY = `version: 1
base: main
identify: { branches: ['feat/{agent}/{topic}'] }
unowned: allow
agents: { a1: { owns: ['a/**'] }, a2: { owns: ['b/**'] } }
shared:
  common: { paths: ['common/**'], agents: [a1, a2], lock: none, version: common/package.json }
`;
const manifest = (version: string): string => `{"name": "@acme/kit", "version": "${version}"}\n`;
const intent = (line: string): string => `---\n${line}\n---\n\nclient is gone\n`;
const API = 'export function client() {\n}\nexport const limit = 1;\nfunction hidden() {\n}\n';
const WITHOUT = 'export const limit = 1;\nfunction hidden() {\n}\n';

it('a shared part that loses a public name asks for its version, by what landing does', async () => {
  const repository = fleetOf(
    {
      'ownership.yml': POLICY,
      'common/package.json': manifest('1.4.0'),
      'common/api.ts': API,
      'common/other.ts': `export const other = 1;\n${'\n'.repeat(20)}export const second = 2;\n`,
      'common/twin.ts': 'export function close() {\n}\n',
      'common/twins.ts': 'export function close() {\n}\n',
    },
    {},
  );
  const branches: Record<string, Record<string, string | null>> = {
    'a1/said': { 'common/api.ts': WITHOUT, 'common/package.json': manifest('2.0.0') },
    'a1/intent': {
      'common/api.ts': WITHOUT,
      '.changeset/cold-cat.md': intent('"@acme/kit": major'),
    },
    'a1/part': { 'common/api.ts': WITHOUT, '.changes/x.md': intent('common: minor') },
    'a1/moved': { 'common/api.ts': WITHOUT, 'common/new.ts': 'export function client() {\n}\n' },
    'a1/twin': { 'common/twin.ts': null },
    'a1/private': { 'common/api.ts': API.replace('hidden', 'veiled') },
    'a2/gone': { 'common/api.ts': WITHOUT },
    'a2/wrong': { 'common/api.ts': WITHOUT, '.changeset/x.md': intent('"@acme/else": major') },
    'a2/format': { 'common/api.ts': WITHOUT, 'common/package.json': `\n${manifest('1.4.0')}` },
    // The base and the branch both change this file: only the merge has its content.
    'a2/merged': { 'common/other.ts': `${'\n'.repeat(21)}export const second = 2;\n` },
  };
  for (const [name, files] of Object.entries(branches))
    commitTo(repository, `feat/${name}`, files, 'main');
  commitTo(repository, 'main', {
    'common/other.ts': `export const other = 1;\n${'\n'.repeat(20)}export const second = 3;\n`,
  });
  const gone =
    'takes `client` away from the shared part common, and its version in common/package.json stays 1.4.0';
  const expected = [
    `feat/a2/format ${gone}`,
    `feat/a2/gone ${gone}`,
    `feat/a2/merged ${gone.replace('client', 'other')}`,
    `feat/a2/wrong ${gone}`,
  ];
  const cold = await look(repository, { refs: [], base: null });
  const bumps = ({ data }: typeof cold): string[] =>
    data.breaks.filter(({ code }) => code === 'version-bump-needed').map(({ message }) => message);
  expect(bumps(cold)).toEqual(expected);
  expect((await look(repository, { refs: [], base: null })).data.breaks).toEqual(cold.data.breaks);
  for (const name of Object.keys(branches)) {
    const target = { kind: 'branch', ref: `feat/${name}` } as const;
    const { verdict, findings } = await runCheck(hostIn(repository), { target });
    const said = findings.filter(({ code }) => code === 'version-bump-needed');
    expect([name, verdict, ...said.map(({ message }) => message)]).toEqual([
      name,
      'allowed',
      ...expected.filter((message) => message.startsWith(`feat/${name} `)),
    ]);
    for (const one of said)
      expect(one).toMatchObject({ severity: 'warning', rule: 'shared.common.version' });
  }
});
