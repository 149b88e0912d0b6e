import { describe, expect, it } from 'vitest';
import { judgeForm, type PullRequestForm } from '../../../src/core/pull-requests/judge-form.ts';
import { titleFault } from '../../../src/core/pull-requests/title-fault.ts';
import type { AgentId } from '../../../src/domain/ids.ts';
import type { PullRequestRules } from '../../../src/domain/pull-request-rules.ts';

const TEMPLATE = { template: '[{agent}] {text}' };

describe('a title', () => {
  it.each([
    ['[a1] Add retries', null],
    ['[a1] 🚀 Add retries', null],
    ['Add retries', '[a1] Add retries'],
    ['[a2] Add retries', '[a1] Add retries'],
    ['［a1］ Add retries', '[a1] Add retries'],
    ['【a1】Add retries', '[a1] Add retries'],
    ['[a1]Add retries', '[a1] Add retries'],
    ['[a1]  Add retries', '[a1] Add retries'],
    ['[a1] ', '[a1] say what it does'],
    ['', '[a1] say what it does'],
    ['[A1] Add retries', '[a1] Add retries'],
    ['feat: add retries', '[a1] add retries'],
    ['[a1] Add\u200b retries', '[a1] Add retries'],
    [`[a1] ${'x'.repeat(300)}`, `[a1] ${'x'.repeat(250)}…`],
  ])('93 %j by a template: %j', (title, corrected) => {
    expect(titleFault(TEMPLATE, title, 'a1', null)?.corrected ?? null).toBe(corrected);
    if (corrected !== null) expect(titleFault(TEMPLATE, corrected, 'a1', null)).toBeNull();
  });

  it.each([
    ['feat: add retries', null],
    ['fix(parser)!: read tabs', null],
    ['Add retries', 'feat: Add retries'],
    ['feature: add', 'feat: add'],
    ['feat:add', 'feat: feat:add'],
  ])('%j by convention: %j', (title, corrected) => {
    expect(titleFault('conventional', title, 'a1', null)?.corrected ?? null).toBe(corrected);
  });

  it('is of the type that the branch says', () => {
    expect(titleFault('conventional', 'Read tabs', 'a1', 'fix/a1/tabs')?.corrected).toBe(
      'fix: Read tabs',
    );
  });
});

describe('the form of a pull request', () => {
  const RULES: PullRequestRules = {
    title: TEMPLATE,
    labels: { all: ['auto-merge'], none: ['blocked'] },
    commits: { form: 'conventional', subject: 40, trailer: 'Agent' },
  };
  const form = (more: Partial<PullRequestForm>): PullRequestForm => ({
    agent: 'a1' as AgentId,
    aliases: ['agent-1'],
    branch: 'feat/a1/x',
    base: 'origin/main',
    request: { number: 7, title: '[a1] Add', labels: ['auto-merge'] },
    commits: [],
    ...more,
  });

  it('is said with all faults at once, and the command that puts it right', () => {
    const [finding] = judgeForm(
      RULES,
      form({
        request: { number: 7, title: "Add 'x'", labels: ['blocked'] },
        commits: [
          { commit: '1'.repeat(40), message: 'feat: all is well\n\nAgent: agent-1\n' },
          { commit: '2'.repeat(40), message: 'more' },
          { commit: '3'.repeat(40), message: `fix: ${'long '.repeat(9)}\n\nAgent: a2` },
          { commit: '4'.repeat(40), message: 'Revert "more"\n\nThis reverts commit 2222222222.' },
          { commit: '5'.repeat(40), message: 'fixup! more' },
          { commit: '6'.repeat(40), message: 'Add retries (#12)' },
        ],
      }),
    );
    expect(finding).toMatchInlineSnapshot(`
      {
        "agent": "a1",
        "code": "pull-request-form",
        "hint": {
          "aim": "put the pull request right",
          "command": "gh pr edit 7 --title '[a1] Add '\\''x'\\''' --add-label auto-merge --remove-label blocked",
        },
        "message": "the title is not '[{agent}] {text}'; it would read: [a1] Add 'x'; the label auto-merge is missing; the label blocked must not be there; 2222222222 is not a conventional subject and has no trailer 'Agent: a1'; 3333333333 has a subject of 50 characters, where 40 are the limit and has no trailer 'Agent: a1'",
        "rule": "pull_requests",
        "severity": "error",
      }
    `);
  });

  it('is none of its business where all is well, or nothing is asked for', () => {
    expect(judgeForm(RULES, form({}))).toEqual([]);
    expect(judgeForm(RULES, form({ request: null }))).toEqual([]);
    const none = { title: null, labels: { all: [], none: [] }, commits: null };
    expect(judgeForm(none, form({ commits: [{ commit: '1', message: 'x' }] }))).toEqual([]);
  });
});
