import type { Agent, BranchTemplate, Worktrees } from '../../domain/ownership.ts';
import { type BranchName, parseBranchName } from '../../domain/refs.ts';
import { err, ok, type Result } from '../../domain/result.ts';

/** What somebody asked for instead of what the policy says. At most one of the two. */
export interface NameRequest {
  readonly branch?: string | undefined;
  readonly topic?: string | undefined;
}

export interface WorktreeNames {
  readonly branch: BranchName;
  /** From the main checkout, `/` between segments: `../wt-a1-core-pipeline`. */
  readonly path: string;
}

/** What a policy says about the names of worktrees and branches. */
export interface NameTemplates {
  readonly worktrees: Pick<Worktrees, 'branch' | 'path'>;
  readonly branches: readonly BranchTemplate[];
  /** What `{repository}` stands for: the name of the directory that the paths start from. */
  readonly repository: string;
}

/**
 * The branch and the directory of an agent's worktree.
 *
 * `{slug}` is what the worktree is for, as letters, digits and hyphens: the topic, else the last part
 * of the branch that was asked for, else the agent's title, else the last part of its branch.
 *
 * @returns a sentence about what is wrong when no branch comes of it.
 */
export function nameWorktree(
  agent: Agent,
  { worktrees, branches, repository }: NameTemplates,
  { branch: wanted, topic }: NameRequest,
): Result<WorktreeNames, string> {
  const named = topic ?? wanted?.split('/').at(-1);
  const asked = named === undefined ? titleSlug(agent) : slugOf(named);
  const name =
    wanted ?? branchFor(agent, { worktrees, branches, repository }, topic, asked || FALLBACK);
  if (name === null)
    return err(`neither worktrees.branch nor identify.branches has a place for a topic`);
  const branch = parseBranchName(name);
  if (branch === null) return err(`'${name}' is not a branch name`);
  const slug = asked || slugOf(branch.split('/').at(-1)!) || FALLBACK;
  return ok({ branch, path: fill(worktrees.path, { agent: agent.id, slug, repository }) });
}

/**
 * The title without the id that it may begin with: an agent `core` called Core works in no `core-core`. One that
 * lists paths, as in a proposed policy, says more than a name can hold.
 */
function titleSlug({ id, title }: Agent): string {
  if (title?.includes('/')) return '';
  const slug = slugOf(title ?? '');
  if (slug === id) return '';
  return slug.startsWith(`${id}-`) ? slug.slice(id.length + 1) : slug;
}

/**
 * The name of a repository for `{repository}`, safe in a path: of its directory, of the one above where it
 * is hidden (`app/.bare`), without `.git`.
 *
 * @param start absolute: the main checkout, or the bare repository
 */
export function repositoryName(start: string): string {
  const parts = start.split('/').filter(Boolean);
  const name = parts.findLast((part) => !part.startsWith('.')) ?? '';
  return slugOf(name.replace(/\.git$/, '')) || 'repository';
}

const FALLBACK = 'main';

function branchFor(
  { id }: Agent,
  { worktrees, branches }: NameTemplates,
  topic: string | undefined,
  slug: string,
): string | null {
  if (topic === undefined || worktrees.branch.includes('{slug}'))
    return fill(worktrees.branch, { agent: id, slug });
  const template = branches.find(({ text }) => fieldsOf(text) === 'agent,topic');
  return template ? fill(template.text, { agent: id, topic }) : null;
}

const FIELD = /\{([a-z][a-z0-9_-]*)\}/g;

const fieldsOf = (template: string): string =>
  Array.from(template.matchAll(FIELD), (match) => match[1]!)
    .sort()
    .join();

const fill = (template: string, fields: Readonly<Record<string, string>>): string =>
  template.replace(FIELD, (whole, field: string) => fields[field] ?? whole);

/** `Core pipeline (β)` is `core-pipeline`: safe in a path on every system; '' when nothing is left. */
export const slugOf = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, 40)
    .replace(/-$/, '');
