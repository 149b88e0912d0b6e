import { parseDocument } from 'yaml';
import type { Environment } from '../../../domain/repo.ts';
import { GUARD_EVENTS, type GuardEvent, type HookManager } from '../../../domain/reports/init.ts';
import { lefthookConditions } from './lefthook-conditions.ts';
import type { ConfigurationFile } from './manager.ts';
import type { ManagerCondition } from './manager-condition.ts';
import { entryId } from './pre-commit-entry.ts';
import { isMapping, type Mapping } from '../read-json.ts';

/** What the managers read besides the hooks themselves. */
export interface ConditionFacts {
  readonly manager: HookManager;
  /** lefthook's configuration, its local one, and what these take over. */
  readonly lefthook: readonly ConfigurationFile[];
  /** What they take over and nobody could read: where it is named, and its name. */
  readonly lefthookUnread: readonly { readonly place: string; readonly name: string }[];
  /** What husky reads before each hook. */
  readonly huskyInit: readonly ConfigurationFile[];
  readonly preCommit: ConfigurationFile | null;
  /** Every file of simple-git-hooks that is there, in the order it looks, `package.json` last. */
  readonly simpleGitHooks: readonly ConfigurationFile[];
  readonly environment: Environment;
}

/** Everything of that kind. */
export function managerConditions(facts: ConditionFacts): ManagerCondition[] {
  switch (facts.manager) {
    case 'husky':
      return [
        ...switchedOff(facts, 'HUSKY', (value) => value === '0'),
        ...facts.huskyInit.flatMap(huskyInit),
      ];
    case 'lefthook':
      return [
        ...switchedOff(facts, 'LEFTHOOK', (value) => value === '0' || value === 'false'),
        ...switchedOff(facts, 'LEFTHOOK_EXCLUDE', (value) =>
          value.split(',').includes('bailiwick'),
        ),
        ...facts.lefthook.flatMap(lefthookConditions),
        ...facts.lefthookUnread.map(({ place, name }) => ({
          place,
          event: null,
          message: `it takes over ${name}, which is not here to be read`,
          off: false,
        })),
      ];
    case 'simple-git-hooks':
      return [
        ...switchedOff(facts, 'SKIP_SIMPLE_GIT_HOOKS', (value) => value === '1'),
        ...otherFiles(facts.simpleGitHooks),
      ];
    case 'pre-commit':
    case 'prek':
      return facts.preCommit === null ? [] : preCommitStages(facts.preCommit);
    case 'husky-4':
    case 'outside':
    case 'overcommit':
    case 'plain':
      return [];
  }
}

function switchedOff(
  { environment, manager }: ConditionFacts,
  name: string,
  isOff: (value: string) => boolean,
): ManagerCondition[] {
  const value = environment[name];
  if (value === undefined || !isOff(value)) return [];
  const message = `${name}=${value} is set here, which turns ${manager} off`;
  return [{ place: name, event: null, message, off: true }];
}

/** husky reads these before it looks at `HUSKY`, in every repository of this user. */
function huskyInit({ path, content }: ConfigurationFile): ManagerCondition[] {
  const lines = content.split('\n').filter((line) => !/^\s*#/.test(line));
  return lines.flatMap((line): ManagerCondition[] => {
    if (/\bHUSKY=\S*\b0/.test(line))
      return [
        { place: path, event: null, message: 'it sets HUSKY=0, which turns husky off', off: false },
      ];
    return /^\s*(?:exit|exec)\b/.test(line)
      ? [{ place: path, event: null, message: 'it ends every hook of husky by itself', off: false }]
      : [];
  });
}

function otherFiles(files: readonly ConfigurationFile[]): ManagerCondition[] {
  const [first, ...others] = files;
  // Where the file that is read has the guard as well, what else has it keeps nothing from running.
  if (first === undefined || first.content.includes('bailiwick')) return [];
  return others
    .filter(({ content }) => content.includes('bailiwick'))
    .map(({ path }) => ({
      place: path,
      event: null,
      message: `simple-git-hooks does not read it: ${first.path} comes first`,
      off: false,
    }));
}

/** An entry of ours that says on which stages it runs, and leaves one out. */
function preCommitStages({ path, content }: ConfigurationFile): ManagerCondition[] {
  const root: unknown = parseDocument(content).toJS();
  if (!isMapping(root)) return [];
  const hooks = asList(root['repos']).flatMap(({ hooks: each }) => asList(each));
  return hooks.flatMap(({ id, entry, stages = root['default_stages'] }) => {
    const event = GUARD_EVENTS.find((each) => id === entryId(each) || runsGuard(entry, each));
    const named = Array.isArray(stages) ? (stages as unknown[]) : null;
    if (event === undefined || named === null) return [];
    const short = event.replace(/^pre-(commit|push)$/, '$1');
    if (named.includes(event) || named.includes(short)) return [];
    const message = `the hook ${String(id)} is not run at the stage ${event}`;
    return [{ place: path, event, message, off: false }];
  });
}

/** An entry that somebody wrote by hand. */
const runsGuard = (entry: unknown, event: GuardEvent): boolean =>
  typeof entry === 'string' && /\bbailiwick\b/.test(entry) && entry.includes(event);

const asList = (value: unknown): readonly Mapping[] =>
  Array.isArray(value) ? (value as unknown[]).filter(isMapping) : [];
