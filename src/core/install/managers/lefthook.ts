import { stringify as stringifyToml } from 'smol-toml';
import type { GuardEvent } from '../../../domain/reports/init.ts';
import { beginMark, endMark } from '../../text/marked-block.ts';
import type { CommandPlace } from '../guard-block.ts';
import { guardCommand } from '../guard-command.ts';
import { appendHookBlock, spliceHookBlock } from '../hook-block.ts';
import { lefthookForm, readLefthookConfig } from './lefthook-config.ts';
import type { ConfigurationFile } from './manager.ts';
import { type JsonEdit, isMapping, type Mapping } from '../read-json.ts';

type Job = Readonly<Record<string, boolean | string | readonly string[]>>;

/** What the lines name. */
export interface LefthookPlace extends CommandPlace {
  /** The configuration itself, relative to the top: a file that is always there. */
  readonly file: string;
}

/**
 * Adds a job for one event to `lefthook.yml`, as whole marked lines that `removeBlocks` takes out
 * again. The result is read back: unless it says exactly what the file said before plus the job, the
 * file is left alone. Content is a byte string.
 */
export function addLefthookJob(content: string, event: GuardEvent, place: LefthookPlace): JsonEdit {
  const form = lefthookForm(place.file);
  const read = (text: string): Mapping | null =>
    readLefthookConfig({ path: place.file, content: text });
  const before = read(content);
  const hook = before?.[event] ?? {};
  if (hasLefthookJob(content, event)) return { content };
  if (form === 'json')
    return { reason: 'JSON has no room for marks, so it could not be taken out' };
  if (before === null || !isMapping(hook))
    return { reason: `it is not a plain mapping in ${form === 'toml' ? 'TOML' : 'YAML'}` };
  if (event === 'pre-push' && JSON.stringify(hook).includes('"use_stdin":true'))
    return { reason: 'another job has use_stdin, and lefthook feeds standard input to one only' };
  const job = jobFor(event, place);
  const edited =
    form === 'toml'
      ? insertTables(content, event, hook, job)
      : insertJob(content, event, hook, job);
  const expected = { ...before, [event]: withJob(hook, asRead(job)) };
  return edited !== null && sorted(read(edited)) === sorted(expected)
    ? { content: edited }
    : { reason: 'it is written in a form that is not safe to edit' };
}

/** The lines to add by hand, in the form of the file. */
export function lefthookSnippet(event: GuardEvent, place: LefthookPlace): string {
  const job = jobFor(event, place);
  const named = { name: 'bailiwick', ...asRead(job) };
  switch (lefthookForm(place.file)) {
    case 'json':
      return JSON.stringify({ [event]: { jobs: [named] } }, null, 2);
    case 'toml':
      return tables(event, 'jobs', job).join('\n');
    case 'yaml':
      return [`${event}:`, '  jobs:', ...listItem('    ', job)].join('\n');
  }
}

/** True when the configuration names the guard for the event. */
export const hasLefthookJob = (content: string, event: GuardEvent): boolean =>
  content.includes(`/hooks/run" ${event}`) || content.includes(`/hooks/run\\" ${event}`);

/** The configuration says something of a hook, whatever it is. */
export const namesHook = (file: ConfigurationFile, event: string): boolean =>
  Object.hasOwn(readLefthookConfig(file) ?? {}, event);

/** It stands among `commands`, not `jobs`: lefthook chooses it by another option then. */
export function hasLefthookCommand(file: ConfigurationFile, event: GuardEvent): boolean {
  const hook = readLefthookConfig(file)?.[event];
  const commands = isMapping(hook) ? hook['commands'] : null;
  return isMapping(commands) && Object.hasOwn(commands, 'bailiwick');
}

/**
 * lefthook passes over a job when no file is staged, or when HEAD is what its upstream has already, whatever
 * else is pushed - unless the job uses files of its own, of which there are some: the configuration is one.
 * `{1}` and `{2}` are its names for git's own arguments, the remote and its URL.
 */
function jobFor(event: GuardEvent, { file, ...place }: LefthookPlace): Job {
  const args = event === 'pre-push' ? '"{1}" "{2}"' : '';
  return {
    ...(event === 'pre-push' && { use_stdin: true }),
    files: `echo ${file}`,
    run: [': {files}', ...guardCommand(event, { ...place, args })],
  };
}

/** What YAML gives back for it. */
const asRead = (job: Job): Mapping =>
  Object.fromEntries(
    Object.entries(job).map(([key, value]) => [
      key,
      Array.isArray(value) ? value.map((line) => `${line}\n`).join('') : value,
    ]),
  );

/** The hook as it is to read afterwards: the guard first, in the list the hook already has. */
function withJob(hook: Mapping, job: Mapping): Mapping {
  const named = { name: 'bailiwick', ...job };
  if (Array.isArray(hook['jobs']))
    return { ...hook, jobs: [named, ...(hook['jobs'] as unknown[])] };
  if (isMapping(hook['commands']))
    return { ...hook, commands: { bailiwick: job, ...hook['commands'] } };
  return { jobs: [named], ...hook };
}

/** YAML 1.2, 9.1.2: what follows would be another document. */
const DOCUMENT_END = /^\.\.\.(?:\s|$)/m;

function insertJob(content: string, event: GuardEvent, hook: Mapping, job: Job): string | null {
  const start = lineAfter(content, new RegExp(`^${event}:[ \\t]*(?:#[^\\n]*)?$`, 'm'));
  if (start === null) {
    const block = mark('', [`${event}:`, '  jobs:', ...listItem('    ', job)]);
    const end = content.search(DOCUMENT_END);
    return end < 0 ? appendHookBlock(content, block) : spliceHookBlock(content, end, block);
  }
  const section = /^(?:[ \t#][^\n]*(?:\n|$)|\r?\n)*/.exec(content.slice(start))![0];
  const key = Array.isArray(hook['jobs'])
    ? 'jobs'
    : isMapping(hook['commands'])
      ? 'commands'
      : null;
  if (key === null) {
    const indent = indentation(section) ?? '  ';
    return spliceHookBlock(content, start, mark(indent, ['jobs:', ...listItem('  ', job)]));
  }
  const at = lineAfter(section, new RegExp(`^ +${key}:[ \\t]*(?:#[^\\n]*)?$`, 'm'));
  const indent = at === null ? null : indentation(section.slice(at));
  if (at === null || indent === null) return null;
  const lines = key === 'jobs' ? listItem('', job) : ['bailiwick:', ...body('  ', job)];
  return spliceHookBlock(content, start + at, mark(indent, lines));
}

/** In TOML the order of tables counts for a list of jobs alone: ours comes before the first of them. */
function insertTables(content: string, event: GuardEvent, hook: Mapping, job: Job): string {
  const key = isMapping(hook['commands']) && !Array.isArray(hook['jobs']) ? 'commands' : 'jobs';
  const block = mark('', tables(event, key, job));
  const first = content.search(new RegExp(`^\\[\\[ *"?${event}"? *\\. *"?jobs"? *\\]\\]`, 'm'));
  return key === 'jobs' && first >= 0
    ? spliceHookBlock(content, first, block)
    : appendHookBlock(content, block);
}

const tables = (event: GuardEvent, key: 'commands' | 'jobs', job: Job): string[] => [
  key === 'jobs' ? `[[${event}.jobs]]` : `[${event}.commands.bailiwick]`,
  ...(key === 'jobs' ? ['name = "bailiwick"'] : []),
  ...Object.entries(job).flatMap(([name, value]) =>
    Array.isArray(value)
      ? [`${name} = '''`, ...(value as string[]), "'''"]
      : [stringifyToml({ [name]: value }).trim()],
  ),
];

/** JSON with sorted keys: the order of keys does not matter, that of lists does. */
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_key, each: unknown) =>
    isMapping(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );

const listItem = (indent: string, job: Job): string[] => [
  `${indent}- name: bailiwick`,
  ...body(`${indent}  `, job),
];

const body = (indent: string, job: Job): string[] =>
  Object.entries(job).flatMap(([key, value]) =>
    Array.isArray(value)
      ? [`${indent}${key}: |`, ...value.map((line) => `${indent}  ${line}`)]
      : [`${indent}${key}: ${String(value)}`],
  );

const mark = (indent: string, lines: readonly string[]): string =>
  [beginMark(), ...lines, endMark()].map((line) => `${indent}${line}\n`).join('');

/** Offset of the line after the one the pattern matches; null when it is the last or there is none. */
function lineAfter(content: string, pattern: RegExp): number | null {
  const end = content.indexOf('\n', pattern.exec(content)?.index ?? content.length);
  return end < 0 ? null : end + 1;
}

/** The blanks in front of the first line that says something. */
const indentation = (lines: string): string | null => /^( *)[^\s#]/m.exec(lines)?.[1] ?? null;
