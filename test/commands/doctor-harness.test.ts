import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { runDoctor } from '../../src/commands/doctor.ts';
import type { DiagnosisCode } from '../../src/domain/reports/doctor.ts';
import { guardedRepository } from '../support/guarded.ts';
import { hostIn } from '../support/host.ts';
import { scratchDirectory, type TestRepository } from '../support/repository.ts';

let main: TestRepository;
let a1: TestRepository;
const home = scratchDirectory();

beforeAll(() => {
  main = guardedRepository();
  main.git('worktree', 'add', '-q', '-b', 'feat/a1/work', '../wt-a1');
  a1 = main.at('../wt-a1');
  main.bailiwick(['init', '--no-policy', '--harness', 'claude,codex,copilot,droid,gemini,qwen']);
});

/** What doctor says of harnesses: code and message of each. */
async function said(): Promise<[code: DiagnosisCode, message: string][]> {
  const environment = { ...main.environment, HOME: home };
  const { data } = await runDoctor(hostIn(main, { environment }));
  return data.diagnoses
    .filter(({ code }) => code.startsWith('harness-'))
    .map(({ code, message }) => [code, message]);
}

const put = (path: string, text: string): void => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
};

it('names hooks that are set up and not trusted, until somebody trusts them', async () => {
  const before = await said();
  expect(before.map(([code]) => code)).toEqual(Array(5).fill('harness-untrusted'));
  expect(before[0]![1]).toContain(`${main.directory}/.codex/hooks.json`);
  put(
    join(home, '.codex/config.toml'),
    `[hooks.state."${main.directory}/.codex/hooks.json:pre_tool_use:0:0"]\ntrusted_hash = "sha256:x"\n`,
  );
  put(
    join(home, '.gemini/trustedFolders.json'),
    JSON.stringify({
      [main.directory]: 'TRUST_FOLDER',
      [`${dirname(main.directory)}/x`]: 'TRUST_PARENT',
    }),
  );
  // A folder above counts as well.
  put(
    join(home, '.copilot/config.json'),
    JSON.stringify({ trustedFolders: [dirname(main.directory)] }),
  );
  expect(await said()).toEqual([]);
});

it('43: names hooks that are gone, changed, broken or switched off', async () => {
  const kept = a1.read('.github/hooks/bailiwick.json');
  rmSync(join(a1.directory, '.github/hooks/bailiwick.json'));
  const settings = main.read('.claude/settings.local.json');
  main.write('.claude/settings.local.json', settings.replace('"Stop"', '"stop"'));
  put(join(home, '.claude/settings.json'), '{ "disableAllHooks": true }\n');
  main.write('.codex/hooks.json', '{ // mine\n}\n');
  const found = await said();
  expect(found.map(([code]) => code)).toEqual([
    'harness-missing',
    'harness-missing',
    'harness-off',
    'harness-off',
  ]);
  const words = found.map(([, message]) => message).join('\n');
  expect(words).toContain('settings.local.json no longer says');
  expect(words).toContain(`${a1.directory}/.github/hooks/bailiwick.json is gone`);
  expect(words).toContain('hooks.json is not in force');
  expect(words).toContain('disableAllHooks');
  a1.write('.github/hooks/bailiwick.json', kept);
  main.write('.claude/settings.local.json', settings);
  rmSync(join(home, '.claude'), { recursive: true });
  rmSync(join(main.directory, '.codex/hooks.json'));
  // What the hint says leads there.
  expect(main.bailiwick(['init', '--no-policy', '--harness', 'codex']).code).toBe(0);
  expect(await said()).toEqual([]);
});

it('names what switches hooks off, in the words of each harness', async () => {
  const hooks = `${main.directory}/.codex/hooks.json`;
  put(
    join(home, '.codex/config.toml'),
    `[hooks.state."${hooks}:pre_tool_use:0:0"]\ntrusted_hash = "sha256:x"\nenabled = false\n`,
  );
  const gemini = main.read('.gemini/settings.json');
  main.write('.gemini/settings.json', gemini.replace('{', '{"hooksConfig":{"enabled":false},'));
  put(join(home, '.factory/settings.json'), '{"hooksDisabled":true}\n');
  const found = await said();
  expect(found.map(([code]) => code)).toEqual(Array(3).fill('harness-off'));
  const words = found.map(([, message]) => message).join('\n');
  expect(words).toContain('says hooksDisabled, so droid runs no hook of ours');
  expect(words).toContain(`${main.directory}/.gemini/settings.json says hooksConfig.enabled`);
  expect(words).toContain('is switched off in the configuration of Codex');
});
