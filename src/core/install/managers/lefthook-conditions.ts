import { GUARD_EVENTS, type GuardEvent } from '../../../domain/reports/init.ts';
import { readLefthookConfig } from './lefthook-config.ts';
import type { ManagerCondition } from './manager-condition.ts';
import type { ConfigurationFile } from './manager.ts';
import { isMapping, type Mapping } from '../read-json.ts';

/** Keys of lefthook that may keep a hook or a job from running; lefthook.dev, "Configuration". */
const HOOK_KEYS = ['skip', 'only', 'exclude', 'files'] as const;
const JOB_KEYS = ['skip', 'only', 'exclude', 'glob', 'file_types', 'root'] as const;

/** What one of lefthook's files says that keeps the guard from running. */
export function lefthookConditions(file: ConfigurationFile): ManagerCondition[] {
  const { path } = file;
  const root = readLefthookConfig(file);
  if (root === null)
    return [{ place: path, event: null, message: 'it cannot be read as one mapping', off: false }];
  return GUARD_EVENTS.flatMap((event) => hookConditions(path, event, root[event]));
}

function hookConditions(place: string, event: GuardEvent, hook: unknown): ManagerCondition[] {
  if (!isMapping(hook)) return [];
  const found = (message: string): ManagerCondition => ({ place, event, message, off: false });
  const own = HOOK_KEYS.filter((key) => counts(hook[key]));
  const job = jobOf(hook);
  return [
    ...(named(hook['exclude_tags']).includes('bailiwick')
      ? [found(`${event} has exclude_tags with bailiwick: lefthook passes over that job`)]
      : []),
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

const named = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

const counts = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== false && JSON.stringify(value) !== '[]';

/** Our job, in whichever list it stands. */
function jobOf({ jobs, commands }: Mapping): Mapping | null {
  if (isMapping(commands) && isMapping(commands['bailiwick'])) return commands['bailiwick'];
  const list: readonly unknown[] = Array.isArray(jobs) ? jobs : [];
  return list.filter(isMapping).find(({ name }) => name === 'bailiwick') ?? null;
}
