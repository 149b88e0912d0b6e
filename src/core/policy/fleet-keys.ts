import type { Agent, Ownership } from '../../domain/ownership.ts';

/**
 * The keys in which two policies give another fleet or another order: the base, whose branch is whose, and
 * who comes after whom. Sorted.
 */
export function otherFleetKeys(one: Ownership, other: Ownership): string[] {
  const ids = [...new Set([...one.agents.keys(), ...other.agents.keys()])];
  const keys = [
    ...(one.base === other.base ? [] : ['base']),
    ...(sameList(templates(one), templates(other)) ? [] : ['identify.branches']),
    ...ids.flatMap((id) => agentKeys(`agents.${id}`, one.agents.get(id), other.agents.get(id))),
  ];
  return keys.sort();
}

const templates = ({ identify }: Ownership): string[] => identify.branches.map(({ text }) => text);

function agentKeys(key: string, one: Agent | undefined, other: Agent | undefined): string[] {
  if (!one || !other) return [key];
  return [
    ...(sameList(one.after, other.after) ? [] : [`${key}.after`]),
    ...(sameList(one.aliases, other.aliases) ? [] : [`${key}.aliases`]),
  ];
}

const sameList = (one: readonly string[], other: readonly string[]): boolean =>
  JSON.stringify([...one].sort()) === JSON.stringify([...other].sort());
