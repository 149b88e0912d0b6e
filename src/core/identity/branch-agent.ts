import type { AgentId } from '../../domain/ids.ts';
import type { Ownership } from '../../domain/ownership.ts';
import type { BranchName } from '../../domain/refs.ts';
import { foldPath } from '../../domain/text/fold.ts';

/** Whose branch a name says it is: the agents its templates yield, without repeats. */
export type BranchAgents = (branch: BranchName) => readonly AgentId[];

/**
 * Reads agents out of branch names by the policy's templates. More than one answer means that the
 * templates are ambiguous for this name, which nobody may resolve by taking the first.
 *
 * `{agent}` stands for an id or alias of the policy; any other field for one or more characters
 * without `/`, and at the end of a template for all the rest.
 */
export const branchAgents = (ownership: Ownership): BranchAgents =>
  branchAgentsBy(ownership, (text) => text);

/** The same for a server that keeps refs in a file system which ignores case: a refusal counts there, too. */
export const branchAgentsNear = (ownership: Ownership): BranchAgents =>
  branchAgentsBy(ownership, foldPath);

function branchAgentsBy(ownership: Ownership, spelled: (text: string) => string): BranchAgents {
  const names = new Map<string, AgentId>();
  for (const agent of ownership.agents.values())
    for (const name of [agent.id, ...agent.aliases]) names.set(spelled(name), agent.id);
  const templates = ownership.identify.branches.map(({ text }) =>
    templatePattern(spelled(text), names),
  );
  return (branch) => {
    const name = spelled(branch);
    const found = templates.flatMap((pattern) => names.get(pattern.exec(name)?.[1] ?? '') ?? []);
    return [...new Set(found)].sort();
  };
}

function templatePattern(template: string, names: ReadonlyMap<string, AgentId>): RegExp {
  // Longest first: `a1-b` must not be read as `a1` followed by something.
  const longestFirst = [...names.keys()].sort((a, b) => b.length - a.length);
  const agent = `(${longestFirst.map(escapeRegExp).join('|')})`;
  const source = template.replace(
    /\{agent\}|\{[^{}]*\}$|\{[^{}]*\}|[^{}]+/g,
    (part, at: number) => {
      if (part === '{agent}') return agent;
      if (!part.startsWith('{')) return escapeRegExp(part);
      return at + part.length === template.length ? '.+' : '[^/]+';
    },
  );
  return new RegExp(`^${source}$`, 's');
}

const escapeRegExp = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
