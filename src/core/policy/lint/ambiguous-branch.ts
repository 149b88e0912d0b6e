import { hintTo } from '../../../domain/hint.ts';
import type { AgentId } from '../../../domain/ids.ts';
import type { Agent, BranchTemplate, Glob } from '../../../domain/ownership.ts';
import type { Problem } from '../../../domain/problem.ts';
import { parseBranchName } from '../../../domain/refs.ts';
import { type Check, type LintContext, problemAt } from './context.ts';
import { globOf } from './own-path.ts';

/** Two templates that read different agents out of the same branch. The default ones are left alone. */
export const ambiguousBranch: Check = (context) => {
  const written = context.facts.locate('identify.branches').line > 0;
  const templates = written ? context.ownership.identify.branches : [];
  return templates.flatMap((first, index) =>
    templates.slice(index + 1).flatMap((second) => ambiguous(context, first, second) ?? []),
  );
};

function ambiguous(
  context: LintContext,
  first: BranchTemplate,
  second: BranchTemplate,
): Problem | null {
  const agents = [...context.ownership.agents.values()];
  for (const a of agents) {
    for (const b of agents) {
      if (a.id === b.id) continue;
      const branch = commonBranch(context, branchGlobs(first, a), branchGlobs(second, b));
      if (branch === null) continue;
      return problemAt(context, 'identify.branches', {
        severity: 'warning',
        rule: 'branch-ambiguous',
        message: `the branch ${branch} is of ${a.id} by \`${first.text}\` and of ${b.id} by \`${second.text}\`: nobody can act on it`,
        hint: hintTo('keep such names apart, give each template a beginning of its own'),
        witness: branch,
      });
    }
  }
  return null;
}

/** A branch that both name, and that is read as more than one agent's. */
function commonBranch(
  { facts, findPath }: LintContext,
  first: readonly Glob[],
  second: readonly Glob[],
): string | null {
  for (const a of first) {
    for (const b of second) {
      const search = findPath([a, b]);
      const branch = search.kind === 'found' ? parseBranchName(search.path) : null;
      if (branch !== null && facts.readBranch(branch).length > 1) return branch;
    }
  }
  return null;
}

/** The branches of one agent as globs: a field is one or more characters, the last one also slashes. */
function branchGlobs({ text }: BranchTemplate, agent: Agent): Glob[] {
  return [agent.id, ...agent.aliases].flatMap((name) => {
    const written = text
      .split(/(\{[^{}]*\})/)
      .map((part, index, parts) => {
        if (part === '{agent}') return name;
        if (!part.startsWith('{')) return part.replaceAll(/[*?[\]{}()|!,]/g, '\\$&');
        return parts.slice(index + 1).some((rest) => rest !== '') ? '?*' : '{?*,?*/**}';
      })
      .join('');
    const glob = globOf(written, 'identify.branches');
    return glob ? [glob] : [];
  });
}

/** A branch for a new worktree that nobody would recognise as its agent's. */
export const worktreeBranch: Check = (context) => {
  const { agents, worktrees } = context.ownership;
  const unread = [...agents.keys()].find((id) => !isRead(context, worktrees.branch, id));
  if (unread === undefined) return [];
  const branch = branchFor(worktrees.branch, unread);
  return [
    problemAt(context, 'worktrees.branch', {
      severity: 'warning',
      rule: 'worktree-branch',
      message: `a new worktree of ${unread} gets the branch ${branch}, which \`identify.branches\` does not read as ${unread}`,
      hint: hintTo('make the two agree, add the form of that branch to `identify.branches`'),
      witness: branch,
    }),
  ];
};

function isRead({ facts }: LintContext, template: string, agent: AgentId): boolean {
  const branch = parseBranchName(branchFor(template, agent));
  return branch !== null && facts.readBranch(branch).includes(agent);
}

const branchFor = (template: string, agent: AgentId): string =>
  template.replaceAll('{agent}', agent).replaceAll(/\{[^{}]*\}/g, 'x');
