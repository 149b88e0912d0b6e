import { controlPaths } from '../../core/guard/control-paths.ts';
import { type GateVerdict, uniteVerdicts } from '../../core/guard/unite-verdicts.ts';
import { sortFindings } from '../../domain/finding.ts';
import type { GateRequest } from '../../domain/options/gate-request.ts';
import { type PullRequest, pullRequestIn } from '../../domain/pull-request.ts';
import type { Oid } from '../../domain/refs.ts';
import { commitsAhead } from '../../git/history/commits-ahead.ts';
import { firstParentSteps } from '../../git/history/first-parent-steps.ts';
import { judge } from '../guard/judge.ts';
import { fetchContents, fetchPolicies } from '../remote/contents.ts';
import { type PolicySession, requirePolicy } from '../session/session.ts';
import type { GateOptions } from './gate-options.ts';
import { groupMembers } from './group-members.ts';
import type { OpenGate } from './open-gate.ts';
import { landingFacts } from './landing-facts.ts';
import { judgeAgainst, judgeFirstPolicy } from './pull-request.ts';

/** Steps of one group that are looked at; GitHub makes groups of at most 100 pull requests. */
const MOST_STEPS = 1000;

type MergeGroup = Extract<GateRequest, { kind: 'merge-group' }>;

/** A merge group's pull requests, and what was found out about all of it. */
export interface JudgedGroup extends GateVerdict {
  readonly pullRequests: readonly PullRequest[];
}

/**
 * Judges what a merge queue is about to land. One pull request is judged as a whole, by its agent.
 * Several are judged one after another, each by what it adds to those in front of it, and the whole
 * group by what holds for everybody. A queue waits for an answer, so there always is one.
 */
export async function judgeMergeGroup(
  gate: OpenGate,
  group: MergeGroup,
  openPullRequests: GateOptions['openPullRequests'],
): Promise<JudgedGroup> {
  const against = { name: `origin/${group.target}`, tip: group.base };
  if (gate.session.policy === null) {
    const first = await judgeFirstPolicy(gate, 'the merge group', group.head, against);
    return { ...first, pullRequests: [] };
  }
  const judging = { ...gate, session: requirePolicy(gate.session) };
  const numbers = await numbersIn(gate, group);
  const open = numbers.length === 0 ? null : await openPullRequests();
  const members = open?.ok ? open.value.filter(({ number }) => numbers.includes(number)) : [];
  const found = [...members].sort((a, b) => a.number - b.number);
  const [only] = found;
  if (only && numbers.length === 1) {
    const whole = { ...only, head: group.head };
    const judged = await judgeAgainst(judging, whole, against, { reviewed: only.head });
    return { ...judged, pullRequests: [only] };
  }
  const why = open?.ok === false ? `; the open pull requests could not be read: ${open.error}` : '';
  const missing = numbers.filter((number) => !found.some((one) => one.number === number));
  const unseen = missing.length > 0 ? [unjudged(missing, why)] : [];
  if (numbers.length === 0) unseen.push('checked per pull request: the group names none');
  await fetchHeads(gate, found, group.base);
  const steps = await firstParentSteps(gate.copy.repo, group.base, group.head, MOST_STEPS);
  const landing = await groupMembers(judging, steps, found);
  const each = [];
  for (const { pullRequest, before, commit } of landing)
    each.push(
      await judgeAgainst(
        judging,
        { ...pullRequest, head: commit },
        { ...against, tip: before },
        { reviewed: pullRequest.head },
      ),
    );
  // Where its own step was not found, one is judged by itself, on what the whole group lands on.
  const alone = found.filter((one) => !landing.some(({ pullRequest }) => pullRequest === one));
  for (const member of alone) each.push(await judgeAgainst(judging, member, against));
  const rest = await judgeForEverybody(judging, group, against.name);
  const notices =
    found.length > 0 ? [`checked per pull request: ${found.map(hash).join(', ')}`] : [];
  return { ...uniteVerdicts([...each, rest], [...notices, ...unseen]), pullRequests: found };
}

const hash = ({ number }: Pick<PullRequest, 'number'>): string => `#${number}`;

const unjudged = (numbers: readonly number[], why: string): string =>
  `checked per pull request: ${numbers.map((number) => `#${number}`).join(', ')} passed this check ` +
  `before entering the queue and could not be judged again${why}`;

/**
 * The pull requests a group may be made of: the one in its name, and those its commits name, as the
 * queue's own merges and squashes do. People can write the same words, so these are only asked about.
 */
async function numbersIn({ copy, session }: OpenGate, group: MergeGroup): Promise<number[]> {
  const commits = await commitsAhead(copy.repo, group.base, [group.head]);
  const numbers = new Set(group.number === null ? [] : [group.number]);
  let at: Oid | undefined = group.head;
  const parents = new Map(commits.map(([commit, first]) => [commit, first]));
  for (; at !== undefined && parents.has(at); at = parents.get(at)) {
    const object = await session.reader.read(at);
    const subject = /\n\n(.*)/.exec(object?.data.toString() ?? '')?.[1] ?? '';
    const named = pullRequestIn(subject);
    if (named !== null) numbers.add(named);
  }
  return [...numbers].sort((a, b) => a - b);
}

async function fetchHeads(
  { copy }: OpenGate,
  members: readonly PullRequest[],
  base: Oid,
): Promise<void> {
  if (members.length === 0) return;
  const heads = members.map(({ head }) => head);
  await copy.fetch(heads.map((from) => ({ from, to: null })));
  await copy.reach(base, heads);
  await fetchPolicies(copy, heads);
}

/** What nobody may land: unsafe names, files of one worktree, a broken policy. */
async function judgeForEverybody(
  gate: OpenGate<PolicySession>,
  { base, head }: MergeGroup,
  name: string,
): Promise<GateVerdict> {
  const { copy, session } = gate;
  const facts = await landingFacts(gate, head, { name, tip: base });
  await fetchContents(copy, facts, head, false);
  const { policy } = session;
  const { ownership } = policy;
  const identify = { ...ownership.identify, unknown: 'human' } as const;
  const lenient = { ...session, policy: { ...policy, ownership: { ...ownership, identify } } };
  const judged = await judge(lenient, { kind: 'human' }, facts);
  const paths = facts.changes.map(({ path }) => path);
  return {
    subjects: [],
    findings: sortFindings(judged.findings),
    remedy: judged.remedy,
    control: controlPaths(ownership, paths),
    notices: [],
  };
}
