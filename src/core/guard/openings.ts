import { type Change, type Entry, sameEntry } from '../../domain/change.ts';
import type { Finding, FindingCode } from '../../domain/finding.ts';
import { hintTo } from '../../domain/hint.ts';
import { formatMoment } from '../../domain/text/duration.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Ownership } from '../../domain/ownership.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { BranchName } from '../../domain/refs.ts';
import type { ChangeRequest, RequestId } from '../../domain/states/change-request.ts';
import { mayChange } from './asked-of.ts';
import type { GuardFacts } from './facts.ts';
import { makeRulebook, type Rulebook } from './rulebook.ts';

/** The refusals that an owner's leave lifts. Nothing else ever is: not frozen, local or unsafe paths. */
const OPENABLE: ReadonlySet<FindingCode> = new Set(['owned-by-other', 'reserved', 'unowned']);

/** Whether requests have a say in it; they are read only where one of the findings asks for them. */
export const isOpenable = ({ code, severity, path }: Finding): boolean =>
  severity === 'error' && path !== undefined && OPENABLE.has(code);

/** What the requests of an agent are held against. */
export interface Openings {
  readonly agent: AgentId;
  /** The branch that is judged; null where there is none, and then no grant holds. */
  readonly branch: BranchName | null;
  readonly requests: readonly ChangeRequest[];
  /** What the judged branch itself holds at a path, where a merge was judged; else null. */
  readonly held: ReadonlyMap<RepoPath, Entry | null>;
  /** Contents are known: not where somebody only asks whether a path may be changed. */
  readonly contents: boolean;
  /** Whether an acceptance counts; the gate may want more than the state says. */
  readonly counts?: (request: ChangeRequest) => boolean;
}

/** What is left of the findings, and the requests that opened the others. */
export interface Opened {
  readonly findings: readonly Finding[];
  readonly by: ReadonlySet<RequestId>;
}

/**
 * Takes out the findings about what an owner has let through: the very content of an accepted patch,
 * wherever it appears, and any content of an ordinary file under a grant that runs, on its branch
 * alone. Each is judged anew: whoever decided must be someone who may change the path now.
 */
export function openFindings(
  ownership: Ownership,
  findings: readonly Finding[],
  changes: readonly Change[],
  { facts, ...openings }: Openings & { readonly facts: GuardFacts },
): Opened {
  const rules = makeRulebook(ownership);
  const byPath = new Map(changes.map((change) => [change.path, change]));
  const by = new Set<RequestId>();
  const kept = findings.flatMap((finding) => {
    const change = isOpenable(finding) ? byPath.get(finding.path!) : undefined;
    if (change === undefined) return [finding];
    const valid = openings.requests.filter(
      (request) =>
        request.from === openings.agent &&
        isDecidedRightly(rules, request, change, facts) &&
        (openings.counts?.(request) ?? true),
    );
    const opening = valid.find(
      (request) =>
        isAccepted(request, change, openings) || isGranted(request, change, openings, facts.now),
    );
    if (opening === undefined) return [withEndedGrant(finding, valid, change, openings)];
    by.add(opening.id);
    return [];
  });
  return { findings: kept, by };
}

/** Whoever decided may change the path by the policy as it is now, and is not the asker. */
function isDecidedRightly(
  rules: Rulebook,
  { decided, from }: ChangeRequest,
  change: Change,
  facts: GuardFacts,
): boolean {
  if (decided === null || decided.by === from) return false;
  if (decided.by !== null) return mayChange(rules, decided.by, change, facts);
  // Nobody looks after where a link of a person's leads.
  return isPlain(change);
}

function isAccepted(
  { status, changes, applied }: ChangeRequest,
  { path, after }: Change,
  { contents, held }: Openings,
): boolean {
  if (status !== 'applied' || !contents) return false;
  return [...changes, ...(applied?.changes ?? [])].some(
    (asked) =>
      asked.path === path &&
      (sameEntry(asked.after, after) ||
        (held.has(path) && sameEntry(asked.after, held.get(path)!))),
  );
}

const isGranted = (
  { status, grant, branch, changes }: ChangeRequest,
  change: Change,
  openings: Openings,
  now: number,
): boolean =>
  status === 'granted' &&
  grant !== null &&
  now < grant.until &&
  branch !== null &&
  branch === openings.branch &&
  isPlain(change) &&
  changes.some(({ path }) => path === change.path);

const isPlain = ({ operation }: Change): boolean =>
  operation !== 'symlink' && operation !== 'gitlink';

/** A grant that has ended is said as such, with the way to have it anew. */
function withEndedGrant(
  finding: Finding,
  requests: readonly ChangeRequest[],
  change: Change,
  openings: Openings,
): Finding {
  const ended = requests.find(
    (request) =>
      request.grant !== null && isGranted(request, change, openings, request.grant.until - 1),
  );
  if (ended === undefined || ended.grant === null) return finding;
  return {
    ...finding,
    code: 'grant-expired',
    message: `the leave of ${ended.decided?.by ?? 'a person'} to change this (request ${ended.id}) ended at ${formatMoment(ended.grant.until)}`,
    hint: hintTo('ask for it anew', `bailiwick request reopen ${ended.id}`),
  };
}
