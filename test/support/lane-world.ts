import fc from 'fast-check';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runHook } from '../../src/commands/hook.ts';
import { Failure } from '../../src/domain/failure.ts';
import { hostIn } from './host.ts';
import { packageRoot, TestRepository } from './repository.ts';

/** One entry of a tree or an index: a mode and one of a few contents. */
export interface Entry {
  readonly path: string;
  readonly mode: '100644' | '100755' | '120000';
  readonly content: number;
}

/** Who acts, and where. */
interface Setting {
  /** What the worktree is bound to; null for nothing. */
  readonly binding: string | null;
  readonly environment: Record<string, string>;
}

/** What a commit is made of, and everything it is made in. Null settings: those of the last full check. */
export interface Attempt {
  readonly staged: readonly Entry[];
  readonly deleted: readonly string[];
  readonly setting: Setting | null;
  readonly shell: readonly string[];
}

/** A policy, a HEAD, and what is tried after a full check of a clean change. */
export interface Round {
  readonly policy: string;
  readonly head: readonly Entry[];
  readonly setting: Setting;
  readonly attempts: readonly Attempt[];
}

/** A repository in which the short way is asked first, and the full check whenever that says yes. */
export class LaneWorld {
  readonly repository = TestRepository.create();
  readonly #blobs: readonly string[];
  readonly #index = join(this.repository.directory, '.git/round-index');

  constructor() {
    this.repository.commit('first', { 'services/core/own.py': 'own\n' });
    this.#blobs = ['core.py', 'own.py', '../api/api.py'].map((content) => this.#blob(content));
    this.repository.git('switch', '-q', '-c', 'feat/a1/work');
  }

  /** Makes policy and HEAD, and a full check of a clean change; says whether that left a record. */
  async begin({ policy, head, setting }: Round): Promise<boolean> {
    this.#stage([{ path: 'ownership.yml', mode: '100644', blob: this.#blob(policy) }]);
    this.repository.git('update-ref', 'refs/heads/main', this.#commit());
    this.#stage(this.#entries([...head, OWN]));
    this.repository.git('update-ref', 'HEAD', this.#commit());
    rmSync(join(this.repository.directory, '.git/bailiwick'), { recursive: true, force: true });
    this.#feed(this.#entries([{ ...OWN, content: 1 }]));
    await this.#verdict(setting);
    return existsSync(join(this.repository.directory, '.git/bailiwick/lane'));
  }

  /** Whether the short way says yes. */
  proven({ head, setting: first }: Round, { staged, deleted, setting, shell }: Attempt): boolean {
    const { binding, environment } = setting ?? first;
    this.#bind(binding);
    this.#stage(this.#entries([...head, OWN]));
    this.#feed(this.#entries(staged));
    this.#remove(deleted);
    const [program, ...options] = shell;
    const script = [...options, '-c', `. '${packageRoot}/hooks/lane' && proven`];
    const index = { ...environment, GIT_INDEX_FILE: this.#index };
    return this.repository.run(program!, script, { environment: index }).code === 0;
  }

  /** What the full check says of the attempt that was made last. */
  full({ setting }: Round, attempt: Attempt): Promise<string> {
    return this.#verdict(attempt.setting ?? setting);
  }

  async #verdict({ binding, environment: more }: Setting): Promise<string> {
    this.#bind(binding);
    const environment = { ...this.repository.environment, ...more, GIT_INDEX_FILE: this.#index };
    try {
      return (await runHook(hostIn(this.repository, { environment }), 'pre-commit')).verdict;
    } catch (error) {
      if (error instanceof Failure) return `undecided: ${error.message}`;
      throw error;
    }
  }

  #bind(text: string | null): void {
    const file = '.git/bailiwick/agent';
    if (text === null) rmSync(join(this.repository.directory, file), { force: true });
    else this.repository.write(file, text);
  }

  /** An index of just these entries. */
  #stage(entries: readonly IndexEntry[]): void {
    rmSync(this.#index, { force: true });
    this.#feed(entries);
  }

  #entries(entries: readonly Entry[]): IndexEntry[] {
    return entries.map(({ path, mode, content }) => ({ path, mode, blob: this.#blobs[content]! }));
  }

  #remove(paths: readonly string[]): void {
    this.#feed(paths.map((path) => ({ path, mode: '0', blob: '0'.repeat(40) })));
  }

  #feed(entries: readonly IndexEntry[]): void {
    const input = entries.map(({ mode, blob, path }) => `${mode} ${blob}\t${path}\0`).join('');
    this.#git(['update-index', '-z', '--replace', '--index-info'], input);
  }

  #commit(): string {
    return this.#git(['commit-tree', this.#git(['write-tree']), '-m', 'round']);
  }

  #blob = (content: string): string => this.#git(['hash-object', '-w', '--stdin'], content);

  #git(args: readonly string[], input = ''): string {
    const environment = { GIT_INDEX_FILE: this.#index };
    return this.repository.run('git', args, { input, environment }).stdout.trim();
  }
}

interface IndexEntry {
  readonly path: string;
  readonly mode: string;
  readonly blob: string;
}

const OWN: Entry = { path: 'services/core/own.py', mode: '100644', content: 0 };

const NAMES = ['services', 'core', 'api', 'x', 'y.py', 'agent.py', 'key.txt', 'x.local', 'deep'];
const ODD = [
  'Core',
  'Services',
  'ſervices',
  'X',
  'é',
  'a b',
  '[id]',
  '{x}',
  '}long',
  'a*',
  '-',
  '"',
];

const name = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...NAMES) },
  { weight: 1, arbitrary: fc.constantFrom(...ODD) },
  { weight: 1, arbitrary: fc.constantFrom('n'.repeat(200), 'N'.repeat(200)) },
);
const somewhere = fc.array(name, { minLength: 1, maxLength: 7 }).map((names) => names.join('/'));
const path = fc.oneof(
  { weight: 4, arbitrary: somewhere.map((rest) => `services/core/${rest}`) },
  { weight: 1, arbitrary: somewhere },
);
const entry: fc.Arbitrary<Entry> = fc.record({
  path,
  mode: fc.oneof(
    { weight: 8, arbitrary: fc.constant('100644' as const) },
    { weight: 1, arbitrary: fc.constantFrom('100755' as const, '120000' as const) },
  ),
  content: fc.integer({ min: 0, max: 2 }),
});

const piece = fc.constantFrom(
  ...['*', '?', '[ab]', '[!x]', '\\}', '\\{', '\\,', '{x,y}', '{x\\}*,key}', '{*,agent}'],
  ...['{long\\,,key}', 'key', 'agent', '.py', '.txt', 'x', 'X', 'deep', 'long', 'é', 'ſ'],
);
const segment = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...NAMES) },
  {
    weight: 2,
    arbitrary: fc.array(piece, { minLength: 1, maxLength: 3 }).map((all) => all.join('')),
  },
  { weight: 1, arbitrary: fc.constant('**') },
);
const glob = fc.oneof(
  fc.array(segment, { minLength: 1, maxLength: 3 }).map((all) => `services/core/${all.join('/')}`),
  fc.array(segment, { minLength: 1, maxLength: 4 }).map((all) => all.join('/')),
  segment.map((last) => `**/${last}`),
);
const globs = fc.oneof(fc.constant([]), fc.array(glob, { maxLength: 2 }));

const policy = fc
  .record({
    owns: fc.subarray(['services/core/**', 'services/**', 'package.json', 'x', 'deep/**'], {
      minLength: 1,
    }),
    except: globs,
    forbidden: globs,
    others: globs,
    frozen: globs,
    local: globs,
    reserved: globs,
    unowned: fc.constantFrom('deny', 'warn', 'allow'),
    unknown: fc.constantFrom('human', 'human', 'deny'),
  })
  .map((parts) => {
    const list = (texts: readonly string[]): string => JSON.stringify(texts);
    return [
      'version: 1',
      `identify: { branches: ['feat/{agent}/{topic}'], unknown: ${parts.unknown} }`,
      `unowned: ${parts.unowned}`,
      'agents:',
      `  a1: { aliases: [agent-1], owns: ${list(parts.owns)}, except: ${list(parts.except)}, forbidden: ${list(parts.forbidden)} }`,
      `  a2: { owns: ${list(['web/**', ...parts.others])} }`,
      ...(parts.reserved.length > 0
        ? [`reserved: { r: { paths: ${list(parts.reserved)}, agents: [a2], reason: r } }`]
        : []),
      ...(parts.frozen.length > 0 ? [`frozen: ${list(parts.frozen)}`] : []),
      ...(parts.local.length > 0 ? [`local: ${list(parts.local)}`] : []),
      '',
    ].join('\n');
  });

const binding = fc.constantFrom(
  ...[null, null, null, 'a1\n', 'a1', 'agent-1\n', 'a2\n', 'a1\na2\n', 'a1\n\n', ' a1\n', '\na1\n'],
  ...['a1\r\n', 'a1\0\n', ''],
);

const configured = (key: string, value: string): Record<string, string> => ({
  GIT_CONFIG_COUNT: '1',
  GIT_CONFIG_KEY_0: key,
  GIT_CONFIG_VALUE_0: value,
});

const environment = fc.constantFrom<Record<string, string>>(
  ...[{}, {}, {}, {}, { AGENT_ID: 'a1' }, { AGENT_ID: 'agent-1' }, { AGENT_ID: 'a2' }],
  ...[{ BAILIWICK_AGENT: 'a1' }, { BAILIWICK_AGENT: 'a1 ' }, { BAILIWICK_AGENT: 'a1\n' }],
  ...[{ BASHOPTS: 'nocasematch' }, { BASHOPTS: 'extglob:nullglob:failglob' }],
  ...[
    { SHELLOPTS: 'noglob' },
    { SHELLOPTS: 'errexit:nounset' },
    { IFS: 'e/ ' },
    { ENV: '/dev/null' },
  ],
  ...[{ POSIXLY_CORRECT: '1' }, { LC_ALL: 'tr_TR.UTF-8' }, { LC_ALL: 'C.UTF-8' }],
  ...[{ GIT_ICASE_PATHSPECS: '1' }, { GIT_LITERAL_PATHSPECS: '1' }, { GIT_EXTERNAL_DIFF: 'true' }],
  ...[
    { GIT_DIFF_OPTS: '-u0' },
    { [`GITHEAD_${'1'.repeat(40)}`]: 'x' },
    { GIT_PREFIX: 'services/' },
  ],
  ...[configured('diff.relative', 'true'), configured('diff.renames', 'copies')],
  ...[configured('core.quotePath', 'false'), configured('diff.noprefix', 'true')],
  ...[configured('color.ui', 'always'), configured('core.ignoreCase', 'true')],
  ...[configured('diff.orderFile', '/nowhere'), configured('core.abbrev', '4')],
);

const setting: fc.Arbitrary<Setting> = fc.record({ binding, environment });

/** Rounds of every kind for the shells that are here. */
export const rounds = (shells: readonly (readonly string[])[]): fc.Arbitrary<Round> =>
  fc.record({
    policy,
    head: fc.array(entry, { maxLength: 4 }),
    setting,
    attempts: fc.array(
      fc.record({
        staged: fc.array(entry, { maxLength: 3 }),
        deleted: fc.array(path, { maxLength: 1 }),
        setting: fc.option(setting, { nil: null, freq: 2 }),
        shell: fc.constantFrom(...shells),
      }),
      { minLength: 4, maxLength: 6 },
    ),
  });
