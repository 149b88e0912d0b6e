import { readPolicy } from '../../../src/core/policy/parse.ts';
import { hintSentence } from '../../../src/render/hint.ts';

/** A policy that uses every key. */
export const EVERY_KEY = `version: 1
base: main
identify:
  branches: ['feat/{agent}/{topic}', 'parallel-dev/{agent}', 'feat/{area}/{topic}__{agent}']
  unknown: human            # human: only frozen (as a warning) and local apply | deny
unowned: deny               # deny | warn | allow
agents:
  a1:
    title: Core pipeline
    aliases: [agent-1]      # what {agent} may also read as
    owns: ['services/orchestrator/**', 'services/celery_worker/**']
    except: ['services/orchestrator/public/**']
    forbidden: ['src/auth/**']
    actors: ['a1-bot[bot]'] # accounts whose pull requests may claim this agent; none listed = weak identity
    validate: ['pytest services/orchestrator -q']
    env: { DB_SCHEMA: agent_a1, OPENAI_API_KEY: '\${OPENAI_API_KEY_A1}', REDIS_DB: '0' }
    ports: 8080-8099
  a2: { owns: ['services/viral_engine/**'], after: [a1], not_with: [], ports: 8180-8199 }
shared:
  common: { paths: ['services/common/**'], agents: [a1, a2], lock: required, ttl: 2h }   # lock: required | advised | none
reserved:
  migrations: { paths: ['**/alembic/**'], agents: [a1], reason: one writer keeps the numbers linear }
frozen: ['**/agent.py']
local: ['AGENT_FOCUS.md', '.agent.env', '**/*.local', '.locks/**']
derived:
  lockfile: { paths: ['package-lock.json'], when: ['**/package.json'] }
limits: { lines: 300, behind: 50, age: 3h }          # advice, unless \`enforce: [lines]\`
worktrees: { path: '../wt-{agent}-{slug}', branch: 'feat/{agent}/main', setup: ['python -m venv .venv'] }
tests:
  - { agent: a2, change: services/common/x.py, expect: needs-lock }
`;

/** What is said about a policy: `line:column severity rule: message -> hint`, one for each problem. */
export const problemsOf = (text: string): string[] =>
  readPolicy(text).problems.map(
    ({ line, column, severity, rule, message, hint }) =>
      `${line}:${column} ${severity} ${rule}: ${message} -> ${hint ? hintSentence(hint) : ''}`,
  );

/** A policy with one agent, a1, whose keys are given as lines. */
export const agentPolicy = (...lines: readonly string[]): string =>
  ['version: 1', 'agents:', '  a1:', ...lines.map((line) => `    ${line}`), ''].join('\n');
