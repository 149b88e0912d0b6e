import { describe, expect, it } from 'vitest';
import { hintTo } from '../../../src/domain/hint.ts';
import { REPORT_SCHEMA, type Report } from '../../../src/domain/report.ts';
import type { PathOwner } from '../../../src/domain/reports/owner.ts';
import { renderOwner } from '../../../src/render/terminal/owner.ts';
import { agent, checkReport, path, view } from '../examples.ts';

const owned = (name: string, more: Partial<PathOwner> = {}): PathOwner => ({
  path: path(name),
  tracked: true,
  layer: 'owned',
  rule: "agents.a1.owns[0] 'services/orchestrator/**'",
  owners: [agent('a1')],
  forAgent: { verdict: 'refused', code: 'owned-by-other' },
  reason: 'belongs to a1',
  hint: hintTo(`ask a1 for a change`, `bailiwick request open ${name}`),
  ...more,
});
const { layer, rule, owners, reason } = owned('');
const unseen: PathOwner = {
  path: path('a'),
  layer,
  rule,
  owners,
  forAgent: null,
  reason,
  hint: null,
};
const show = (paths: readonly PathOwner[], more: Partial<Report> = {}): string =>
  renderOwner(
    { ...checkReport([]), schema: REPORT_SCHEMA, command: 'owner', ...more, data: { paths } },
    view,
  );

describe('renderOwner', () => {
  it('says of one path whose it is, why, and what to do', () => {
    expect(show([owned('services/orchestrator/main.py')])).toMatchInlineSnapshot(`
      "services/orchestrator/main.py
        owner:   a1
        why:     owned: belongs to a1
        rule:    agents.a1.owns[0] 'services/orchestrator/**'
        a2:      refused (owned-by-other)
        To ask a1 for a change, run:
          bailiwick request open services/orchestrator/main.py

        policy:  origin/main@1234abc
      "
    `);
  });

  it('says of many what they have in common once', () => {
    const paths = [
      owned('services/orchestrator/a.py'),
      owned('tools/new.sh', {
        tracked: false,
        layer: 'unowned',
        rule: null,
        owners: [],
        reason: 'no agent owns this',
        forAgent: { verdict: 'refused', code: 'unowned' },
        hint: null,
      }),
      owned('services/viral_engine/rank.py', {
        rule: "agents.a2.owns[0] 'services/viral_engine/**'",
        owners: [agent('a2')],
        reason: 'belongs to a2',
        forAgent: { verdict: 'allowed' },
        hint: null,
      }),
      owned('services/orchestrator/b.py'),
    ];
    expect(show(paths)).toMatchInlineSnapshot(`
      "services/orchestrator/a.py
      services/orchestrator/b.py
        owner:   a1
        why:     owned: belongs to a1
        rule:    agents.a1.owns[0] 'services/orchestrator/**'
        a2:      refused (owned-by-other)
        To ask a1 for a change, run bailiwick request open services/orchestrator/a.py

      tools/new.sh
        owner:   nobody
        why:     unowned: no agent owns this
        git:     not tracked
        a2:      refused (unowned)

      services/viral_engine/rank.py
        owner:   a2
        why:     owned: belongs to a2
        rule:    agents.a2.owns[0] 'services/viral_engine/**'
        a2:      allowed

        policy:  origin/main@1234abc
      "
    `);
  });

  it('shows each of fifty paths, however many rules decide', () => {
    const names = Array.from({ length: 50 }, (_, at) => `services/${at % 4}/${at}.py`);
    const text = show(names.map((name, at) => owned(name, { rule: `agents.a1.owns[${at % 4}]` })));
    for (const name of names) expect(text.split('\n')).toContain(name);
    expect(text.split('\n').length).toBeLessThan(90);
  });

  it('leaves out what nobody asked: the agent of a person, git of a path nobody looked up', () => {
    expect(show([unseen], { agent: null, policy: null })).toMatchInlineSnapshot(`
      "a
        owner:   a1
        why:     owned: belongs to a1
        rule:    agents.a1.owns[0] 'services/orchestrator/**'

        policy:  none found
      "
    `);
  });

  it('escapes what others wrote', () => {
    const text = show([owned('a\x1b[31m\nb', { reason: '\u202e', rule: '\x07' })]);
    expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\u202e]/);
    expect(text.split('\n')[0]).toBe('a\\x1b[31m\\nb');
  });
});
