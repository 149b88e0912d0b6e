import { compileGlob, isPlainGlob } from '../../core/glob/compile.ts';
import { parseGlob } from '../../core/glob/parse.ts';
import { askedOf } from '../../core/guard/asked-of.ts';
import { NO_FACTS } from '../../core/guard/facts.ts';
import { makeRulebook } from '../../core/guard/rulebook.ts';
import { type ForeignPath, foreignFindings, overlapFindings } from '../../core/tasks/findings.ts';
import type { Finding } from '../../domain/finding.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { Task } from '../../domain/states/task.ts';
import { treePaths } from '../../git/objects/tree-paths.ts';
import type { PolicySession } from '../session/session.ts';
import { listTasks } from './list-tasks.ts';

/**
 * What is worth a word before anybody begins: paths of a new task that its agent may not change, and open
 * tasks of others about the same paths.
 */
export async function judgeIntake(
  session: PolicySession,
  assigned: readonly Task[],
): Promise<Finding[]> {
  const { base } = session.policy;
  const tasks = assigned.filter(({ paths }) => paths.length > 0);
  if (tasks.length === 0) return [];
  const files = base === null ? [] : await treePaths(session.workspace.repo, base.tree);
  const all = (await listTasks(session, true)).tasks;
  return tasks.flatMap((task) => [
    ...foreignFindings(task, foreignPaths(session, task, files)),
    ...overlapFindings(task, all),
  ]);
}

/** Of the files that the base has, and of those that are named in full whether they are there or not. */
function foreignPaths(
  { policy: { ownership } }: PolicySession,
  { agent, paths }: Task,
  files: readonly RepoPath[],
): ForeignPath[] {
  const who = ownership.agents.get(agent);
  if (who === undefined) return [];
  const globs = paths.flatMap((text) => {
    const parsed = parseGlob(text);
    return parsed.ok ? [compileGlob(parsed.value, 'task')] : [];
  });
  const about = files.filter((path) => globs.some((glob) => glob.matches(path)));
  const isThere = (path: string): boolean =>
    about.some((file) => file === path || file.startsWith(`${path}/`));
  const named = paths.filter(
    (text) => isPlainGlob(text) && !text.includes('*') && !isThere(text),
  ) as RepoPath[];
  const rules = makeRulebook(ownership);
  return [...about, ...named].flatMap((path) => {
    const change = { path, operation: 'modify', before: null, after: null } as const;
    const asked = askedOf(rules, who, change, NO_FACTS);
    return asked.kind === 'own' ? [] : [{ path, of: asked.kind === 'ask' ? asked.agents : null }];
  });
}
