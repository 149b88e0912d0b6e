import { describe, expect, it } from 'vitest';
import { parseOwnership, readPolicy } from '../../../src/core/policy/parse.ts';
import { agentPolicy, problemsOf } from './policies.ts';

const two = (a1: string, a2: string, rest = ''): string =>
  `version: 1\nagents:\n  a1: ${a1}\n  a2: ${a2}\n${rest}`;

describe('one value', () => {
  it.each<[name: string, text: string, problem: string]>([
    [
      'version missing',
      'agents: {}\n',
      '1:1 error missing-key: the policy has no `version` -> To say which format it has, write version: 1',
    ],
    [
      'version 2',
      'version: 2\nagents: {}\n',
      '1:10 error wrong-value: `version` is the number 2, not 1 -> To set what is meant, write 1',
    ],
    [
      'agents missing',
      'version: 1\n',
      '1:1 error missing-key: the policy has no `agents` -> To complete it, add agents',
    ],
    [
      'agents a list',
      'version: 1\nagents: [a1]\n',
      '2:9 error wrong-type: `agents` is a list, not a map of keys and values -> To see what goes there, look for agents in docs/ownership.md',
    ],
    [
      'an agent without anything',
      'version: 1\nagents:\n  a1:\n',
      '3:6 error wrong-type: `agents.a1` is empty -> To see what goes there, look for agents in docs/ownership.md',
    ],
    [
      'an agent in capitals',
      'version: 1\nagents: { A1: {} }\n',
      '2:11 error agent-id: `A1` cannot be the id of an agent -> To name an agent, use a lower-case letter, then up to 31 letters, digits or hyphens: a1',
    ],
    [
      'an agent called human',
      'version: 1\nagents: { human: {} }\n',
      '2:11 error agent-id: `human` is a reserved word and cannot be the id of an agent -> To name an agent, use a lower-case letter, then up to 31 letters, digits or hyphens: a1',
    ],
    [
      'a mistyped key',
      agentPolicy('forbiden: [a/**]'),
      '4:5 error unknown-key: unknown key `forbiden` in `agents.a1` -> To set what is meant, write forbidden',
    ],
    [
      'an unknown key',
      agentPolicy('colour: red'),
      '4:5 error unknown-key: unknown key `colour` in `agents.a1` -> To see what can be set, choose from title, aliases, owns, except, forbidden, actors, validate, needs, env, ports, after, not_with',
    ],
    [
      'a glob without a list',
      agentPolicy('owns: src/**'),
      "4:11 error wrong-type: `agents.a1.owns` is the text `src/**`, not a list -> To make it a list, write ['src/**']",
    ],
    [
      'a base that is no branch',
      'version: 1\nbase: a..b\nagents: {}\n',
      '2:7 error wrong-value: `a..b` is not the name of a branch -> To name the branch everything lands on, write what git branch prints: main',
    ],
    [
      'a base with its full name',
      'version: 1\nbase: refs/heads/main\nagents: {}\n',
      '2:7 error wrong-value: `refs/heads/main` is not the name of a branch -> To name the branch everything lands on, write main',
    ],
    [
      'a base of a remote',
      'version: 1\nbase: origin/main\nagents: {}\n',
      '2:7 error wrong-value: `origin/main` is not the name of a branch -> To name the branch everything lands on, write main',
    ],
    [
      'a mistyped choice',
      'version: 1\nunowned: dney\nagents: {}\n',
      '2:10 error wrong-value: `unowned` is `dney`, not deny, warn, allow -> To set what is meant, write deny',
    ],
    [
      'a choice that YAML reads as a boolean',
      'version: 1\nunowned: false\nagents: {}\n',
      '2:10 error wrong-value: `unowned` is the boolean false, not deny, warn, allow -> To set it, choose from deny, warn, allow',
    ],
    [
      'ports the wrong way round',
      agentPolicy('ports: 90-80'),
      '4:12 error wrong-value: `agents.a1.ports` starts at 90, after its end 80 -> To give ports, write the first and the last: 8080-8099',
    ],
    [
      'ports that are none',
      agentPolicy('ports: 70000'),
      '4:12 error wrong-value: `agents.a1.ports` is outside of the ports 1 to 65535 -> To give ports, write the first and the last: 8080-8099',
    ],
    [
      'ports in words',
      agentPolicy('ports: [8080]'),
      '4:12 error wrong-value: `agents.a1.ports` is not a range of ports -> To give ports, write the first and the last: 8080-8099',
    ],
    [
      'a variable that is a number',
      agentPolicy('env: { REDIS_DB: 0 }'),
      "4:22 error wrong-type: `agents.a1.env.REDIS_DB` is the number 0, not text -> To write it as text, quote it: '0'",
    ],
    [
      'a variable with an odd name',
      agentPolicy("env: { 1X: 'a' }"),
      '4:12 error wrong-value: `1X` cannot be the name of an environment variable -> To name a variable, use letters, digits and `_`, not a digit first: DB_SCHEMA',
    ],
    [
      'a variable of bailiwick',
      agentPolicy("env: { AGENT_ID: 'a' }"),
      '4:12 error wrong-value: `AGENT_ID` is set by bailiwick itself -> To set something else, rename it',
    ],
    [
      'a variable on two lines',
      agentPolicy('env: { A: "x\\ny" }'),
      '4:15 error wrong-value: `agents.a1.env.A` has a line break or another control character -> To keep it safe, write one line',
    ],
    [
      'an alias that no branch can hold',
      agentPolicy("aliases: ['a/b']"),
      '4:15 error wrong-value: `a/b` cannot stand for an agent in a branch name -> To name an alias, use letters, digits, `.`, `_` or `-`: agent-1',
    ],
    [
      'an empty command',
      agentPolicy("validate: ['']"),
      '4:16 error wrong-value: `agents.a1.validate[0]` is empty -> To leave it out, remove it',
    ],
    [
      'a template without agent',
      "version: 1\nagents: {}\nidentify: { branches: ['feat/{topic}'] }\n",
      '3:24 error branch-template: the template `feat/{topic}` must have the field {agent} once -> To write a template, use {agent} once and other fields apart from it: feat/{agent}/{topic}',
    ],
    [
      'a template whose fields touch',
      "version: 1\nagents: {}\nidentify: { branches: ['{agent}{x}'] }\n",
      '3:24 error branch-template: the template `{agent}{x}` has two fields that touch -> To write a template, use {agent} once and other fields apart from it: feat/{agent}/{topic}',
    ],
    [
      'a template with broken braces',
      "version: 1\nagents: {}\nidentify: { branches: ['{agent}/{X}'] }\n",
      '3:24 error branch-template: the template `{agent}/{X}` has braces that are no field -> To write a template, use {agent} once and other fields apart from it: feat/{agent}/{topic}',
    ],
    [
      'a template that is no branch',
      "version: 1\nagents: {}\nidentify: { branches: ['feat/{agent}..x'] }\n",
      '3:24 error branch-template: `feat/{agent}..x` cannot become a branch name -> To name branches, write what git accepts, with fields in braces: feat/{agent}/{topic}',
    ],
    [
      'worktrees at an absolute place',
      "version: 1\nagents: {}\nworktrees: { path: '/tmp/{agent}' }\n",
      '3:20 error wrong-value: `/tmp/{agent}` is not a relative path -> To place worktrees, write a path relative to the main checkout: ../wt-{agent}-{slug}',
    ],
    [
      'worktrees with an unknown field',
      "version: 1\nagents: {}\nworktrees: { branch: 'feat/{agent}/{topic}' }\n",
      '3:22 error branch-template: the template `feat/{agent}/{topic}` has the unknown field {topic} -> To write a template, use {agent} once and other fields apart from it: feat/{agent}/{topic}',
    ],
    [
      'a limit of nothing',
      'version: 1\nagents: {}\nlimits: { lines: 0 }\n',
      '3:18 error wrong-value: `limits.lines` is 0, not a whole number from 1 up -> To set no limit, remove it',
    ],
    [
      'a limit in words',
      'version: 1\nagents: {}\nlimits: { lines: many }\n',
      '3:18 error wrong-value: `limits.lines` is many, not a whole number from 1 up -> To set no limit, remove it',
    ],
    [
      'an age without unit',
      'version: 1\nagents: {}\nlimits: { age: 3 }\n',
      '3:16 error wrong-type: `limits.age` is the number 3, not text -> To give a duration, write 30m, 2h, 1h30m or 1d',
    ],
    [
      'an age in months',
      "version: 1\nagents: {}\nlimits: { age: '3mo' }\n",
      '3:16 error wrong-value: `3mo` is not a duration -> To give a duration, write 30m, 2h, 1h30m or 1d',
    ],
    [
      'a shared part without paths',
      'version: 1\nagents: { a1: {} }\nshared: { common: { agents: [a1] } }\n',
      '3:11 error missing-key: `shared.common` has no `paths` -> To complete it, add paths',
    ],
    [
      'a shared part of nobody',
      "version: 1\nagents: { a1: {} }\nshared: { common: { paths: ['a/**'], agents: [] } }\n",
      '3:46 error wrong-value: `shared.common.agents` is empty -> To drop the part, remove it as a whole',
    ],
    [
      'a shared part in capitals',
      "version: 1\nagents: { a1: {} }\nshared: { Common: { paths: ['a/**'], agents: [a1] } }\n",
      '3:11 error wrong-value: `Common` cannot be a name -> To name a part, use a lower-case letter, then up to 63 letters, digits, `_` or `-`: common',
    ],
    [
      'a case that leaves the repository',
      'version: 1\nagents: { a1: {} }\ntests: [{ agent: a1, change: ../x, expect: allowed }]\n',
      "3:30 error wrong-value: `../x` is not a path inside the repository -> To name a path, write it from the repository's top down, without `.` and `..`",
    ],
    [
      'a case with an unknown outcome',
      'version: 1\nagents: { a1: {} }\ntests: [{ agent: a1, change: x, expect: refusd }]\n',
      '3:41 error wrong-value: `tests[0].expect` is `refusd`, not allowed, forbidden, frozen, local-only, lock-needed, needs-lock, owned-by-other, refused, reserved, unowned -> To set what is meant, write refused',
    ],
  ])('%s', (_, text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });
});

describe('several values together', () => {
  it.each<[name: string, text: string, problems: string[]]>([
    [
      'an agent that is none',
      two(
        '{ after: [a3] }',
        '{ not_with: [b] }',
        'reserved: { m: { paths: [m/**], agents: [a2, agent1] } }\n',
      ),
      [
        '3:17 error unknown-agent: there is no agent `a3` -> To name an agent, write a1',
        '4:20 error unknown-agent: there is no agent `b` -> To name an agent, choose from a1, a2',
        '5:46 error unknown-agent: there is no agent `agent1` -> To name an agent, choose from a1, a2',
      ],
    ],
    [
      'an agent by its alias',
      two('{ aliases: [core] }', '{ after: [core] }'),
      ['4:17 error unknown-agent: there is no agent `core` -> To name an agent, write a1'],
    ],
    [
      'an alias that is the id of another',
      two('{ aliases: [a2] }', '{}'),
      [
        '3:19 error alias-clash: the alias `a2` of a1 also stands for a2 -> To tell the two apart, choose another alias',
      ],
    ],
    [
      'an alias twice, but for case',
      two('{ aliases: [core] }', '{ aliases: [Core] }'),
      [
        '4:19 error alias-clash: the alias `Core` of a2 also stands for a1 -> To tell the two apart, choose another alias',
      ],
    ],
    [
      'ports of two agents',
      two('{ ports: 8000-8010 }', '{ ports: 8010-8020 }'),
      [
        '4:16 error port-clash: a2 and a1 both have port 8010 -> To give a2 ports of its own, start after 8010',
      ],
    ],
    [
      'ports within ports',
      two('{ ports: 8000-8100 }', '{ ports: 8010-8020 }'),
      [
        '4:16 error port-clash: a2 and a1 both have the ports 8010-8020 -> To give a2 ports of its own, start after 8100',
      ],
    ],
    [
      'two that wait for each other',
      two('{ after: [a2] }', '{ after: [a1] }'),
      [
        '3:17 error after-cycle: `after` goes in a circle, so none of these can ever start: a1 -> a2 -> a1 -> To break the circle, remove one `after` of it',
      ],
    ],
    [
      'one that waits for itself',
      two('{}', '{ after: [a2] }'),
      [
        '4:17 error after-cycle: `after` goes in a circle, so none of these can ever start: a2 -> a2 -> To break the circle, remove one `after` of it',
      ],
    ],
    [
      'one that works with nobody, itself included',
      two('{ not_with: [a1] }', '{}'),
      [
        '3:20 error after-not-with: a1 cannot work at all: `not_with` names itself -> To fix it, remove a1 here',
      ],
    ],
    [
      'in order and apart',
      two('{}', '{ after: [a1], not_with: [a1] }'),
      [
        '4:33 warning after-not-with: a2 and a1 are in order by `after`, so they never work at the same time -> To say it once, remove a1 here',
      ],
    ],
    [
      'a limit that is enforced and not set',
      two('{}', '{}', 'limits: { lines: 5, enforce: [lines, age] }\n'),
      [
        '5:38 error limit-missing: `enforce` names `age`, but there is no such limit -> To set it, add age to limits',
      ],
    ],
    [
      'in order over another',
      two('{ not_with: [a3] }', '{ after: [a1] }', '  a3: { after: [a2] }\n'),
      [
        '3:20 warning after-not-with: a1 and a3 are in order by `after`, so they never work at the same time -> To say it once, remove a3 here',
      ],
    ],
    ['neighbouring ports', two('{ ports: 8000-8009 }', '{ ports: 8010 }'), []],
    ['an alias that is the own id', two('{ aliases: [a1, A1] }', '{}'), []],
    ['two apart', two('{ not_with: [a2] }', '{ not_with: [a1] }'), []],
  ])('%s', (_, text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });

  it('reports one cycle of each knot', () => {
    const text = ['version: 1', 'agents:']
      .concat(
        ['a b', 'b c', 'c a', 'd e', 'e d', 'f a'].map((line) => {
          const [id, after] = line.split(' ');
          return `  ${id}: { after: [${after}] }`;
        }),
      )
      .join('\n');
    expect(problemsOf(text).map((problem) => /: (\w -> .*) -> To/.exec(problem)?.[1])).toEqual([
      'a -> b -> c -> a',
      'd -> e -> d',
    ]);
  });

  it('are judged as far as the rest of the policy can be read', () => {
    const text = two(
      '{ owns: [a/], ports: 8000 }',
      '{ ports: 8000, after: [a9], colour: 1 }',
      'bsae: main\n',
    );
    expect(problemsOf(text).map((problem) => problem.replace(/: .*/, ''))).toEqual([
      '3:16 error glob-grammar',
      '4:16 error port-clash',
      '4:30 error unknown-agent',
      '4:35 error unknown-key',
      '5:1 error unknown-key',
    ]);
  });
});

describe('a policy with warnings only', () => {
  const text = two('{}', '{ after: [a1], not_with: [a1] }');

  it('is a policy', () => {
    expect(parseOwnership(text).ok).toBe(true);
    expect(readPolicy(text).problems).toHaveLength(1);
  });

  it('fails with its errors alone', () => {
    const parsed = parseOwnership(`${text}bsae: main\n`);
    expect(!parsed.ok && parsed.error.map(({ rule }) => rule)).toEqual(['unknown-key']);
  });
});
