import { compare } from '../../domain/finding.ts';
import { foldPath } from '../../domain/text/fold.ts';
import { type Hint, hintTo } from '../../domain/hint.ts';
import { findNamedCycles } from '../graph/named-cycles.ts';
import { suggest } from '../text/suggest.ts';
import type { PlacedProblem } from './explain-issue.ts';
import type { Path } from './read-yaml.ts';
import type { Written } from './written.ts';

/** What several values of a policy can get wrong together. */
export type PolicyRule = (written: Written) => readonly PlacedProblem[];

/** Agents by id, as they were written. */
type WrittenAgent = NonNullable<Written['agents'][keyof Written['agents']]>;
const agentsOf = ({ agents }: Written): [string, WrittenAgent][] =>
  Object.entries(agents as Readonly<Record<string, WrittenAgent>>);

const error = (
  rule: PlacedProblem['rule'],
  path: Path,
  message: string,
  hint: Hint,
): PlacedProblem => ({ severity: 'error', rule, path, part: 'value', message, hint });

/** Every id that stands somewhere is the id of an agent. */
const agentsExist: PolicyRule = (written) => {
  const ids = Object.keys(written.agents);
  const known = new Set(ids);
  return references(written).flatMap(({ name, path }) => {
    if (known.has(name)) return [];
    const near = suggest(name, ids);
    const alias = agentsOf(written).find(([, agent]) => agent.aliases?.includes(name))?.[0];
    const meant = alias ?? near;
    const hint = meant
      ? hintTo(`name an agent, write ${meant}`)
      : hintTo(`name an agent, choose from ${ids.join(', ')}`);
    return [error('unknown-agent', path, `there is no agent \`${name}\``, hint)];
  });
};

/** Everywhere an agent is named, in the order of the places. */
function references(written: Written): { readonly name: string; readonly path: Path }[] {
  const list = (names: readonly string[] | undefined, path: Path) =>
    (names ?? []).map((name, index) => ({ name, path: [...path, index] }));
  return [
    ...agentsOf(written).flatMap(([id, agent]) => [
      ...list(agent.after, ['agents', id, 'after']),
      ...list(agent.not_with, ['agents', id, 'not_with']),
    ]),
    ...(['shared', 'reserved'] as const).flatMap((section) =>
      Object.entries(written[section] ?? {}).flatMap(([name, part]) =>
        list(part?.agents, [section, name, 'agents']),
      ),
    ),
    ...(written.tests ?? []).map(({ agent }, index) => ({
      name: agent,
      path: ['tests', index, 'agent'],
    })),
  ];
}

/** No name stands for two agents, also not for readers who ignore case. */
const namesAreDistinct: PolicyRule = (written) => {
  const taken = new Map(Object.keys(written.agents).map((id) => [foldPath(id), id]));
  return agentsOf(written).flatMap(([id, agent]) =>
    (agent.aliases ?? []).flatMap((alias, index) => {
      const other = taken.get(foldPath(alias));
      taken.set(foldPath(alias), other ?? id);
      if (other === undefined || other === id) return [];
      const message = `the alias \`${alias}\` of ${id} also stands for ${other}`;
      const hint = hintTo('tell the two apart, choose another alias');
      return [error('alias-clash', ['agents', id, 'aliases', index], message, hint)];
    }),
  );
};

/** No two agents share a port. */
const portsAreDistinct: PolicyRule = (written) => {
  const ranges = agentsOf(written)
    .flatMap(([id, { ports }]) => (ports ? [{ id, ...ports }] : []))
    .sort((a, b) => a.first - b.first || compare(a.id, b.id));
  const problems: PlacedProblem[] = [];
  let highest = ranges[0];
  for (const range of ranges.slice(1)) {
    if (highest && range.first <= highest.last) {
      const last = Math.min(range.last, highest.last);
      const ports = range.first === last ? `port ${last}` : `the ports ${range.first}-${last}`;
      problems.push(
        error(
          'port-clash',
          ['agents', range.id, 'ports'],
          `${range.id} and ${highest.id} both have ${ports}`,
          hintTo(`give ${range.id} ports of its own, start after ${highest.last}`),
        ),
      );
    }
    if (!highest || range.last > highest.last) highest = range;
  }
  return problems;
};

/** Nobody waits for itself, over however many others. */
const afterHasNoCycle: PolicyRule = (written) =>
  findNamedCycles(new Map(agentsOf(written).map(([id, agent]) => [id, agent.after ?? []]))).map(
    (cycle) => {
      const [first, second] = [cycle[0]!, cycle[1] ?? cycle[0]!];
      const index = written.agents[first as keyof Written['agents']]!.after!.indexOf(second);
      const ring = [...cycle, first].join(' -> ');
      return error(
        'after-cycle',
        ['agents', first, 'after', index],
        `\`after\` goes in a circle, so none of these can ever start: ${ring}`,
        hintTo('break the circle, remove one `after` of it'),
      );
    },
  );

/** An agent that comes after another never works beside it, so `not_with` would say nothing. */
const notWithSaysSomething: PolicyRule = (written) => {
  const before = predecessors(written);
  return agentsOf(written).flatMap(([id, agent]) =>
    (agent.not_with ?? []).flatMap((other, index): PlacedProblem[] => {
      const path = ['agents', id, 'not_with', index];
      if (other === id)
        return [
          error(
            'after-not-with',
            path,
            `${id} cannot work at all: \`not_with\` names itself`,
            hintTo(`fix it, remove ${id} here`),
          ),
        ];
      if (!before.get(id)?.has(other) && !before.get(other)?.has(id)) return [];
      return [
        {
          ...error(
            'after-not-with',
            path,
            `${id} and ${other} are in order by \`after\`, so they never work at the same time`,
            hintTo(`say it once, remove ${other} here`),
          ),
          severity: 'warning',
        },
      ];
    }),
  );
};

/** Everyone that must have handed off before an agent starts. */
function predecessors(written: Written): Map<string, Set<string>> {
  const direct = new Map(agentsOf(written).map(([id, { after }]) => [id, after ?? []]));
  const all = new Map<string, Set<string>>();
  for (const id of direct.keys()) {
    const seen = new Set<string>();
    const open = [...(direct.get(id) ?? [])];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(...(direct.get(next) ?? []));
    }
    all.set(id, seen);
  }
  return all;
}

/** A limit that refuses has a value. */
const enforcedLimitsAreSet: PolicyRule = ({ limits }) =>
  (limits?.enforce ?? []).flatMap((name, index) =>
    limits?.[name] === undefined
      ? [
          error(
            'limit-missing',
            ['limits', 'enforce', index],
            `\`enforce\` names \`${name}\`, but there is no such limit`,
            hintTo(`set it, add ${name} to limits`),
          ),
        ]
      : [],
  );

/** All of them, sorted by name. */
export const RULES: readonly PolicyRule[] = [
  afterHasNoCycle,
  agentsExist,
  enforcedLimitsAreSet,
  namesAreDistinct,
  notWithSaysSomething,
  portsAreDistinct,
];
