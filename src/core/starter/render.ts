import { replaceMisleading } from '../../domain/text/misleading.ts';
import type { BranchName } from '../../domain/refs.ts';
import { yamlQuote } from '../glob/parse.ts';
import type { Lockfile } from './lockfiles.ts';
import type { Starter, StarterAgent, StarterPart } from './starter.ts';

/** What a starter does not know by itself. */
export interface StarterSurroundings {
  readonly base: BranchName;
  /** Where editors find the JSON schema, relative to the file; null where the package is not in the repository. */
  readonly schema: string | null;
  readonly lockfiles: readonly Lockfile[];
  /** Directories of hooks in the work tree: part of the guard, so nobody's to change. */
  readonly frozen: readonly string[];
}

/** The text of a first `ownership.yml`, with a comment for every key. */
export function renderStarter(starter: Starter, around: StarterSurroundings): string {
  const { agents, parts, remarks } = starter;
  const blocks = [
    [
      ...(around.schema === null ? [] : [`# yaml-language-server: $schema=${around.schema}`, '']),
      ...HEAD,
    ],
    remarks.map((remark) => `# ${oneLine(remark)}`),
    ['version: 1'],
    [
      '# The branch everything lands on. This file is read from there.',
      `base: ${yamlQuote(around.base)}`,
    ],
    IDENTIFY,
    AGENTS,
    ...(agents.length === 0 ? [EXAMPLE] : agents.map(agentLines)),
    partLines('shared', parts),
    partLines('reserved', parts),
    frozenLines(around.frozen),
    derivedLines(around.lockfiles),
    WORKTREES,
    REST,
  ];
  const filled = blocks.filter((lines) => lines.length > 0);
  return `${filled.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

const HEAD = [
  '# Who may change what in this repository.',
  '# To check it: bailiwick lint. Whose a path is: bailiwick owner <path>.',
];

const IDENTIFY = [
  '# How a branch names its agent: {agent} is an id below or one of its aliases. Someone on another',
  '# branch is not an agent: a `human`, whom only frozen and local paths concern. `deny` refuses them.',
  'identify:',
  "  branches: ['feat/{agent}/{topic}']",
  '  unknown: human',
  '',
  '# What happens when an agent changes a path that nobody owns: deny, warn or allow.',
  'unowned: deny',
];

const AGENTS = [
  '# Everyone who works here: coding agents, bots, people. Globs match the whole path from the top;',
  '# `*` stays in one directory, `**` does not. An agent may also have:',
  '#   except: [...]                        holes in `owns`',
  '#   forbidden: [...]                     paths it may never change',
  "#   actors: ['a1-bot[bot]']              accounts whose pull requests may claim it",
  "#   validate: ['npm test']               what must pass before it hands off",
  '#   env: { DB_SCHEMA: a1 }               variables of its worktree',
  '#   ports: 8080-8099                     its own ports',
  '#   after: [...]                         agents that must have handed off before it starts',
  'agents:',
];

const EXAMPLE = [
  '  a1:',
  '    title: An example; give it a part of the repository',
  "    owns: ['src/**']",
];

/** Not the default, which worktrees of earlier policies have: two repositories side by side would meet in it. */
const WORKTREES = [
  '# Where worktree add puts worktrees, from the main checkout. It may also have:',
  "#   branch: 'feat/{agent}/main'          the branch of each",
  "#   setup: ['npm ci']                    commands that make each ready",
  'worktrees:',
  "  path: '../{repository}-{agent}-{slug}'",
];

const REST = [
  '# Further keys, each as it may be written:',
  '#',
  '# shared: # several agents may change these, one at a time, holding the lock of that name',
  "#   common: { paths: ['common/**'], agents: [a1], lock: required, ttl: 2h }",
  '# reserved: # only these agents may change these, whatever others own',
  "#   migrations: { paths: ['**/migrations/**'], agents: [a1], reason: numbers stay in order }",
  '# derived: # generated; may change together with their origin',
  "#   api: { paths: ['src/api/generated/**'], when: ['api/*.yml'] }",
  "# frozen: ['LICENSE'] # nobody may change these, nor the files of the guard",
  "# local: ['notes/**'] # must never be committed",
  '# limits: { lines: 300, behind: 50, age: 3d } # advice, unless `enforce: [lines]` is added',
  '# tests: # cases that must hold; bailiwick lint runs them',
  '#   - { agent: a1, change: src/index.ts, expect: allowed }',
];

function agentLines({ id, title, aliases, owns, except }: StarterAgent): string[] {
  const lines = [
    ...(title === null || title.trim() === '' ? [] : [`    title: ${yamlQuote(oneLine(title))}`]),
    ...list('    ', 'aliases', aliases),
    ...list('    ', 'owns', owns),
    ...list('    ', 'except', except),
  ];
  return lines.length === 0 ? [`  ${id}: {}`] : [`  ${id}:`, ...lines];
}

const COMMENTS = {
  shared: '# Paths of several agents. lock: required (one at a time), advised or none.',
  reserved: '# Paths that only these agents may change, whatever others own.',
} as const;

function partLines(kind: StarterPart['kind'], all: readonly StarterPart[]): string[] {
  const parts = all.filter((part) => part.kind === kind);
  const lines = parts.flatMap(({ name, paths, agents, lock, reason }) => [
    `  ${name}:`,
    ...list('    ', 'paths', paths),
    ...list('    ', 'agents', agents),
    ...(kind === 'shared' ? [`    lock: ${lock}`] : []),
    ...(reason === undefined ? [] : [`    reason: ${reason}`]),
  ]);
  return lines.length === 0 ? [] : [COMMENTS[kind], `${kind}:`, ...lines];
}

const frozenLines = (globs: readonly string[]): string[] =>
  globs.length === 0
    ? []
    : [
        '# Paths nobody may change. The files of the guard are among them without being named.',
        ...list('', 'frozen', globs),
      ];

function derivedLines(lockfiles: readonly Lockfile[]): string[] {
  if (lockfiles.length === 0) return [];
  return [
    '# Generated paths: an agent may change one when it changed what it comes from.',
    'derived:',
    ...lockfiles.map(
      ({ path, when }) =>
        `  ${path.toLowerCase().replace(/[^a-z]+/g, '-')}: { paths: [${yamlQuote(path)}], when: [${yamlQuote(when)}] }`,
    ),
  ];
}

/** On one line where it fits; nothing at all when it is empty. */
function list(indent: string, key: string, items: readonly string[]): string[] {
  const quoted = items.map(yamlQuote);
  const line = `${indent}${key}: [${quoted.join(', ')}]`;
  if (items.length === 0) return [];
  return line.length <= 100
    ? [line]
    : [`${indent}${key}:`, ...quoted.map((item) => `${indent}  - ${item}`)];
}

const oneLine = (text: string): string => replaceMisleading(text, () => '?');
