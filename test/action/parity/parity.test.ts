import { beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/domain/finding.ts';
import type { Report } from '../../../src/domain/report.ts';
import { codesIn, installHooks } from '../../support/guarded.ts';
import { useAction, World } from '../support/world.ts';
import { BEGINNING, PROGRESS, type Scenario, SCENARIOS } from './scenarios.ts';

useAction();

let world: World;

beforeAll(async () => {
  world = await World.start(BEGINNING);
  world.land('progress', PROGRESS);
  installHooks(world.clone);
});

/** What one of the three says: allowed, or the codes it refuses for. */
interface Said {
  readonly allowed: boolean;
  readonly codes: readonly string[];
}

const errorsOf = (findings: readonly Finding[]): string[] =>
  [
    ...new Set(findings.filter(({ severity }) => severity === 'error').map(({ code }) => code)),
  ].sort();

/** git itself runs the installed hook; nothing is pushed. */
function hook(branch: string): Said {
  const outcome = world.clone.tryGit('push', '--dry-run', 'origin', `HEAD:refs/heads/${branch}`);
  const allowed = outcome.code === 0;
  return { allowed, codes: allowed ? [] : codesIn(outcome) };
}

function commandLine(branch: string): Said {
  const { code, stdout } = world.clone.bailiwick(['check', '--branch', branch, '--json']);
  const { verdict, findings } = JSON.parse(stdout) as Report;
  expect(code).toBe(verdict === 'allowed' ? 0 : 1);
  return { allowed: verdict === 'allowed', codes: errorsOf(findings) };
}

async function action(pull: Record<string, unknown>): Promise<Said> {
  const { code, outputs } = await world.gate(pull);
  expect(code).toBe(outputs['verdict'] === 'allowed' ? 0 : 1);
  const findings = JSON.parse(outputs['findings']!) as Finding[];
  return { allowed: outputs['verdict'] === 'allowed', codes: errorsOf(findings) };
}

describe.concurrent('hook, command line and Action say the same of', () => {
  it.each(
    SCENARIOS.map((scenario, at): [string, Scenario, number] => [scenario.name, scenario, at]),
  )('%s', async (_, scenario, at) => {
    const branch = scenario.branch ?? `feat/a1/${at}`;
    const pull = world.open({
      branch,
      from: 'main~1',
      pushed: false,
      ...(scenario.files && { files: scenario.files }),
      ...(scenario.make && { prepare: scenario.make }),
    });
    world.clone.git('checkout', '-q', '-B', branch);
    const expected = { allowed: scenario.codes.length === 0, codes: scenario.codes };
    expect({
      hook: hook(branch),
      commandLine: commandLine(branch),
      action: await action(pull),
    }).toEqual({
      hook: expected,
      commandLine: expected,
      action: expected,
    });
  });
});
