import { parseDocument } from 'yaml';
import type { Environment } from '../../domain/repo.ts';
import { GUARD_EVENTS, type GuardEvent, type HookManager } from '../../domain/reports/init.ts';
import type { ConfigurationFile } from './manager.ts';
import { isMapping, type Mapping } from './read-json.ts';

/** Something that keeps a hook manager from running the guard, always or at times. */
export interface ManagerCondition {
  /** Where it stands: a file, or the name of a variable. */
  readonly place: string;
  /** Null when it is about all events. */
  readonly event: GuardEvent | null;
  /** One sentence without a full stop. */
  readonly message: string;
  /** It holds in this environment only. */
  readonly off: boolean;
}

/** What the managers read besides the hooks themselves. */
export interface ConditionFacts {
  readonly manager: HookManager;
  /** lefthook's configuration and its local one. */
  readonly lefthook: readonly ConfigurationFile[];
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
      return [...switchedOff(facts, 'HUSKY', ['0']), ...facts.huskyInit.flatMap(huskyInit)];
    case 'lefthook':
      return [
        ...switchedOff(facts, 'LEFTHOOK', ['0', 'false']),
        ...facts.lefthook.flatMap(lefthookConditions),
      ];
    case 'simple-git-hooks':
      return [
        ...switchedOff(facts, 'SKIP_SIMPLE_GIT_HOOKS', ['1']),
        ...otherFiles(facts.simpleGitHooks),
      ];
    case 'pre-commit':
    case 'prek':
      return facts.preCommit === null ? [] : preCommitStages(facts.preCommit);
    case 'outside':
    case 'plain':
      return [];
  }
}

function switchedOff(
  { environment, manager }: ConditionFacts,
  name: string,
  values: readonly string[],
): ManagerCondition[] {
  const value = environment[name];
  if (value === undefined || !values.includes(value)) return [];
  const message = `${name}=${value} is set here, which turns ${manager} off`;
  return [{ place: name, event: null, message, off: true }];
}

/** husky reads these before it looks at `HUSKY`, in every repository of this user. */
function huskyInit({ path, content }: ConfigurationFile): ManagerCondition[] {
  const lines = content.split('\n').filter((line) => !/^\s*#/.test(line));
  return lines.flatMap((line): ManagerCondition[] => {
    if (/\bHUSKY=["']?0/.test(line))
      return [
        { place: path, event: null, message: 'it sets HUSKY=0, which turns husky off', off: false },
      ];
    return /^\s*(?:exit|exec)\b/.test(line)
      ? [{ place: path, event: null, message: 'it ends every hook of husky by itself', off: false }]
      : [];
  });
}

/** Keys of lefthook that may keep a hook or a job from running; lefthook.dev, "Configuration". */
const HOOK_KEYS = ['skip', 'only', 'exclude', 'files'] as const;
const JOB_KEYS = ['skip', 'only', 'exclude', 'glob', 'file_types', 'root'] as const;

function lefthookConditions({ path, content }: ConfigurationFile): ManagerCondition[] {
  if (path.endsWith('.toml'))
    return /^\s*(?:skip|only|exclude)\s*=/m.test(content)
      ? [
          {
            place: path,
            event: null,
            message: 'it has skip, only or exclude, and TOML is not read here',
            off: false,
          },
        ]
      : [];
  const document = parseDocument(content);
  const root: unknown = document.errors.length > 0 ? null : document.toJS();
  if (!isMapping(root))
    return [
      { place: path, event: null, message: 'it cannot be read as one YAML mapping', off: false },
    ];
  return GUARD_EVENTS.flatMap((event) => hookConditions(path, event, root[event]));
}

function hookConditions(place: string, event: GuardEvent, hook: unknown): ManagerCondition[] {
  if (!isMapping(hook)) return [];
  const found = (message: string): ManagerCondition => ({ place, event, message, off: false });
  const own = HOOK_KEYS.filter((key) => counts(hook[key]));
  const job = jobOf(hook);
  return [
    ...own.map((key) =>
      found(`${event} has ${key}: lefthook passes over all of its jobs at times`),
    ),
    ...(job === null
      ? []
      : JOB_KEYS.filter((key) => counts(job[key])).map((key) =>
          found(
            `the job named bailiwick, of ${event}, has ${key}: lefthook passes over it at times`,
          ),
        )),
    ...(job !== null && 'run' in job && job['files'] === undefined
      ? [
          found(
            `the job named bailiwick, of ${event}, has no files of its own: lefthook passes over it where it finds no matching ${event === 'pre-push' ? 'push' : 'staged'} files`,
          ),
        ]
      : []),
  ];
}

const counts = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== false && JSON.stringify(value) !== '[]';

/** Our job, in whichever list it stands. */
function jobOf({ jobs, commands }: Mapping): Mapping | null {
  if (isMapping(commands) && isMapping(commands['bailiwick'])) return commands['bailiwick'];
  const list: readonly unknown[] = Array.isArray(jobs) ? jobs : [];
  return list.filter(isMapping).find(({ name }) => name === 'bailiwick') ?? null;
}

function otherFiles(files: readonly ConfigurationFile[]): ManagerCondition[] {
  const [first, ...others] = files;
  return others
    .filter(({ content }) => content.includes('bailiwick'))
    .map(({ path }) => ({
      place: path,
      event: null,
      message: `simple-git-hooks does not read it: ${first!.path} comes first`,
      off: false,
    }));
}

/** An entry of ours that says on which stages it runs, and leaves one out. */
function preCommitStages({ path, content }: ConfigurationFile): ManagerCondition[] {
  const root: unknown = parseDocument(content).toJS();
  if (!isMapping(root)) return [];
  const hooks = asList(root['repos']).flatMap(({ hooks: each }) => asList(each));
  return hooks
    .filter(({ entry }) => typeof entry === 'string' && /\bbailiwick\b/.test(entry))
    .flatMap(({ id, entry, stages = root['default_stages'] }) => {
      const event = GUARD_EVENTS.find((each) => String(entry).includes(each));
      const named = Array.isArray(stages) ? (stages as unknown[]) : null;
      if (event === undefined || named === null) return [];
      const short = event.replace(/^pre-(commit|push)$/, '$1');
      if (named.includes(event) || named.includes(short)) return [];
      const message = `the hook ${String(id)} is not run at the stage ${event}`;
      return [{ place: path, event, message, off: false }];
    });
}

const asList = (value: unknown): readonly Mapping[] =>
  Array.isArray(value) ? (value as unknown[]).filter(isMapping) : [];
