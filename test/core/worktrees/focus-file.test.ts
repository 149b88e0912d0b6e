import { describe, expect, it } from 'vitest';
import { focusFileText } from '../../../src/core/worktrees/focus-file.ts';
import type { BranchName } from '../../../src/domain/refs.ts';
import { ownershipOf } from '../../support/policy.ts';

const POLICY = `version: 1
agents:
  a1:
    title: Core *pipeline* <b>
    owns: ['services/core/**', 'odd\`name']
    except: ['services/core/public/**']
    forbidden: ['src/auth/**']
    validate: ['pytest -q']
    after: [a2]
    not_with: [a3]
  a2: { owns: ['services/api/**'] }
  a3: { owns: ['docs/**'] }
shared:
  common: { paths: ['services/common/**'], agents: [a1, a2] }
  open: { paths: ['open/**'], agents: [a1], lock: none }
  others: { paths: ['others/**'], agents: [a2] }
reserved:
  migrations: { paths: ['**/alembic/**'], agents: [a1], reason: one writer }
frozen: ['**/agent.py']
limits: { lines: 300, age: 3h, enforce: [lines] }
`;

const textFor = (id: string): string => {
  const ownership = ownershipOf(POLICY);
  const agent = [...ownership.agents.values()].find((each) => each.id === id)!;
  const ports = { first: 8080, last: 8099, port: 8081 };
  return focusFileText({
    ownership,
    agent,
    branch: `feat/${id}/main` as BranchName,
    ports,
    source: 'main',
    program: 'npx bailiwick',
  });
};

describe('AGENT_FOCUS.md', () => {
  it('says what the agent may change, its limits, and the commands to use', () => {
    expect(textFor('a1')).toMatchInlineSnapshot(`
      "# a1: Core \\*pipeline\\* \\<b\\>

      This worktree is for the agent \`a1\` alone, on the branch \`feat/a1/main\`.
      Written by bailiwick from \`ownership.yml\` of \`main\`; local, never committed.

      ## May change

      - \`services/core/**\`
      - \`\`odd\`name\`\`
      - but not \`services/core/public/**\`
      - \`**/alembic/**\` (one writer)

      ## May change while holding the lock

      - \`common\`: \`services/common/**\` (\`npx bailiwick lock acquire common\`)
      - \`open\`: \`open/**\` (no lock is needed)

      ## Must not change

      - \`src/auth/**\`
      - \`**/agent.py\`
      - hooks, CI and agent settings, and whatever belongs to another agent

      ## Limits

      - at most 300 changed lines on a branch; more is refused
      - land within 3h

      ## Works with others

      - starts after \`a2\` handed off
      - never at the same time as \`a3\`

      ## Before handing off

          pytest -q

      ## Environment

      Ports 8080 to 8099 are for this worktree; a server starts on 8081.
      To load the variables into a shell:

          set -a; . ./.agent.env; set +a

      ## Commands

          npx bailiwick whoami                # who is acting here, and what they may change
          npx bailiwick owner <path>          # whose a path is, and what to do about it
          npx bailiwick check                 # what the commit hook would say of what is staged
          npx bailiwick lock acquire <name>   # before changing a shared part
          npx bailiwick lock list             # who has which lock; one is free by itself once its changes have landed
          npx bailiwick request open <path>   # ask its owner for a change, say why with -m
          npx bailiwick request list --to-me  # what others ask for here
          npx bailiwick request list --mine   # what became of what was asked for from here
          npx bailiwick task list --agent a1  # what there is to do here
      "
    `);
  });

  it('leaves out what there is nothing to say of', () => {
    const headings = [...textFor('a3').matchAll(/^## (.*)$/gm)].map((match) => match[1]);
    expect(headings).toEqual([
      'May change',
      'Must not change',
      'Limits',
      'Environment',
      'Commands',
    ]);
  });
});
