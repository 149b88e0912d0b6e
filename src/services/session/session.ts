import type { Change } from '../../domain/change.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import { diffStaged } from '../../git/diff/diff-staged.ts';
import { parseRawDiff } from '../../git/diff/raw-diff.ts';
import type { Ahead } from '../../git/objects/ahead.ts';
import { ObjectReader } from '../../git/objects/object-reader.ts';
import { PATIENCE } from '../../git/process/watchdog.ts';
import type { Location } from '../../git/worktree/locate.ts';
import type { Host } from '../../host/host.ts';
import { loadDraft } from './load-draft.ts';
import type { PolicyMemory } from './policy-memory.ts';
import { loadPolicy, type Policy, POLICY_FILE } from './policy.ts';
import { placesIn, type PolicyPlaces } from './policy-places.ts';
import { rememberedPolicy } from './remembered-policy.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

/** What every command that judges begins with. */
export interface Session {
  readonly host: Host;
  readonly workspace: Workspace;
  readonly reader: ObjectReader;
  /** Null when no branch the policy could be on has one. */
  readonly policy: Policy | null;
  /** Where the policy was looked for. */
  readonly places: PolicyPlaces;
  /** What the index changes against HEAD, where it was asked for from the beginning. */
  readonly staged?: Promise<Change[]>;
}

/** A session with a policy to judge by. */
export interface PolicySession extends Session {
  readonly policy: Policy;
}

/** What a caller that is in a hurry knows already, or wants otherwise. */
export interface SessionOptions {
  readonly location?: Location | null;
  readonly memory?: PolicyMemory;
  /** What git has said already, to the shell that started this. */
  readonly ahead?: Ahead | undefined;
  /** A file to take the policy from instead, for what is only asked. */
  readonly draft?: string | undefined;
  /** Ask git at once what is staged: whoever waits for a commit waits for that as well. */
  readonly staged?: boolean;
  /** Start nothing before it is asked: for a judgement that may need nothing but the policy. */
  readonly idle?: boolean;
  /** Where the policy is looked for; by default where a clone has it. */
  readonly places?: PolicyPlaces;
}

/** Opens the repository and its policy, runs `work`, and ends the reading process whatever happens. */
export async function withSession<T>(
  host: Host,
  work: (session: Session) => Promise<T>,
  {
    location = null,
    memory,
    draft,
    places,
    ahead,
    staged = false,
    idle = ahead !== undefined,
  }: SessionOptions = {},
): Promise<T> {
  const here = { directory: host.cwd, environment: host.environment };
  const reader = new ObjectReader(here, {}, PATIENCE, ahead?.objects);
  if (!idle) reader.start();
  const changes = staged ? (ahead ? listed(ahead) : diffStaged(here)) : null;
  // Heard where it is waited for; something else may fail before.
  changes?.catch(() => undefined);
  try {
    const opening = openWorkspace(host, location);
    // Which remote counts is said in the configuration, which is where the repository is.
    const looked = opening.then(
      ({ location: at }) => places ?? placesIn(host.files, at.commonDirectory),
    );
    const findPolicy = (found: PolicyPlaces): Promise<Policy | null> =>
      memory && location
        ? rememberedPolicy(host.files, location, found, (tips) =>
            loadPolicy(reader, memory, found, tips),
          )
        : loadPolicy(reader, memory, found);
    const [workspace, [policy, used]] = await bothOrFirstFailure(
      opening,
      looked.then(
        async (found) =>
          [
            await (draft === undefined ? findPolicy(found) : loadDraft(host, reader, draft, found)),
            found,
          ] as const,
      ),
    );
    const staging = changes && { staged: changes };
    return await work({ host, workspace, reader, policy, places: used, ...staging });
  } finally {
    await reader.close();
  }
}

/** A list that cannot be read is heard of where it is waited for, as git's own is. */
const listed = ({ staged }: Ahead): Promise<Change[]> =>
  Promise.resolve().then(() => parseRawDiff(staged));

/** The same for what cannot be done without a policy. @throws Failure `policy` when there is none. */
export const withPolicy = <T>(
  host: Host,
  work: (session: PolicySession) => Promise<T>,
  options: SessionOptions = {},
): Promise<T> => withSession(host, (session) => work(requirePolicy(session)), options);

/** Waits for both, and lets the failure of `first` win: "no repository" explains the other's. */
async function bothOrFirstFailure<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  const [a, b] = await Promise.allSettled([first, second]);
  if (a.status === 'rejected') throw a.reason;
  if (b.status === 'rejected') throw b.reason;
  return [a.value, b.value];
}

/** @throws Failure `policy` when there is none. */
export function requirePolicy(session: Session): PolicySession {
  const { policy } = session;
  if (policy !== null) return { ...session, policy };
  throw new Failure('policy', `there is no ${POLICY_FILE} on the base branch, nor on HEAD`, [
    hintTo('write a first one', 'bailiwick init'),
    hintTo('begin with one that is there', `git add ${POLICY_FILE} && git commit`),
  ]);
}
