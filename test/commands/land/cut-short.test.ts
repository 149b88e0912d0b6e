import { describe, expect, it } from 'vitest';
import { runLandContinue } from '../../../src/commands/land/continue.ts';
import { runLandSkip } from '../../../src/commands/land/skip.ts';
import { hostIn } from '../../support/host.ts';
import { commitTo } from '../../support/overlap.ts';
import { BRANCHES, land, landable, outcomes, policyOf } from './fixture.ts';

/** Cannot say anything of one branch: a command is not there. */
const CHECK = 'test ! -e b/bad || exit 127';

describe('a landing that was cut short', () => {
  it('skip leaves one branch out with what is stacked on it, and the others land', async () => {
    const repository = landable(BRANCHES, CHECK);
    commitTo(repository, 'feat/a2/upper', { 'b/upper': 'x\n' }, 'refs/heads/feat/a2/bad');
    await expect(land(repository, { once: true })).rejects.toThrow(/did not get to say/);
    const skip = (branch: string) => runLandSkip(hostIn(repository), { branch, yes: true });
    await expect(skip('feat/a2/none')).rejects.toThrow('feat/a2/none does not wait to land');
    const report = await skip('feat/a2/bad');
    expect(outcomes(report)).toEqual([
      'feat/a1/x landed',
      'feat/a2/bad skipped',
      'feat/a2/upper after',
      'feat/a3/x landed',
    ]);
    // What somebody left out on purpose is not a fault; what that takes along is.
    expect(report.findings.map(({ message }) => message.split(':')[0])).toEqual([
      'feat/a2/upper does not land',
    ]);
    const files = repository.git('ls-tree', '-r', '--name-only', 'main');
    expect(files).not.toMatch(/b\/(?:bad|upper)/);
    await expect(skip('feat/a3/x')).rejects.toThrow('no landing on main is under way');
  });

  it('49, 50 a branch that moved meanwhile, or is gone, is set aside, and its new tip does not land', async () => {
    const repository = landable(BRANCHES, CHECK);
    await expect(land(repository, { once: true })).rejects.toThrow(/did not get to say/);
    commitTo(repository, 'feat/a2/bad', { 'b/new': 'new\n' });
    repository.git('branch', '-D', 'feat/a3/x');
    commitTo(repository, 'feat/a1/x', { 'a/later': 'later\n' });
    commitTo(repository, 'main', { 'ownership.yml': policyOf('true') });
    const report = await runLandContinue(hostIn(repository), { yes: true });
    expect(outcomes(report)).toEqual(['feat/a1/x moved', 'feat/a2/bad moved', 'feat/a3/x moved']);
    expect(report.findings[0]!.message).toMatch(/feat\/a1\/x .*is at [0-9a-f]{10} now, and was/);
    expect(repository.git('log', '-1', '--format=%s', 'main')).not.toContain('Merge');
  });

  it('49, 63 so is one that moves while it is validated, and the others land', async () => {
    const repository = landable(
      BRANCHES,
      'git update-ref refs/heads/feat/a2/bad refs/heads/feat/a3/x',
    );
    const report = await land(repository, { once: true });
    expect(outcomes(report)).toEqual(['feat/a1/x landed', 'feat/a2/bad moved', 'feat/a3/x landed']);
    expect(repository.git('ls-tree', '-r', '--name-only', 'main')).not.toContain('b/bad');
  });
});
