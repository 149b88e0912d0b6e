import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { buildActionBundle } from '../../scripts/generate/action-bundle.ts';
import { runInit } from '../../src/commands/init.ts';
import { parseActionReference, workflowFiles } from '../../src/core/install/workflows.ts';
import type { BranchName } from '../../src/domain/refs.ts';
import { hostIn } from '../support/host.ts';
import { POLICY } from '../support/policy.ts';
import { packageRoot, TestRepository } from '../support/repository.ts';
import { loadWorkflowParser } from './support/workflow-parser.ts';

interface Workflow {
  readonly on: Readonly<Record<string, Readonly<Record<string, unknown>> | null>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: { readonly group: string; readonly 'cancel-in-progress': boolean };
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Job {
  readonly permissions?: unknown;
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly {
    readonly uses?: string;
    readonly run?: string;
    readonly with?: unknown;
  }[];
}

const PINNED = `octo/bailiwick/action@${'a'.repeat(40)}`;
const MAIN = 'main' as BranchName;

/** Ours, and those we write for others. */
const own = readdirSync(join(packageRoot, '.github/workflows')).map((name): [string, string] => [
  name,
  readFileSync(join(packageRoot, '.github/workflows', name), 'utf8'),
]);
const written = workflowFiles(parseActionReference(PINNED)!, MAIN).map(
  ({ path, content }): [string, string] => [`written ${path}`, content],
);
const documented = /<!-- workflow -->\s+```yaml\n(.*?)```/s
  .exec(readFileSync(join(packageRoot, 'docs/page.md'), 'utf8'))![1]!
  .replace('<owner>/bailiwick/action@<full commit id>', PINNED);
const all: [string, string][] = [...own, ...written, ['the one of docs/page.md', documented]];
const gates = all.filter(([name]) => name.includes('gate'));
const boards = all.filter(([name]) => name.includes('board'));

let parser: Awaited<ReturnType<typeof loadWorkflowParser>>;
beforeAll(async () => {
  parser = await loadWorkflowParser();
});

/** What GitHub's own parser has to say against a workflow. */
async function faultsOf(name: string, content: string): Promise<string[]> {
  const { context, value } = parser.parseWorkflow(
    { name, content },
    new parser.NoOperationTraceWriter(),
  );
  if (value) await parser.convertWorkflowTemplate(context, value);
  return context.errors.getErrors().map(({ message }) => message);
}

describe.each(all)('%s', (name, content) => {
  const workflow = parse(content) as Workflow;
  const jobs = Object.values(workflow.jobs);

  it('is a workflow to GitHub', async () => expect(await faultsOf(name, content)).toEqual([]));

  it('has its permissions written down in one place: for all jobs, or for each', () => {
    expect(workflow.permissions).toBeDefined();
    const none = Object.keys(workflow.permissions ?? {}).length === 0;
    for (const { permissions } of jobs) expect(permissions !== undefined).toBe(none);
  });

  it('pins every action by its full commit id, and says which version that is', () => {
    for (const line of content.split('\n')) {
      const uses = /^\s*(?:- )?uses: (.*)$/.exec(line)?.[1];
      if (uses === undefined || uses.startsWith('./')) continue;
      expect(uses).toMatch(/^[\w.-]+(?:\/[\w.-]+)+@[0-9a-f]{40}(?: # v\d+\.\d+\.\d+)?$/);
    }
  });

  it('ends by itself, and puts nothing of an event into a shell', () => {
    for (const job of jobs) {
      expect(job['timeout-minutes']).toBeGreaterThan(0);
      for (const { run = '' } of job.steps) expect(run).not.toContain('${{');
    }
  });
});

describe.each(gates)('%s', (_, content) => {
  const { on, permissions, concurrency } = parse(content) as Workflow;

  it('may read and nothing else', () =>
    expect(permissions).toEqual({ contents: 'read', 'pull-requests': 'read' }));

  it('94 runs for every pull request, whenever its labels change, and merge group of the base, whatever they touch', () => {
    expect(Object.keys(on).sort()).toEqual([
      'merge_group',
      'pull_request',
      'pull_request_review',
      'push',
    ]);
    expect(on['push']).toEqual({ branches: ['main'] });
    expect(on['pull_request']).toEqual({
      branches: ['main'],
      types: [
        ...['opened', 'synchronize', 'reopened', 'ready_for_review', 'edited'],
        ...['labeled', 'unlabeled'],
      ],
    });
    expect(on['merge_group']).toEqual({ branches: ['main'] });
  });

  it('gives up a run that a newer one of the same pull request has overtaken', () => {
    expect(concurrency?.['cancel-in-progress']).toBe(true);
    expect(concurrency?.group).toContain('github.event.pull_request.number');
  });
});

describe.each(boards)('%s', (_, content) => {
  const { on, permissions, concurrency } = parse(content) as Workflow;

  it('may write on pull requests and nowhere else', () =>
    expect(permissions).toEqual({ contents: 'read', 'pull-requests': 'write' }));

  it('runs also where a pull request starts nothing itself', () =>
    expect(Object.keys(on).sort()).toEqual([
      'pull_request',
      'push',
      'schedule',
      'workflow_dispatch',
    ]));

  it('runs one at a time, to the end, and never waits in the place of a run that may write', () => {
    expect(concurrency?.['cancel-in-progress']).toBe(false);
    const group = concurrency!.group;
    expect(group).toContain('head.repo.full_name != github.repository');
    expect(group).toMatch(
      / && format\('bailiwick-board-\{0\}', github.run_id\) \|\| 'bailiwick-board main' \}\}$/,
    );
  });
});

describe('action.yml', () => {
  const content = readFileSync(join(packageRoot, 'action/action.yml'), 'utf8');
  const action = parse(content) as {
    inputs: Record<string, unknown>;
    outputs: Record<string, unknown>;
    runs: Record<string, unknown>;
  };

  it('is an action to GitHub, on Node 24', () => {
    const { context } = parser.parseAction(
      { name: 'action.yml', content },
      new parser.NoOperationTraceWriter(),
    );
    expect(context.errors.getErrors().map(({ message }) => message)).toEqual([]);
    expect(action.runs).toEqual({ using: 'node24', main: 'dist/index.js' });
  });

  it('says what the code reads and what it writes', () => {
    const source = readFileSync(join(packageRoot, 'src/action/inputs.ts'), 'utf8');
    const read = [...source.matchAll(/(?:getInput|choice|branch)\('([a-z-]+)'/g)].map(
      ([, name]) => name,
    );
    expect([...new Set(read)].sort()).toEqual(Object.keys(action.inputs).sort());
    const written = ['findings', 'order', 'overlap', 'report', 'verdict'];
    expect(Object.keys(action.outputs).sort()).toEqual(written);
  });

  it('has a bundle that is the same however often it is built, and names no place here', async () => {
    const [first, second] = [await buildActionBundle(), await buildActionBundle()];
    expect(first.code === second.code && first.licenses === second.licenses).toBe(true);
    expect(first.code).not.toContain(packageRoot);
    expect(first.code).not.toContain(process.env['HOME'] ?? packageRoot);
  });
});

describe('init --workflows', () => {
  const repository = (policy = POLICY): TestRepository => {
    const made = TestRepository.create();
    made.commit('first', { 'ownership.yml': policy });
    return made;
  };

  it('writes both, once, for the base of the policy', async () => {
    const here = repository(POLICY.replace('base: main', "base: it's+"));
    const options = { hooks: false, policy: false, workflows: PINNED };
    const report = await runInit(hostIn(here), options);
    expect(report.data.steps.map(({ kind }) => kind)).toEqual(['write-file', 'write-file']);
    const gate = here.read('.github/workflows/bailiwick-gate.yml');
    expect(await faultsOf('gate', gate)).toEqual([]);
    const { on, jobs } = parse(gate) as Workflow;
    expect(on['pull_request']).toMatchObject({ branches: ["it's\\+"] });
    expect(jobs['gate']?.steps[0]).toMatchObject({ uses: PINNED, with: { base: "it's+" } });
    expect((await runInit(hostIn(here), options)).data.steps).toEqual([]);
  });

  it('takes up a newer version of the action, and leaves alone what others wrote', async () => {
    const here = repository();
    await runInit(hostIn(here), { hooks: false, policy: false, workflows: PINNED });
    const gate = '.github/workflows/bailiwick-gate.yml';
    here.write('.github/workflows/bailiwick-board.yml', 'on: push\n');
    const newer = PINNED.replaceAll('a'.repeat(40), 'b'.repeat(40));
    const { data } = await runInit(hostIn(here), { hooks: false, policy: false, workflows: newer });
    expect(here.read(gate)).toContain(newer);
    expect(data.steps).toHaveLength(1);
    expect(data.notes.join()).toContain('bailiwick-board.yml is not from here');
  });

  it.each(['octo/bailiwick/action@v1', 'octo/bailiwick@main', 'https://x', '../x', 'octo/b/a@abc'])(
    'does not take %s, which can be moved to other code',
    async (uses) => {
      const here = repository();
      const options = { hooks: false, policy: false, workflows: uses };
      await expect(runInit(hostIn(here), options)).rejects.toThrow('can be moved');
    },
  );

  it('is an option of the command line', () => {
    const here = repository();
    const { code } = here.bailiwick([
      'init',
      '--no-hooks',
      '--no-policy',
      '--workflows',
      './action',
    ]);
    expect(code).toBe(0);
    expect(here.read('.github/workflows/bailiwick-gate.yml')).toContain('uses: ./action');
  });
});
