import { hintTo } from '../../../domain/hint.ts';
import type { AgentId } from '../../../domain/ids.ts';
import type { Agent, Glob, Ownership } from '../../../domain/ownership.ts';
import type { RepoPath } from '../../../domain/path.ts';
import type { Problem } from '../../../domain/problem.ts';
import { makeGlobSet } from '../../glob/glob-set.ts';
import { type Check, type LintContext, problemAt, quoted } from './context.ts';
import { namesControl } from './names-control.ts';
import { ownPath } from './own-path.ts';

/** An agent that may change nothing. */
export const ownsNothing: Check = (context) => {
  const { agents, reserved, shared } = context.ownership;
  const listed = new Set([...shared, ...reserved].flatMap((part) => part.agents));
  return [...agents.values()]
    .filter(({ id, owns }) => owns.length === 0 && !listed.has(id))
    .map(({ id }) =>
      problemAt(context, `agents.${id}`, {
        severity: 'warning',
        rule: 'owns-nothing',
        message: `${id} owns nothing and shares nothing, so it may change nothing`,
        hint: hintTo(`give it a part, add owns to agents.${id}`),
      }),
    );
};

/** A glob of `owns` that other rules take back entirely. */
export const globDenied: Check = (context) => {
  const isDenied = denialSearch(context.ownership);
  return [...context.ownership.agents.values()].flatMap((agent) =>
    agent.owns.flatMap((glob) => denied(context, agent, glob, isDenied) ?? []),
  );
};

/** Whether something keeps an agent from a path that a glob of its `owns` names. */
type DenialSearch = (agent: Agent, glob: Glob, path: RepoPath) => boolean;

/** Looks all globs of parts up at once: a policy may have thousands, and every agent is asked for. */
function denialSearch({ control, frozen, local, reserved, shared }: Ownership): DenialSearch {
  const everyone = [...frozen, ...local].map((glob) => ({ glob, value: [] as AgentId[] }));
  const parts = [...reserved, ...shared].flatMap(({ agents, paths }) =>
    paths.map((glob) => ({ glob, value: [...agents] })),
  );
  const set = makeGlobSet([...everyone, ...parts]);
  return (agent, glob, path) =>
    set.find(path).some((agents) => !agents.includes(agent.id)) ||
    [...agent.except, ...agent.forbidden].some((hole) => hole.matches(path)) ||
    control.some((file) => file.matches(path) && !namesControl(glob, file));
}

function denied(
  context: LintContext,
  agent: Agent,
  glob: Glob,
  isDenied: DenialSearch,
): Problem | null {
  const sample = context.findPath([glob], ownPath(glob));
  // One path that nothing denies settles it, and nearly always there is one.
  if (sample.kind !== 'found' || !isDenied(agent, glob, sample.path)) return null;
  const denials = denialsOf(context.ownership, agent, glob);
  const covered = (by: readonly Glob[]): boolean =>
    context.findPath([glob], [...by, ...ownPath(glob)]).kind === 'none';
  if (!covered(denials)) return null;
  const alone = denials.find((denial) => covered([denial]));
  const by = alone ? `${quoted(alone)} in ${alone.rule}` : 'several rules together';
  return problemAt(context, glob.rule, {
    severity: 'warning',
    rule: 'glob-denied',
    message: `${agent.id} can change nothing of ${quoted(glob)}: ${by} takes back all of it`,
    hint: hintTo('keep the policy plain, remove one of the two'),
  });
}

/** Globs that keep an agent from paths it owns. */
function denialsOf(ownership: Ownership, agent: Agent, glob: Glob): Glob[] {
  const { control, frozen, local, reserved, shared } = ownership;
  const closed = [...reserved, ...shared].filter(({ agents }) => !agents.includes(agent.id));
  return [
    ...agent.except,
    ...agent.forbidden,
    ...frozen,
    ...local,
    ...closed.flatMap(({ paths }) => paths),
    ...control.filter((file) => !namesControl(glob, file)),
  ];
}
