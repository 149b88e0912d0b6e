import * as v from 'valibot';
import { POLICY_TEST_OUTCOMES } from '../../domain/ownership.ts';
import {
  agentIdForm,
  aliasForm,
  branchForm,
  branchTemplateForm,
  durationForm,
  envNameForm,
  envValueForm,
  globForm,
  lineForm,
  partNameForm,
  portsForm,
  repoPathForm,
  worktreeBranchForm,
  worktreePathForm,
} from './forms.ts';
import { numberTemplateForm } from './number-template-form.ts';
import { WrittenLand } from './written-land.ts';
import { WrittenNeeds } from './written-needs.ts';
import { WrittenPhases } from './written-phases.ts';
import { describe, DURATION, readWith, writtenLeaf as form } from './written-leaf.ts';
import { WrittenLimits } from './written-limits.ts';
import { WrittenPullRequests } from './written-pull-requests.ts';

/**
 * What may be written in `ownership.yml`. The JSON schema for editors is generated from this, with
 * the descriptions; whatever one value alone can get wrong is settled here, so that one reading
 * finds all of it. What several values can get wrong together is in `rules.ts`.
 */

const AGENT_ID = { pattern: '^[a-z][a-z0-9-]{0,31}$' };
const PART_NAME = { pattern: '^[a-z][a-z0-9_-]{0,63}$' };
const TEMPLATE = { pattern: '\\{agent\\}' };

const glob = form(globForm, { minLength: 1, maxLength: 256, examples: ['src/api/**'] });
const globs = v.array(glob);
const someGlobs = v.pipe(globs, v.minLength(1));
const line = form(lineForm, { minLength: 1 });
const agentRef = v.string();
const someAgents = v.pipe(v.array(agentRef), v.minLength(1));
const lasting = (description: string) => describe(form(durationForm, DURATION), description);

const Agent = v.strictObject({
  title: describe(line, 'What the agent is for, in a few words.'),
  aliases: describe(
    v.array(form(aliasForm)),
    'Other names that {agent} in a branch may read as: agent-1 for a1.',
  ),
  owns: describe(globs, 'Globs of the paths that only this agent may change.'),
  except: describe(globs, 'Holes in `owns`: paths that are not its own after all.'),
  forbidden: describe(globs, 'Paths this agent may never change, whatever else allows it.'),
  actors: describe(
    v.array(line),
    'Accounts whose pull requests may claim this agent. None listed: identity is only asserted.',
  ),
  validate: describe(v.array(line), 'Commands that must pass before the agent hands off.'),
  needs: describe(WrittenNeeds, 'What the commands of `validate` take of a machine.'),
  env: describe(
    v.record(form(envNameForm), form(envValueForm)),
    "Variables for the agent's worktree. ${NAME} is taken from the environment.",
  ),
  ports: describe(
    v.pipe(
      v.unknown(),
      v.metadata({
        type: ['string', 'integer'],
        pattern: '^\\d{1,5}(-\\d{1,5})?$',
        minimum: 1,
        maximum: 65_535,
        examples: ['8080-8099'],
      }),
      readWith(portsForm),
    ),
    'Ports for the agent alone, first and last: 8080-8099.',
  ),
  after: describe(v.array(agentRef), 'Agents that must have handed off before this one starts.'),
  not_with: describe(v.array(agentRef), 'Agents that must not work at the same time.'),
});

const Shared = v.strictObject({
  paths: v.pipe(someGlobs, v.description('Paths that several agents may change, one at a time.')),
  agents: v.pipe(someAgents, v.description('The agents that may change them.')),
  lock: describe(
    v.picklist(['required', 'advised', 'none']),
    'Whether a change needs the lock of this name. Default: required.',
  ),
  ttl: lasting('How long the lock is held for. Default: 2h.'),
  review: lasting('The same after its newest commit that waits to land. Default: 3d.'),
  version: describe(
    form(repoPathForm),
    'The file that its version is in. Whoever takes a public name away is to raise it.',
  ),
});

const Reserved = v.strictObject({
  paths: v.pipe(someGlobs, v.description('Only the listed agents may change these paths.')),
  agents: v.pipe(someAgents, v.description('The agents that may change them.')),
  reason: describe(line, 'Why; said with every refusal.'),
});

const Derived = v.strictObject({
  paths: v.pipe(someGlobs, v.description('Generated paths, such as lockfiles.')),
  when: v.pipe(
    someGlobs,
    v.description("They may change when one of these changed with them in the agent's own part."),
  ),
});

const Registry = v.strictObject({
  paths: v.pipe(someGlobs, v.description('The files that hold one migration each.')),
  number: form(numberTemplateForm, {
    pattern: '\\{number\\}',
    maxLength: 200,
    description: 'Where its number stands: {number} with the text around it.',
  }),
  within: describe(
    v.picklist(['name', 'text']),
    'Whether that is in the name of the file or on a line of it. Default: name.',
  ),
});

const Test = v.strictObject({
  agent: v.pipe(agentRef, v.description('The agent that changes the path.')),
  change: form(repoPathForm, { description: 'The path it changes; need not exist.' }),
  expect: v.pipe(
    v.picklist(POLICY_TEST_OUTCOMES),
    v.description(
      'What the guard must say: allowed, refused, needs-lock, or the code of a finding.',
    ),
  ),
});

const named = <Schema extends v.GenericSchema>(schema: Schema) =>
  v.record(form(partNameForm, PART_NAME), schema);

export const WrittenPolicy = v.strictObject({
  version: v.pipe(v.literal(1), v.description('The version of this format: 1.')),
  base: describe(form(branchForm), 'The branch everything lands on. Default: main.'),
  identify: describe(
    v.strictObject({
      branches: describe(
        v.array(form(branchTemplateForm, TEMPLATE)),
        'How branches name their agent: feat/{agent}/{topic}.',
      ),
      unknown: describe(
        v.picklist(['human', 'deny']),
        'How to treat someone who is not an agent. human: frozen warns and local refuses; deny: refused.',
      ),
    }),
    'How the acting agent is recognised.',
  ),
  unowned: describe(
    v.picklist(['deny', 'warn', 'allow']),
    'What happens to paths that nobody owns. Default: deny.',
  ),
  agents: v.pipe(
    v.record(form(agentIdForm, AGENT_ID), Agent),
    v.description('Everyone who works here, by id: coding agents, bots, people.'),
  ),
  shared: describe(named(Shared), 'Paths of several agents, by the name of their lock.'),
  reserved: describe(named(Reserved), 'Paths for the listed agents only, by name.'),
  frozen: describe(globs, 'Paths nobody may change.'),
  local: describe(globs, 'Paths that must never be committed, on top of the built-in ones.'),
  derived: describe(named(Derived), 'Paths that may change together with a trigger, by name.'),
  limits: describe(WrittenLimits, 'How large, stale and old a branch may get.'),
  migrations: describe(named(Registry), 'Migrations of a kind of your own, by name.'),
  pull_requests: describe(WrittenPullRequests, 'The form of pull requests by agents.'),

  ...WrittenPhases,
  requests: describe(
    v.strictObject({
      remind: lasting('How long a request may wait before status says so. Default: 7d.'),
      proof: describe(
        v.picklist(['none', 'review', 'signature']),
        'What the gate wants besides an acceptance. A signature is checked against .github/allowed_signers. Default: review where agents list actors, else none.',
      ),
    }),
    'How changes are asked for in the parts of others.',
  ),
  land: describe(WrittenLand, 'How branches land on the base.'),
  worktrees: describe(
    v.strictObject({
      path: describe(
        form(worktreePathForm, TEMPLATE),
        'Where worktrees go, from the main checkout.',
      ),
      branch: describe(form(worktreeBranchForm, TEMPLATE), 'The branch of a new worktree.'),
      setup: describe(v.array(line), 'Commands to run in a new worktree.'),
    }),
    'How worktrees are made.',
  ),
  tests: describe(v.array(Test), 'Cases that must hold; `bailiwick lint` runs them.'),
});

/** The policy as written, every value understood on its own. */
export type Written = v.InferOutput<typeof WrittenPolicy>;
