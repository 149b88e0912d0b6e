import { Ajv } from 'ajv';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { reportSchema } from '../../scripts/generate/report-schema.ts';
import type { Finding } from '../../src/domain/finding.ts';
import type { Report } from '../../src/domain/report.ts';
import { installHooks } from '../support/guarded.ts';
import { POLICY } from '../support/policy.ts';
import type { TestRepository } from '../support/repository.ts';
import { events, pullPayload } from './support/payloads.ts';
import { type ActionResult, useAction, World } from './support/world.ts';

useAction();

const codesOf = ({ outputs }: ActionResult): string[] =>
  (JSON.parse(outputs['findings'] ?? '[]') as Finding[]).map(({ code }) => code).sort();

/** Exit code, verdict and codes: what a required check comes to. */
const answer = (result: ActionResult): unknown => ({
  code: result.code,
  verdict: result.outputs['verdict'],
  codes: codesOf(result),
});

const allowed = (...codes: string[]) => ({ code: 0, verdict: 'allowed', codes });
const refused = (...codes: string[]) => ({ code: 1, verdict: 'refused', codes });
const undecided = { code: 2, verdict: 'undecided', codes: [] };

const OWN = { 'services/core/x.py': 'x\n' };
const FOREIGN = { 'services/api/x.py': 'x\n' };

describe.concurrent('the gate on a pull request', () => {
  it('passes an agent in its own part, with no call of the API', async () => {
    const world = await World.start();
    const result = await world.gate(world.open({ branch: 'feat/a1/x', files: OWN }));
    expect(answer(result)).toEqual(allowed());
    expect(result.network).toEqual(['fetch', 'fetch']);
    expect(world.server.requests).toEqual([]);
    expect(result.commands).toEqual([]);
    expect(result.stderr).toBe('');
    expect(result.summary).toContain('a1 may change its one path');
  });

  it('says what, whose, why and what to do', async () => {
    const world = await World.start();
    const pull = world.open({ branch: 'feat/a1/x', files: FOREIGN, title: 'Faster core' });
    const result = await world.gate(pull);
    expect(answer(result)).toEqual(refused('owned-by-other'));
    const main = world.clone.git('rev-parse', '--short=7', 'origin/main');
    for (const words of [
      '#1 Faster core, opened by `ann`',
      'add `services/api/x.py`',
      "rule: `agents.a2.owns[0] 'services/api/**'`",
      'owner: `a2`',
      `policy: \`origin/main@${main}\``,
      'git restore --source=origin/main --staged --worktree -- :/services/api/x.py',
      `/octo/bailiwick/blob/${'f'.repeat(40)}/docs/findings.md#owned-by-other`,
    ])
      expect(result.summary).toContain(words);
    expect(result.commands).toHaveLength(1);
    expect(result.commands[0]).toMatch(
      /^::error file=services\/api\/x\.py,title=bailiwick%3A owned-by-other::belongs to a2%0A/,
    );
  });

  it('judges the form as the event has it: all faults at once, and a label that went away', async () => {
    const form = `pull_requests: { title: '[{agent}] {text}', labels: { all: [ready], none: [blocked] } }\n`;
    const world = await World.start({ 'ownership.yml': `${POLICY}${form}` });
    const files = { 'services/core/x.py': 'x\n' };
    const pull = world.open({ branch: 'feat/a1/x', title: '[a1] 🚀 Add', files });
    const labelled = { ...pull, labels: [{ name: 'ready' }] };
    expect((await world.gate(labelled)).code).toBe(0);
    const spoilt = { ...pull, title: '【a2】 Add\u200b it', labels: [{ name: 'blocked' }] };
    const result = await world.gate(spoilt);
    const findings = JSON.parse(result.outputs['findings']!) as Finding[];
    expect([result.code, ...findings.map(({ code, message }) => `${code}: ${message}`)]).toEqual([
      1,
      "pull-request-form: the title is not '[{agent}] {text}'; it would read: [a1] Add it; the label ready is missing; the label blocked must not be there",
    ]);
    expect(findings[0]!.hint?.command).toBe(
      "gh pr edit 1 --title '[a1] Add it' --add-label ready --remove-label blocked",
    );
  });

  it('writes what the schema says, for later steps and into a file', async () => {
    const world = await World.start();
    const result = await world.gate(world.open({ branch: 'feat/a1/x', files: FOREIGN }));
    const report = JSON.parse(readFileSync(result.outputs['report']!, 'utf8')) as Report;
    expect(new Ajv({ strict: false }).validate(reportSchema, report)).toBe(true);
    expect(JSON.parse(result.outputs['findings']!)).toEqual(report.findings);
    expect(report).toMatchObject({
      schema: 'bailiwick/1',
      command: 'gate',
      verdict: 'refused',
      agent: 'a1',
      data: { event: 'pull-request', pullRequests: [{ number: 1 }], control: [] },
    });
  });

  it('judges the commit of the event, also when the branch has gone on', async () => {
    const world = await World.start();
    const pull = world.open({ branch: 'feat/a1/x', files: FOREIGN });
    world.clone.git('rm', '-q', 'services/api/x.py');
    const better = world.clone.commit('better');
    world.push(`${better}:refs/heads/feat/a1/x`, `${better}:refs/pull/1/head`);
    expect(answer(await world.gate(pull))).toEqual(refused('owned-by-other'));
  });

  it('36: judges thousands of paths, and keeps within what GitHub shows', async () => {
    const world = await World.start();
    const files = Object.fromEntries(
      Array.from({ length: 3500 }, (_, at) => [`services/api/a-rather-long-name-${at}.py`, 'x\n']),
    );
    const result = await world.gate(world.open({ branch: 'feat/a1/x', files }));
    expect(result.code).toBe(1);
    expect(result.summary).toContain('all 3,500 paths are outside the part of a1');
    expect(Buffer.byteLength(result.summary)).toBeLessThan(900_000);
    expect(result.commands).toHaveLength(1);
    expect(result.commands[0]).toContain('and 3,480 more paths');
    expect(JSON.parse(result.outputs['findings']!)).toHaveLength(1000);
    const report = JSON.parse(readFileSync(result.outputs['report']!, 'utf8')) as {
      findings: unknown[];
    };
    expect(report.findings).toHaveLength(3500);
  });
});

describe.concurrent('what no hook saw', () => {
  it.each<[string, (clone: TestRepository) => void]>([
    ['1: committed with --no-verify', (clone) => clone.git('commit', '-q', '-n', '-m', 'x')],
    [
      '2: committed with the hooks turned off',
      (clone) => clone.git('-c', 'core.hooksPath=/dev/null', 'commit', '-q', '-m', 'x'),
    ],
    [
      '5: picked from elsewhere',
      (clone) => {
        clone.git('commit', '-q', '-n', '-m', 'x');
        const commit = clone.git('rev-parse', 'HEAD');
        clone.git('reset', '-q', '--hard', 'origin/main');
        clone.git('cherry-pick', commit);
      },
    ],
    [
      '7, 8: made without git commit',
      (clone) => {
        const tree = clone.git('write-tree');
        const commit = clone.git('commit-tree', tree, '-p', 'HEAD', '-m', 'x');
        clone.git('update-ref', 'HEAD', commit);
      },
    ],
  ])('%s', async (_, make) => {
    const world = await World.start();
    installHooks(world.clone);
    const prepare = (clone: TestRepository): void => {
      clone.write('services/api/x.py');
      clone.git('add', '-A');
      make(clone);
    };
    const result = await world.gate(world.open({ branch: 'feat/a1/x', prepare }));
    expect(answer(result)).toEqual(refused('owned-by-other'));
  });
});

describe.concurrent('the policy', () => {
  it('29: is that of the base, whatever the pull request says', async () => {
    const world = await World.start();
    const policy = POLICY.replace("['services/core/**', 'package.json']", "['services/**']");
    const pull = world.open({
      branch: 'feat/a1/x',
      files: { 'ownership.yml': policy, ...FOREIGN },
    });
    const result = await world.gate(pull);
    expect(answer(result)).toEqual(refused('frozen', 'owned-by-other', 'policy-changed'));
    expect(result.summary).toContain('this was judged by the one of origin/main');
  });

  it('37: is the newest of the base, not the one when the pull request was opened', async () => {
    const world = await World.start();
    const pull = world.open({ branch: 'feat/a1/x', files: OWN });
    world.land('narrow', {
      'ownership.yml': POLICY.replace(
        "forbidden: ['services/core/secrets/**']",
        "forbidden: ['services/core/x.py']",
      ),
    });
    expect(answer(await world.gate(pull))).toEqual(refused('forbidden'));
  });

  it('may be brought by the pull request itself, once', async () => {
    const world = await World.start({ 'ownership.yml': null });
    const first = await world.gate(
      world.open({ branch: 'add', files: { 'ownership.yml': POLICY } }),
    );
    expect(answer(first)).toEqual(allowed('policy-changed'));
    expect(first.summary).toContain('bootstrap');
    const without = await world.gate(world.open({ branch: 'feat/a1/x', files: FOREIGN }));
    expect(answer(without)).toEqual(undecided);
    expect(without.summary).toContain('cannot decide');
  });

  it('47: that cannot be read decides nothing', async () => {
    const world = await World.start({ 'ownership.yml': 'version: 1\nbase: [\n' });
    const result = await world.gate(world.open({ branch: 'feat/a1/x', files: OWN }));
    expect(answer(result)).toEqual(undecided);
    expect(result.commands[0]).toMatch(/^::error title=bailiwick::cannot decide: /);
  });

  it('of another base than the default branch counts where the input says so', async () => {
    const world = await World.start({ 'ownership.yml': POLICY.replace('base: main', 'base: dev') });
    world.push('main:refs/heads/dev');
    const pull = world.open({ branch: 'feat/a1/x', files: FOREIGN, target: 'dev' });
    expect(answer(await world.gate(pull))).toEqual(refused('owned-by-other'));
    const elsewhere = world.open({ branch: 'feat/a1/y', files: FOREIGN });
    const without = await world.gate(elsewhere);
    expect(answer(without)).toEqual(undecided);
    expect(without.summary).toContain('set the input base to dev');
    const told = await world.gate(elsewhere, { inputs: { base: 'dev' } });
    expect(answer(told)).toEqual(refused('owned-by-other'));
  });
});

describe.concurrent('control files', () => {
  it('30: are named when a person changes them', async () => {
    const world = await World.start();
    const pull = world.open({
      branch: 'fix/ci',
      files: { '.github/workflows/gate.yml': 'on: push\n' },
    });
    const result = await world.gate(pull);
    expect(answer(result)).toEqual(allowed('frozen'));
    expect(result.summary).toContain('### Control files changed');
    expect(result.commands[0]).toMatch(/^::warning file=\.github\/workflows\/gate\.yml/);
  });

  it('are named also where an agent may change them', async () => {
    const world = await World.start();
    const pull = world.open({
      branch: 'feat/a3/docs',
      files: { '.github/workflows/docs.yml': 'on: push\n' },
    });
    const result = await world.gate(pull);
    expect(answer(result)).toEqual(allowed());
    expect(result.summary).toContain('- `.github/workflows/docs.yml`');
  });
});

const VERIFIED = POLICY.replace(
  'aliases: [agent-1]',
  "aliases: [agent-1]\n    actors: ['a1-bot[bot]']",
);

describe.concurrent('27: whose the pull request is', () => {
  it.each([
    [
      'is proven by its account',
      { login: 'a1-bot[bot]' },
      allowed(),
      'branch feat/a1/x (verified)',
    ],
    [
      'is doubted for any other account',
      { login: 'a2-bot[bot]' },
      refused('identity-mismatch'),
      '',
    ],
    ['is doubted for a person', { login: 'mallory' }, refused('identity-mismatch'), ''],
  ])('%s', async (_, by, expected, words) => {
    const world = await World.start({ 'ownership.yml': VERIFIED });
    const result = await world.gate(world.open({ branch: 'feat/a1/x', files: OWN, ...by }));
    expect(answer(result)).toEqual(expected);
    expect(result.summary.replace(/\\|&#8203;/g, '')).toContain(words);
  });

  it('26: is not for the environment to say', async () => {
    const world = await World.start();
    const pull = world.open({ branch: 'feat/a1/x', files: OWN });
    const environment = { AGENT_ID: 'a2', BAILIWICK_AGENT: 'a2' };
    expect(answer(await world.gate(pull, { environment }))).toEqual(allowed());
  });

  it('says how little a branch name proves', async () => {
    const world = await World.start();
    const { summary } = await world.gate(world.open({ branch: 'feat/a1/x', files: OWN }));
    expect(summary).toContain('weak identity: only the branch name says a1');
  });

  it('33: is nobody for a fork, whatever its branch is called', async () => {
    const world = await World.start();
    const fork = { fork: true, login: 'mallory', branch: 'feat/a1/x' };
    const result = await world.gate(
      world.open({ ...fork, files: { ...OWN, '.agent.env': 'x\n', '.husky/pre-commit': 'x\n' } }),
    );
    expect(answer(result)).toEqual(refused('frozen', 'local-only'));
    expect(result.summary).toContain('from a fork');
    const strict = await World.start({
      'ownership.yml': POLICY.replace('unknown: human', 'unknown: deny'),
    });
    expect(answer(await strict.gate(strict.open({ ...fork, files: OWN })))).toEqual(
      refused('identity-unknown'),
    );
  });

  it("33: is the agent's whose account it is, also from a fork", async () => {
    const world = await World.start({
      'ownership.yml': `${POLICY.replace('    title: Core', "    actors: ['a1-bot[bot]']\n    title: Core")}`,
    });
    const fork = { fork: true, login: 'a1-bot[bot]', branch: 'fix' };
    const result = await world.gate(
      world.open({ ...fork, files: { 'services/api/api.py': 'x\n' } }),
    );
    expect(answer(result)).toEqual(refused('owned-by-other'));
    expect(result.summary).not.toContain('acts for no agent');
  });

  it('44: may be a bot with a small part of its own', async () => {
    const world = await World.start({
      'ownership.yml': `${POLICY.replace(
        'shared:',
        "  deps: { owns: ['requirements.txt'], actors: ['dependabot[bot]'] }\nshared:",
      )}`,
    });
    const bot = { login: 'dependabot[bot]', branch: 'dependabot/pip/x' };
    const good = await world.gate(world.open({ ...bot, files: { 'requirements.txt': 'x==2\n' } }));
    expect(answer(good)).toEqual(allowed());
    const bad = await world.gate(world.open({ ...bot, branch: 'dependabot/pip/y', files: OWN }));
    expect(answer(bad)).toEqual(refused('owned-by-other'));
  });
});

describe.concurrent('34: a pull request into another branch', () => {
  it('is judged against the base too, because the check hangs on the commit', async () => {
    const world = await World.start();
    world.clone.git('checkout', '-q', '-b', 'smuggle', 'origin/main');
    world.clone.commit('foreign', FOREIGN);
    world.push('smuggle');
    const pull = world.open({
      branch: 'feat/a1/x',
      from: 'smuggle',
      files: OWN,
      target: 'smuggle',
    });
    const result = await world.gate(pull);
    expect(answer(result)).toEqual(refused('owned-by-other'));
    expect(result.summary).toContain('and was judged against both');
  });
});

describe.concurrent('what cannot be known is not clean', () => {
  it('a head that the remote has lost', async () => {
    const world = await World.start();
    const pull = pullPayload({ number: 1, branch: 'feat/a1/x', head: '1'.repeat(40) });
    expect(answer(await world.gate(pull))).toEqual(undecided);
  });

  it('a remote out of reach', async () => {
    const world = await World.start();
    const pull = world.open({ branch: 'feat/a1/x', files: OWN });
    const result = await world.gate(pull, { environment: { GITHUB_REPOSITORY: 'octo/none' } });
    expect(answer(result)).toEqual(undecided);
  });

  it('25: a branch without a common ancestor', async () => {
    const world = await World.start();
    const pull = world.open({
      branch: 'feat/a1/x',
      prepare: (clone) => clone.git('checkout', '-q', '--orphan', 'alone'),
      files: OWN,
    });
    expect(answer(await world.gate(pull))).toEqual(undecided);
  });

  it('23: history is fetched as far back as the branch began', async () => {
    const world = await World.start();
    const pull = world.open({ branch: 'feat/a1/x', files: OWN });
    world.grow(600);
    const result = await world.gate(pull);
    expect(answer(result)).toEqual(allowed());
    // The last one: contents of files that changed on both sides.
    expect(result.network).toEqual(['fetch', 'fetch', 'fetch', 'fetch']);
  });

  it.each([
    ['an event about nothing', { event: 'push', payload: events.push('0'.repeat(40)) }],
    ['an event file with no pull request', { event: 'pull_request', payload: {} }],
    ['a mode that does not exist', { mode: 'both', event: 'push', payload: {} }],
    ['a base that is no branch', { event: 'push', payload: {}, inputs: { base: '../x' } }],
  ])('%s', async (_, options) => {
    const world = await World.start();
    const result = await world.run(options);
    expect(answer(result)).toEqual(undecided);
    expect(result.summary).toContain('cannot decide');
  });
});

describe.concurrent('what is kept from others', () => {
  it('the token: from the log, the outputs, the arguments of git, and git that does not fetch', async () => {
    const world = await World.start();
    const pull = world.open({ branch: 'feat/a1/x', files: FOREIGN });
    const environment = { GITHUB_SERVER_URL: 'http://127.0.0.1:1' };
    const result = await world.gate(pull, { environment });
    expect(answer(result)).toEqual(undecided);
    const basic = Buffer.from('x-access-token:s3cret-token').toString('base64');
    const masked = result.stdout.replace(`::add-mask::${basic}\n`, '');
    expect(masked).not.toBe(result.stdout);
    const all =
      masked + result.stderr + result.summary + JSON.stringify(result.outputs) + result.trace;
    expect(all).not.toContain('s3cret-token');
    expect(all).not.toContain(basic);
  });
});
