import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/domain/finding.ts';
import { POLICY } from '../support/policy.ts';
import { scratchDirectory } from '../support/repository.ts';
import { events, reviewPayload } from './support/payloads.ts';
import { type ActionResult, useAction, World } from './support/world.ts';

useAction();

const FILE = 'services/api/api.py';
const STRONG = POLICY.replace('  a2:\n', '  a2:\n    actors: [a2-bot]\n').replace(
  '  a1:\n',
  '  a1:\n    actors: [a1-bot]\n',
);
const codesOf = ({ outputs }: ActionResult): string[] =>
  (JSON.parse(outputs['findings'] ?? '[]') as Finding[]).map(({ code }) => code);

/** a1 asks for a change of a2's file, and a2 accepts it: real states in the refs of a real remote. */
function ask(world: World, content: string): { id: string } {
  const { clone } = world;
  clone.git('checkout', '-q', '-f', '-B', 'feat/a1/x', 'origin/main');
  clone.write(FILE, content);
  clone.git('add', '-A');
  const opened = clone.bailiwick(['request', 'open', '--staged', '-m', 'a column', '--json']);
  const id = /"id": ?"(q[0-9a-f]+)"/.exec(opened.stdout)![1]!;
  clone.git('checkout', '-q', '-f', '-B', 'feat/a2/x', 'origin/main');
  const accepted = clone.bailiwick(['request', 'accept', id, '--apply']);
  expect({ code: accepted.code, said: accepted.stderr }).toMatchObject({ code: 0 });
  clone.git('fetch', '-q', 'origin', '+refs/heads/*:refs/remotes/origin/*');
  return { id };
}

describe('the gate and an accepted request', () => {
  it('counts an approving review of this head by the owner, and no ref alone', async () => {
    const world = await World.start({ 'ownership.yml': STRONG, [FILE]: 'api\n' });
    const { id } = ask(world, 'wanted\n');
    const pull = world.open({
      branch: 'feat/a1/x',
      login: 'a1-bot',
      files: { [FILE]: 'wanted\n' },
    });
    const number = Number(pull['number']);
    const head = String((pull['head'] as { sha: string }).sha);
    const judged = async (...reviews: Parameters<typeof reviewPayload>[0][]) => {
      world.server.reviews.set(number, reviews.map(reviewPayload));
      const result = await world.gate(pull);
      return { codes: codesOf(result), summary: result.summary.replaceAll('`', '') };
    };
    // The ref says that it is accepted, as anybody who may push can write.
    const alone = await judged();
    expect(alone.codes).toEqual(['owned-by-other']);
    expect(alone.summary).toContain(`request ${id} does not count`);
    const review = { login: 'a2-bot', commit: head };
    const approved = await judged(review);
    expect(approved.codes).toEqual([]);
    expect(approved.summary).toContain(`request ${id} counts: a2-bot has approved`);
    for (const [what, ...reviews] of [
      ['of an older head', { ...review, commit: '1'.repeat(40) }],
      ['by the asker', { login: 'a1-bot', commit: head }],
      ['by somebody who is not the owner', { login: 'mallory', commit: head }],
      ['that was taken back', review, { ...review, state: 'DISMISSED' as const }],
      ['followed by a refusal', review, { ...review, state: 'CHANGES_REQUESTED' as const }],
    ] as const)
      expect([what, (await judged(...reviews)).codes]).toEqual([what, ['owned-by-other']]);
    // A comment afterwards takes nothing back.
    expect((await judged(review, { ...review, state: 'COMMENTED' })).codes).toEqual([]);
    // The event that an approval sends is judged as well.
    const event = {
      event: 'pull_request_review',
      payload: events.review(pull, reviewPayload(review)),
    };
    expect(codesOf(await world.run(event))).toEqual([]);
    expect(world.server.deviations).toEqual([]);
    // Where the reviews cannot be read, none counts.
    const body = { message: 'Resource not accessible by integration' };
    world.server.faults.push({ method: 'GET', path: /reviews$/, status: 403, body, times: 9 });
    expect(codesOf(await world.gate(pull))).toEqual(['owned-by-other']);
  });

  it('counts the ref where the policy says so, says which, and asks GitHub for nothing', async () => {
    const policy = STRONG.replace('version: 1\n', 'version: 1\nrequests: { proof: none }\n');
    const world = await World.start({ 'ownership.yml': policy, [FILE]: 'api\n' });
    const { id } = ask(world, 'wanted\n');
    const files = { [FILE]: 'wanted\n' };
    const result = await world.gate(world.open({ branch: 'feat/a1/x', login: 'a1-bot', files }));
    expect(codesOf(result)).toEqual([]);
    expect(result.summary.replaceAll('`', '')).toContain(`request ${id} counts by its ref`);
    expect(world.server.requests).toEqual([]);
  });

  it('a branch that asked with itself waits for the other, which brings both; each is judged as its own', async () => {
    const CORE = 'services/core/core.py';
    const policy = STRONG.replace('version: 1\n', 'version: 1\nrequests: { proof: none }\n');
    const files = { [FILE]: 'api\n', [CORE]: 'core\n', 'services/core/agent.py': 'frozen\n' };
    const world = await World.start({ 'ownership.yml': policy, ...files });
    const { clone } = world;
    clone.git('checkout', '-q', '-f', '-B', 'feat/a1/x', 'origin/main');
    clone.write(FILE, 'two\n');
    clone.git('add', '-A');
    const opened = clone.bailiwick(['request', 'open', '--staged', '--with-branch', '-m', 'two']);
    const id = /q[0-9a-f]{7,}/.exec(opened.stdout)![0];
    clone.git('checkout', '-q', '-f', 'origin/main');
    const asking = world.open({ branch: 'feat/a1/x', login: 'a1-bot', files: { [CORE]: 'two\n' } });
    const waiting = await world.gate(asking);
    expect(codesOf(waiting)).toEqual(['request-pending']);
    expect(waiting.summary).toContain(`bailiwick request show ${id}`);
    clone.git('fetch', '-q', 'origin', '+refs/heads/*:refs/remotes/origin/*');
    clone.git('branch', '-q', '-f', 'feat/a1/x', 'origin/feat/a1/x');
    clone.git('checkout', '-q', '-f', '-B', 'feat/a2/x', 'origin/main');
    const accepted = clone.bailiwick(['request', 'accept', id, '--apply']);
    expect({ code: accepted.code, said: accepted.stderr }).toMatchObject({ code: 0 });
    const both = clone.git('rev-parse', 'HEAD');
    const prepare = (at: typeof clone): void => void at.git('reset', '-q', '--hard', both);
    const pull = world.open({ branch: 'feat/a2/x', login: 'a2-bot', files: {}, prepare });
    expect(codesOf(await world.gate(asking))).toEqual(['request-pending']);
    const judged = await world.gate(pull);
    expect([judged.code, codesOf(judged)]).toEqual([0, ['foreign-merge']]);
    // What comes along is judged as the branch it is of: a1 may not do this anywhere.
    clone.git('checkout', '-q', '-f', 'feat/a1/x');
    const more = clone.commit('more', { 'services/core/agent.py': 'changed\n' });
    world.push(`${more}:refs/heads/feat/a1/x`);
    const prepared = world.open({
      branch: 'feat/a2/y',
      login: 'a2-bot',
      files: {},
      prepare: (at) => {
        at.git('reset', '-q', '--hard', both);
        at.git('merge', '-q', '--no-edit', more);
      },
    });
    const hidden = await world.gate({
      ...prepared,
      head: { ...(prepared['head'] as object), ref: 'feat/a2/x' },
    });
    expect(codesOf(hidden)).toEqual(['frozen', 'foreign-merge', 'foreign-merge']);
  });

  it('counts the signature of the owner under the state, and no forged one', async () => {
    const policy = STRONG.replace('version: 1\n', 'version: 1\nrequests: { proof: signature }\n');
    const keys = scratchDirectory();
    const keyOf = (name: string): string => {
      spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(keys, name)]);
      return readFileSync(join(keys, `${name}.pub`), 'utf8')
        .split(' ')
        .slice(0, 2)
        .join(' ');
    };
    const signers = ['a1', 'a2'].map((name) => `${name} ${keyOf(name)}\n`).join('');
    keyOf('mallory');
    const world = await World.start({
      'ownership.yml': policy,
      '.github/allowed_signers': signers,
      [FILE]: 'api\n',
    });
    const { clone } = world;
    const signAs = (name: string): void => {
      clone.git('config', 'gpg.format', 'ssh');
      clone.git('config', 'user.signingKey', join(keys, name));
    };
    clone.git('checkout', '-q', '-f', '-B', 'feat/a1/x', 'origin/main');
    clone.write(FILE, 'wanted\n');
    clone.git('add', '-A');
    // Without a key nothing is asked, and nothing is lost.
    const unsigned = clone.bailiwick(['request', 'open', '--staged', '-m', 'a column']);
    expect([unsigned.code, unsigned.stderr]).toEqual([
      2,
      expect.stringContaining('user.signingKey'),
    ]);
    expect(clone.git('diff', '--cached', '--name-only')).toBe(FILE);
    signAs('a1');
    const opened = clone.bailiwick(['request', 'open', '--staged', '-m', 'a column']);
    const id = /q[0-9a-f]{7,}/.exec(opened.stdout)![0];
    const ref = `refs/bailiwick/requests/${id}`;
    clone.git('checkout', '-q', '-f', '-B', 'feat/a2/x', 'origin/main');
    signAs('a2');
    expect(clone.bailiwick(['request', 'accept', id, '--apply']).code).toBe(0);
    const accepted = clone.git('rev-parse', ref);
    clone.git('checkout', '-q', '-f', 'origin/main');
    const files = { [FILE]: 'wanted\n' };
    const pull = world.open({ branch: 'feat/a1/x', login: 'a1-bot', files });
    const judged = async (state: string): Promise<[string[], string]> => {
      world.push(`+${state}:${ref}`);
      const result = await world.gate(pull);
      return [codesOf(result), result.summary.replaceAll('`', '')];
    };
    const good = await judged(accepted);
    expect(good).toEqual([
      [],
      expect.stringContaining(`request ${id} counts: a2 has signed it for a2`),
    ]);
    // The same state under another signature, under none, and that signature under another state.
    const again = (...sign: string[]): string =>
      clone.git('commit-tree', ...sign, '-p', `${accepted}^`, '-m', 'forged', `${accepted}^{tree}`);
    const forged = clone.git('cat-file', 'commit', accepted).replace(/^(committer .*)>/m, '$1x>');
    const altered = clone.run('git', ['hash-object', '-t', 'commit', '-w', '--stdin'], {
      input: `${forged}\n`,
    });
    for (const [what, state] of [
      ['by the asker', again(`-S${join(keys, 'a1')}`)],
      ['by nobody who is listed', again(`-S${join(keys, 'mallory')}`)],
      ['of something else', altered.stdout.trim()],
    ] as const) {
      const [codes, summary] = await judged(state);
      expect([what, codes]).toEqual([what, ['owned-by-other']]);
      expect(summary).toContain(`request ${id} does not count`);
    }
  });
});
