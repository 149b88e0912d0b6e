import { describe, expect, it } from 'vitest';
import { FINDING_CODES, type Finding, type FindingCode } from '../../../src/domain/finding.ts';
import { hintTo } from '../../../src/domain/hint.ts';
import { renderCheck } from '../../../src/render/terminal/check.ts';
import { renderHook } from '../../../src/render/terminal/hook.ts';
import { colorPaint } from '../../../src/render/view.ts';
import { agent, checkReport, example, examples, path, subject, view } from '../examples.ts';

/** What the hook of a commit says. */
const show = (...args: Parameters<typeof checkReport>): string =>
  renderHook(checkReport(...args), 'pre-commit', view);

/** The part of the answer that says one finding. */
function block(code: FindingCode): string {
  const blocks = show([example(code)]).split('\n\n');
  return blocks.find((lines) => lines.includes(code) && !lines.startsWith('bailiwick:'))!;
}

describe('a finding of each code', () => {
  it('base-branch-push', () => {
    expect(block('base-branch-push')).toMatchInlineSnapshot(`
      "base-branch-push: a2 may not push to main: what lands there is merged, not
        pushed
        To propose the change, push a branch of the agent and open a pull request"
    `);
  });

  it('branch-stale', () => {
    expect(block('branch-stale')).toMatchInlineSnapshot(`
      "Let through, with a warning:
      branch-stale: feat/a2/ranking is 61 commits behind origin/main, where 50 are the
        limit
        rule: limits.behind
        To catch up, run git merge origin/main"
    `);
  });

  it('branch-too-large', () => {
    expect(block('branch-too-large')).toMatchInlineSnapshot(`
      "Let through, with a warning:
      branch-too-large: feat/a2/ranking changes 412 lines, where 300 are the limit
        rule: limits.lines
        To see where they are, run git diff --stat origin/main...feat/a2/ranking"
    `);
  });

  it('conflict', () => {
    expect(block('conflict')).toMatchInlineSnapshot(`
      "Let through, with a warning:
      conflict: feat/a1/retries and feat/a2/ranking conflict: services/common/retry.py
        lines 40-52
        services/common/retry.py
        To see in which order they are cheapest to merge, run bailiwick order"
    `);
  });

  it('conflict-combination', () => {
    expect(block('conflict-combination')).toMatchInlineSnapshot(`
      "Let through, with a warning:
      conflict-combination: feat/a2/ranking conflicts once feat/a1/backoff and
        feat/a1/retries have landed: services/common/retry.py
        services/common/retry.py
        To see where it lands best, run bailiwick order"
    `);
  });

  it('conflict-with-base', () => {
    expect(block('conflict-with-base')).toMatchInlineSnapshot(`
      "Let through, with a warning:
      conflict-with-base: feat/a2/ranking no longer merges with main:
        services/viral_engine/rank.py line 12
        services/viral_engine/rank.py
        To see what conflicts, run git merge-tree main feat/a2/ranking"
    `);
  });

  it('forbidden', () => {
    expect(block('forbidden')).toMatchInlineSnapshot(`
      "forbidden: a2 may never change this
        modify  src/auth/session.ts
        rule: agents.a2.forbidden[0] 'src/auth/**'
        To leave it out, run git restore --staged -- :/src/auth/session.ts"
    `);
  });

  it('foreign-branch-push', () => {
    expect(block('foreign-branch-push')).toMatchInlineSnapshot(`
      "foreign-branch-push: a2 may not push to feat/a1/retries, a branch of a1
        owner: a1
        To hand the work over, push it to a branch of a2 and ask a1 to take it"
    `);
  });

  it('foreign-merge', () => {
    expect(block('foreign-merge')).toMatchInlineSnapshot(`
      "foreign-merge: has commits of feat/a1/retries, a branch of a1 that has not
        landed: they would land with this one
        owner: a1
        To take the merge out and keep what came after it, run:
          git reset --keep 1234abcd1234abcd1234abcd1234abcd1234abcd"
    `);
  });

  it('foreign-ref-push', () => {
    expect(block('foreign-ref-push')).toMatchInlineSnapshot(`
      "foreign-ref-push: a2 may not delete release/1.x, which is not a branch of a2
        To have it done, ask a person"
    `);
  });

  it('state-ref-push', () => {
    expect(block('state-ref-push')).toMatchInlineSnapshot(`
      "state-ref-push: a2 may not push to refs/bailiwick/locks/common by hand: only its
        own commands write there
        To see the locks and who holds them, run bailiwick lock list"
    `);
  });

  it('frozen', () => {
    expect(block('frozen')).toMatchInlineSnapshot(`
      "frozen: a control file of the guard: only people, or an agent whose 'owns' names
        it, may change it
        modify  ownership.yml
        rule: builtin 'ownership.yml'
        To leave it out, run git restore --staged -- :/ownership.yml"
    `);
  });

  it('identity-mismatch', () => {
    expect(block('identity-mismatch')).toMatchInlineSnapshot(`
      "identity-mismatch: it is not clear who is acting: AGENT_ID=a1 says a1, branch
        feat/a2/ranking says a2
        To see where each comes from, run bailiwick whoami"
    `);
  });

  it('identity-unknown', () => {
    expect(block('identity-unknown')).toMatchInlineSnapshot(`
      "identity-unknown: no agent of the policy is acting here, and the policy lets
        nobody else make changes
        To act as an agent, run bailiwick whoami --bind <agent>"
    `);
  });

  it('local-only', () => {
    expect(block('local-only')).toMatchInlineSnapshot(`
      "local-only: local to one worktree: it must never be committed
        add  .agent.env
        rule: builtin '.agent.env'
        To leave it out, run git restore --staged -- :/.agent.env"
    `);
  });

  it('lock-expired', () => {
    expect(block('lock-expired')).toMatchInlineSnapshot(`
      "lock-expired: the lease of a2 on the lock common ended at 2026-05-01T17:00:00Z
        modify  services/common/retry.py
        rule: shared.common.paths[0] 'services/common/**'
        owner: a1, a2
        To take the lock, run bailiwick lock renew common"
    `);
  });

  it('lock-held', () => {
    expect(block('lock-held')).toMatchInlineSnapshot(`
      "lock-held: the lock common is held by a1 since 2026-05-01T12:00:00Z until
        2026-05-01T14:00:00Z: retries
        modify  services/common/retry.py
        rule: shared.common.paths[0] 'services/common/**'
        owner: a1, a2
        To take the lock, run bailiwick lock acquire common --wait"
    `);
  });

  it('lock-needed', () => {
    expect(block('lock-needed')).toMatchInlineSnapshot(`
      "lock-needed: a change needs the lock common, and a2 does not hold it
        modify  services/common/retry.py
        rule: shared.common.paths[0] 'services/common/**'
        owner: a1, a2
        To take the lock, run bailiwick lock acquire common"
    `);
  });

  it('near-change', () => {
    expect(block('near-change')).toMatchInlineSnapshot(`
      "Let through, for information:
      near-change: feat/a1/retries and feat/a2/ranking come close:
        services/common/retry.py
        services/common/retry.py
        To see how they differ, run:
          git diff feat/a1/retries feat/a2/ranking -- services/common/retry.py"
    `);
  });

  it('owned-by-other', () => {
    expect(block('owned-by-other')).toMatchInlineSnapshot(`
      "owned-by-other: belongs to a1
        modify  services/orchestrator/main.py
        rule: agents.a1.owns[0] 'services/orchestrator/**'
        owner: a1
        To ask a1 for it, run:
          bailiwick request open :/services/orchestrator/main.py --staged -m 'needed for feat/a2/ranking'"
    `);
  });

  it('policy-changed', () => {
    expect(block('policy-changed')).toMatchInlineSnapshot(`
      "Let through, for information:
      policy-changed: the policy itself changes; this was judged by the one of main
        modify  ownership.yml"
    `);
  });

  it('reserved', () => {
    expect(block('reserved')).toMatchInlineSnapshot(`
      "reserved: only a1 may change this (migrations): one writer keeps the numbers
        linear
        add  db/alembic/0007_add_index.py
        rule: reserved.migrations.paths[0] '**/alembic/**'
        owner: a1
        To ask a1 for it, run:
          bailiwick request open :/db/alembic/0007_add_index.py --staged -m 'needed for feat/a2/ranking'"
    `);
  });

  it('same-file', () => {
    expect(block('same-file')).toMatchInlineSnapshot(`
      "Let through, for information:
      same-file: feat/a1/retries and feat/a2/ranking both change
        services/common/retry.py
        services/common/retry.py
        To see how they differ, run:
          git diff feat/a1/retries feat/a2/ranking -- services/common/retry.py"
    `);
  });

  it('unowned', () => {
    expect(block('unowned')).toMatchInlineSnapshot(`
      "unowned: no agent owns this
        add  tools/new.sh
        To ask a person for it, run:
          bailiwick request open :/tools/new.sh --staged -m 'needed for feat/a2/ranking'"
    `);
  });

  it('unsafe-path', () => {
    expect(block('unsafe-path')).toMatchInlineSnapshot(`
      "unsafe-path: the name differs only in case or Unicode form from
        services/viral_engine/rank.py
        add  services/viral_engine/Rank.py
        To leave it out, run git restore --staged -- :/services/viral_engine/Rank.py"
    `);
  });
});

describe('a refused commit', () => {
  const findings: Finding[] = [
    example('owned-by-other'),
    { ...example('owned-by-other'), path: path('services/orchestrator/old.py'), ops: ['delete'] },
    example('lock-needed'),
    example('branch-too-large'),
  ];

  it('is told in one screen', () => {
    expect(
      show(findings, {
        remedy: hintTo(
          'ask a1 for it and go on without it',
          "bailiwick request open --staged -m 'needed for feat/a2/ranking' && git restore --staged -- :/services/common/retry.py",
        ),
        notices: ['origin/main was last fetched 3 days ago'],
      }),
    ).toMatchInlineSnapshot(`
      "bailiwick: commit refused: 3 of 12 paths are against the policy
        judged:  the staged changes (12 paths)
        agent:   a2, from the worktree's binding and branch feat/a2/ranking (bound)
        in:      /home/ann/wt-a2
        policy:  origin/main@1234abc

      owned-by-other: belongs to a1
        modify  services/orchestrator/main.py
        delete  services/orchestrator/old.py
        rule: agents.a1.owns[0] 'services/orchestrator/**'
        owner: a1

      lock-needed: a change needs the lock common, and a2 does not hold it
        modify  services/common/retry.py
        rule: shared.common.paths[0] 'services/common/**'
        owner: a1, a2
        To take the lock, run bailiwick lock acquire common

      Let through, with a warning:
      branch-too-large: feat/a2/ranking changes 412 lines, where 300 are the limit
        rule: limits.lines
        To see where they are, run git diff --stat origin/main...feat/a2/ranking

      note: origin/main was last fetched 3 days ago

      To ask a1 for it and go on without it, run:
        bailiwick request open --staged -m 'needed for feat/a2/ranking' && git restore --staged -- :/services/common/retry.py

      Do not retry this commit unchanged and do not bypass the hook: push and pull
      request are judged by the same rules.
      Explained in /opt/bailiwick/docs/findings.md#lock-needed, #owned-by-other
      "
    `);
  });

  it('by frozen files alone is outside the part; a wrong name is not', () => {
    const first = (...all: Finding[]): string => show(all).split('\n')[0]!;
    expect(first(example('frozen'))).toMatchInlineSnapshot(
      `"bailiwick: commit refused: 1 of 12 paths is outside the part of a2"`,
    );
    expect(first(example('unsafe-path'))).toMatchInlineSnapshot(
      `"bailiwick: commit refused: 1 of 12 paths is against the policy"`,
    );
    expect(first(example('identity-mismatch'))).toMatchInlineSnapshot(
      `"bailiwick: commit refused: identity-mismatch"`,
    );
    expect(first(...examples)).toMatchInlineSnapshot(
      `"bailiwick: commit refused: 9 of 12 paths are against the policy"`,
    );
  });
});

describe('a long answer', () => {
  const many = (count: number, owner: string): Finding[] =>
    Array.from({ length: count }, (_, at) => ({
      ...example('owned-by-other'),
      path: path(`services/${owner}/${String(at).padStart(4, '0')}.py`),
      owner: [agent(owner)],
      rule: `agents.${owner}.owns[0] 'services/${owner}/**'`,
      message: `belongs to ${owner}`,
    }));

  it('counts the paths of a group it does not list', () => {
    expect(show(many(4322, 'a1'), { subjects: [subject({ changes: 4322 })] }))
      .toMatchInlineSnapshot(`
        "bailiwick: commit refused: all 4,322 paths are outside the part of a2
          judged:  the staged changes (4,322 paths)
          agent:   a2, from the worktree's binding and branch feat/a2/ranking (bound)
          in:      /home/ann/wt-a2
          policy:  origin/main@1234abc

        owned-by-other: belongs to a1
          modify  services/a1/0000.py
          modify  services/a1/0001.py
          modify  services/a1/0002.py
          modify  services/a1/0003.py
          modify  services/a1/0004.py
          modify  services/a1/0005.py
          modify  services/a1/0006.py
          modify  services/a1/0007.py
          modify  services/a1/0008.py
          modify  services/a1/0009.py
          and 4,312 more; \`bailiwick check --json\` lists all
          rule: agents.a1.owns[0] 'services/a1/**'
          owner: a1
          To ask a1 for it, run:
            bailiwick request open :/services/orchestrator/main.py --staged -m 'needed for feat/a2/ranking'

        Do not retry this commit unchanged and do not bypass the hook: push and pull
        request are judged by the same rules.
        Explained in /opt/bailiwick/docs/findings.md#owned-by-other
        "
      `);
  });

  it('shows the largest groups and counts the others', () => {
    const groups = Array.from({ length: 12 }, (_, at) => many(at + 1, `b${at}`)).flat();
    const text = show([...groups, example('identity-mismatch')], {
      subjects: [subject({ changes: 5000 })],
    });
    const titles = text.split('\n').filter((line) => /^[a-z-]+: |^and /.test(line));
    expect(titles.slice(1)).toMatchInlineSnapshot(`
      [
        "identity-mismatch: it is not clear who is acting: AGENT_ID=a1 says a1, branch",
        "owned-by-other: belongs to b11",
        "owned-by-other: belongs to b10",
        "owned-by-other: belongs to b9",
        "owned-by-other: belongs to b8",
        "owned-by-other: belongs to b7",
        "owned-by-other: belongs to b6",
        "owned-by-other: belongs to b5",
        "and 15 more findings in 5 groups; \`bailiwick check --json\` lists all",
      ]
    `);
  });

  it('stays short however much there is to say', () => {
    const groups = Array.from({ length: 300 }, (_, at) => many(300, `b${at}`)).flat();
    expect(show(groups).split('\n').length).toBeLessThan(150);
  });
});

describe('paths with a reason each', () => {
  it('have it below', () => {
    const findings: Finding[] = [
      {
        ...example('unsafe-path'),
        path: path('a\nb'),
        message: 'the name holds control characters',
      },
      { ...example('unsafe-path'), path: path('c\udce9'), message: 'the name is not UTF-8' },
    ];
    expect(show(findings).split('\n\n')[1]).toMatchInlineSnapshot(`
      "unsafe-path:
        add  a\\nb
          the name holds control characters
        add  c\\xe9
          the name is not UTF-8
        To leave it out, run git restore --staged -- :/services/viral_engine/Rank.py"
    `);
  });
});

describe('what was judged', () => {
  const judged = (...args: Parameters<typeof checkReport>): string =>
    show(...args).split('\n\n')[0]!;

  it('is each ref of a push, with its agent where it differs', () => {
    const push = (ref: string, more = {}) =>
      subject({ kind: 'push', description: `${ref} since origin/main@1234abc`, ...more });
    const subjects = [
      push('feat/a2/ranking'),
      push('feat/a2/cache', { changes: 1 }),
      push('fix/typo', { identity: { kind: 'human' } }),
      ...Array.from({ length: 4 }, (_, at) => push(`topic-${at}`, { identity: { kind: 'human' } })),
    ];
    expect(judged([example('forbidden')], { subjects })).toMatchInlineSnapshot(`
      "bailiwick: push refused: 1 of 73 paths is outside the part of a2
        judged:  feat/a2/ranking since origin/main@1234abc (12 paths)
        agent:   a2, from the worktree's binding and branch feat/a2/ranking (bound)
        judged:  feat/a2/cache since origin/main@1234abc (1 path)
        judged:  fix/typo since origin/main@1234abc (12 paths)
        agent:   none: a person, or a branch of no agent
        judged:  topic-0 since origin/main@1234abc (12 paths)
        judged:  topic-1 since origin/main@1234abc (12 paths)
        judged:  and 2 more
        in:      /home/ann/wt-a2
        policy:  origin/main@1234abc"
    `);
  });

  it('says which sources disagree', () => {
    const claims = [
      { source: 'branch', from: 'branch feat/a2/ranking', agent: agent('a2') },
      { source: 'environment', from: 'AGENT_ID=a1', agent: agent('a1') },
    ] as const;
    expect(
      judged(
        [example('identity-mismatch')],
        { subjects: [subject({ identity: { kind: 'mismatch', claims } })] },
        { agent: null },
      ),
    ).toMatchInlineSnapshot(`
      "bailiwick: commit refused: identity-mismatch
        judged:  the staged changes (12 paths)
        agent:   unclear: a2 from branch feat/a2/ranking and a1 from AGENT_ID=a1
        in:      /home/ann/wt-a2
        policy:  origin/main@1234abc"
    `);
  });

  it('names an account and an option as such, and a policy that has no commit', () => {
    const claims = [
      { source: 'actor', from: 'the account a2-bot[bot]', agent: agent('a2') },
      { source: 'option', from: '--agent a2', agent: agent('a2') },
    ] as const;
    const verified = { kind: 'agent', agent: agent('a2'), strength: 'verified', claims } as const;
    expect(
      judged(
        [example('forbidden')],
        { subjects: [subject({ kind: 'branch', identity: verified })], worktree: null },
        { policy: { ref: 'ownership.yml', oid: null } },
      ),
    ).toMatchInlineSnapshot(`
      "bailiwick: branch refused: 1 of 12 paths is outside the part of a2
        judged:  the staged changes (12 paths)
        agent:   a2, from the account a2-bot[bot] and --agent a2 (verified)
        policy:  ownership.yml"
    `);
  });
});

describe('an allowed change', () => {
  const allowed = (...args: Parameters<typeof checkReport>): string =>
    renderCheck(checkReport(...args), view);

  it('is nothing to a hook and one line to the command', () => {
    expect(show([])).toBe('');
    expect(allowed([])).toMatchInlineSnapshot(`
      "bailiwick: commit allowed: a2 may change all 12 paths (policy origin/main@1234abc)
      "
    `);
  });

  it.each<[string, string]>([
    ['one path', allowed([], { subjects: [subject({ changes: 1 })] })],
    ['no path', allowed([], { subjects: [subject({ changes: 0 })] })],
    ['no subject', allowed([], { subjects: [] })],
  ])('of %s still reads well', (_what, text) => {
    expect(text).toMatch(
      /^bailiwick: (commit|change) allowed: (a2 may change its one path|nothing to judge) \(policy/,
    );
  });

  it('by a person says so', () => {
    const person = subject({ identity: { kind: 'human' } });
    expect(allowed([], { subjects: [person] }, { agent: null })).toMatchInlineSnapshot(`
      "bailiwick: commit allowed: a person may change all 12 paths (policy origin/main@1234abc)
      "
    `);
  });

  it('with warnings and notices says them, and asks for nothing', () => {
    const findings: Finding[] = [
      { ...example('frozen'), severity: 'warning' },
      { ...example('near-change'), severity: 'notice' },
    ];
    expect(
      show(findings, {
        remedy: hintTo('undo', 'git reset'),
        notices: ['the policy was read from HEAD'],
      }),
    ).toMatchInlineSnapshot(`
      "bailiwick: commit allowed: a2 may change all 12 paths, with 1 warning
        judged:  the staged changes (12 paths)
        agent:   a2, from the worktree's binding and branch feat/a2/ranking (bound)
        in:      /home/ann/wt-a2
        policy:  origin/main@1234abc

      Let through, with a warning:
      frozen: a control file of the guard: only people, or an agent whose 'owns' names
        it, may change it
        modify  ownership.yml
        rule: builtin 'ownership.yml'
        To leave it out, run git restore --staged -- :/ownership.yml

      Let through, for information:
      near-change: feat/a1/retries and feat/a2/ranking come close:
        services/common/retry.py
        services/common/retry.py
        To see how they differ, run:
          git diff feat/a1/retries feat/a2/ranking -- services/common/retry.py

      note: the policy was read from HEAD

      Explained in /opt/bailiwick/docs/findings.md#frozen, #near-change
      "
    `);
  });

  it('with a notice alone is two lines', () => {
    expect(show([], { notices: ['the policy was read from HEAD'] })).toMatchInlineSnapshot(`
      "bailiwick: commit allowed: a2 may change all 12 paths (policy origin/main@1234abc)

      note: the policy was read from HEAD
      "
    `);
  });
});

describe('a verdict that could not be reached', () => {
  it('is not called refused', () => {
    const text = show([example('identity-unknown')], {}, { verdict: 'undecided', agent: null });
    expect(text.split('\n')[0]).toMatchInlineSnapshot(
      `"bailiwick: commit not decided: identity-unknown"`,
    );
  });
});

describe('the end of an answer', () => {
  const end = (...args: Parameters<typeof checkReport>): string =>
    show(...args)
      .split('\n\n')
      .slice(2)
      .join('\n\n');

  it('warns an agent at a push of the pull request only', () => {
    expect(end([example('forbidden')], { subjects: [subject({ kind: 'push' })] }))
      .toMatchInlineSnapshot(`
      "Do not retry this push unchanged and do not bypass the hook: the pull request is
      judged by the same rules.
      Explained in /opt/bailiwick/docs/findings.md#forbidden
      "
    `);
  });

  it('does not lecture a person, nor someone who only asked', () => {
    const person = { subjects: [subject({ identity: { kind: 'human' } })] };
    expect(end([example('local-only')], person)).not.toContain('Do not retry');
    expect(renderCheck(checkReport([example('local-only')]), view)).not.toContain('Do not retry');
  });

  it('ends with what the remedy is for and the command alone', () => {
    const remedy = hintTo('undo it', 'git reset');
    const text = end([example('forbidden')], { remedy });
    expect(text).toContain('To undo it, run:\n  git reset\n');
  });

  it('says a command once: a group does not ask for a part of the remedy', () => {
    const hint = hintTo('leave it out', 'git restore --staged -- :/src/auth/session.ts');
    expect(show([{ ...example('forbidden'), hint }])).toContain('To leave it out, run');
    const remedy = hintTo('go on', 'git restore --staged -- :/src/auth/session.ts :/b');
    expect(show([{ ...example('forbidden'), hint }], { remedy })).not.toContain('To leave it out');
    expect(show([example('lock-needed')], { remedy })).toContain('To take the lock');
  });

  it('keeps hints that differ from path to path out of the group', () => {
    const hints = ['a', 'b'].map((name) => ({
      ...example('forbidden'),
      path: path(name),
      hint: hintTo('leave it out', `git restore --staged -- :/${name}`),
    }));
    expect(show(hints)).not.toContain('To leave it out');
  });
});

describe('every answer', () => {
  const hostile = '\x1b]0;x\x07\u202e\n::error::x ##[error]x';
  const everything = (): Parameters<typeof checkReport> => [
    examples.map((finding) => ({
      ...finding,
      message: `${finding.message} ${hostile}`,
      hint: hintTo(hostile, hostile),
      rule: `${hostile} rule`,
      ...(finding.path && { path: path(`${finding.path}${hostile}`) }),
    })),
    {
      worktree: `/${hostile}`,
      subjects: [subject({ description: hostile })],
      remedy: hintTo(hostile, hostile),
      notices: [hostile],
    },
    { policy: { ref: hostile, oid: null } },
  ];

  it('holds no control character, reordering or runner command of anybody else', () => {
    const text = show(...everything());
    expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
    expect(text).not.toMatch(/^\s*::|##\[/m);
  });

  it('is colourless on a plain view and the same words on a coloured one', () => {
    const report = checkReport(examples, { remedy: hintTo('go back', 'git reset') });
    const colored = renderCheck(report, { ...view, paint: colorPaint });
    expect(renderCheck(report, view)).not.toContain('\x1b');
    expect(colored).toContain('\x1b[31m');
    expect(colored.replace(/\x1b\[\d+m/g, '')).toBe(renderCheck(report, view));
  });

  it.each([40, 60, 80, 120])('fits %d columns, but for words that must stay whole', (width) => {
    const text = renderCheck(checkReport(examples), { ...view, width });
    const long = text.split('\n').filter((line) => line.length > width);
    const whole = /^ *(?:[\w, ]+ {2})?\S+$|^ {4}(?:git|bailiwick) |^bailiwick: |^Explained in /;
    expect(long.filter((line) => !whole.test(line))).toEqual([]);
  });

  it('is tested with a finding of each code', () => {
    expect(examples.map(({ code }) => code)).toEqual(FINDING_CODES);
  });
});
