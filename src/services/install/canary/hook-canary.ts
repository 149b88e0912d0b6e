import { join } from 'node:path';
import {
  CANARY,
  canaryArguments,
  type CanaryEnd,
  describeSilence,
  isUnknownOption,
  readCanaryAnswer,
} from '../../../core/install/canary.ts';
import { canaryWayOf, type EventFacts, hookStatuses } from '../../../core/install/hook-status.ts';
import { hasLefthookCommand } from '../../../core/install/managers/lefthook.ts';
import type { ConfigurationFile } from '../../../core/install/managers/manager.ts';
import type { Environment, Repo } from '../../../domain/repo.ts';
import type { CanaryAnswer, HookProof, HookStatus } from '../../../domain/reports/init.ts';
import { tryHook } from '../../../git/process/try-hook.ts';
import type { Host } from '../../../host/host.ts';
import { endGroup } from '../../../host/process/end-group.ts';
import { withTemporaryDirectory } from '../../../host/temporary.ts';
import { outsideRunner } from './outside-runner.ts';

/** Where hooks are tried out. */
export interface CanaryPlace {
  /** The top of the work tree. */
  readonly path: string;
  readonly repo: Repo;
  readonly gitDirectory: string;
  readonly events: readonly EventFacts[];
  readonly lefthook: readonly ConfigurationFile[];
}

/** Milliseconds that a hook may take to reach the guard: managers in Python or Go may be started cold. */
const PATIENCE = 20_000;

type Tried = Pick<HookProof, 'guard' | 'reason' | 'state'>;

/** Tries out hooks. Those that are the same in all that counts are tried once, unless each is wanted. */
export class HookCanary {
  readonly #host: Host;
  readonly #directory: string;
  readonly #each: boolean;
  readonly #tried = new Map<string, Promise<Tried>>();
  #count = 0;

  /** @param directory absolute, of this run alone. */
  constructor(host: Host, directory: string, each: boolean) {
    this.#host = host;
    this.#directory = directory;
    this.#each = each;
  }

  /** What git does for each event in one worktree. Only a file that names the guard is started. */
  proofs(place: CanaryPlace): Promise<HookProof[]> {
    return Promise.all(
      hookStatuses(place.events, place.lefthook).map(async (status): Promise<HookProof> => {
        if (status.state !== 'active') return { ...status, guard: null };
        const facts = place.events.find(({ event }) => event === status.event)!;
        return { ...status, ...(await this.#once(place, facts)) };
      }),
    );
  }

  /** What works in one worktree works in those that are the same; what fails may fail there alone. */
  async #once(place: CanaryPlace, facts: EventFacts): Promise<Tried> {
    const key = keyOf(this.#host, place, facts);
    const known = this.#each ? undefined : await this.#tried.get(key);
    if (known?.state === 'active') return known;
    const trial = this.#try(place, facts);
    this.#tried.set(key, trial);
    return trial;
  }

  async #try(place: CanaryPlace, facts: EventFacts): Promise<Tried> {
    const { event } = facts;
    const way = canaryWayOf(facts);
    const ways = canaryArguments(
      way,
      place.lefthook.some((each) => hasLefthookCommand(each, event)),
    );
    const answer = join(this.#directory, `${(this.#count += 1)}-${event}`);
    let end: CanaryEnd = { code: 0, output: '' };
    for (const more of ways) {
      end = await tryHook(
        { directory: place.repo.directory, environment: environmentFor(place, event, answer) },
        event,
        [...argumentsOf(event), ...more],
        { patience: PATIENCE, endGroup },
      );
      const said = this.#answerAt(answer);
      if (said !== null) return { state: 'active', reason: null, guard: said };
      if (!isUnknownOption(end.output)) break;
    }
    return { ...describeSilence(end), guard: null };
  }

  #answerAt(path: string): CanaryAnswer | null {
    const text = this.#host.files.read(path)?.toString();
    return text === undefined ? null : readCanaryAnswer(text);
  }
}

/**
 * Runs `work` with something to try out hooks by.
 *
 * @param options.each try every single one, instead of one of each kind
 */
export const withHookCanary = <T>(
  host: Host,
  work: (canary: HookCanary) => Promise<T>,
  options: { readonly each: boolean },
): Promise<T> =>
  withTemporaryDirectory('canary', (directory) =>
    work(new HookCanary(host, directory, options.each)),
  );

/** Statuses without what only a doctor wants to know. */
export const statusesOf = (proofs: readonly HookProof[]): HookStatus[] =>
  proofs.map(({ event, file, state, reason }) => ({ event, file, state, reason }));

/** What git hands to pre-push: the name of a remote, and its URL; githooks(5). */
const argumentsOf = (event: string): readonly string[] =>
  event === 'pre-push' ? ['origin', 'origin'] : [];

/** As git has it when it starts the hook for a commit, a merge or a push; githooks(5). */
function environmentFor(
  { repo, gitDirectory }: CanaryPlace,
  event: string,
  answer: string,
): Environment {
  return {
    ...outsideRunner(repo.environment),
    ...(event !== 'pre-push' && {
      GIT_INDEX_FILE: join(gitDirectory, 'index'),
      GIT_EDITOR: ':',
    }),
    [CANARY]: answer,
  };
}

/** All that decides what the hook does, but for where it runs. */
function keyOf({ files }: Host, place: CanaryPlace, { event, ...found }: EventFacts): string {
  const { path, events, lefthook, repo } = place;
  const { hook, legacy, script } = found;
  const text = [hook, legacy, script].map(({ content, executable }) => [content, executable]);
  const shim = join(events[0]!.hook.path, '..', 'h');
  const home = homeNamedIn([hook, legacy, script].map(({ content }) => content ?? '').join('\n'));
  const installed = files.exists(join(path, home, 'dist/hook.cjs'));
  return JSON.stringify([
    event,
    text,
    lefthook,
    files.exists(shim),
    installed,
    repo.environment['PATH'],
  ]);
}

const homeNamedIn = (text: string): string =>
  /\bb(?:ailiwick)?='?([^'\n;]+)/.exec(text)?.[1] ?? 'node_modules/bailiwick';
