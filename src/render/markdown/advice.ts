import type { LandingMode } from '../../domain/landing.ts';
import type { PullRequest } from '../../domain/pull-request.ts';
import { shellQuote } from '../../domain/text/quote.ts';
import type { OrderEntry } from '../../domain/reports/order.ts';
import { markdownBlock, markdownCode } from '../escape.ts';
import type { BranchNames } from './branch-names.ts';
import { partnersOf, whoPays } from './who-pays.ts';

/** How a pull request is brought up to date: from where, onto what, and as it will land. */
export interface UpToDate {
  readonly pullRequest: Pick<PullRequest, 'own'>;
  /** Not escaped. */
  readonly base: string;
  readonly land: LandingMode;
  /** URL of the repository. */
  readonly page: string;
}

/**
 * One command that takes the base in, and how to push what came of it. In the clone of a fork `origin` is the
 * fork, whose base is as old as its branch; and where pull requests land by rebase, a merge commit is what
 * makes that impossible.
 */
export function upToDate({ pullRequest, base, land, page }: UpToDate): string {
  const [fetch, taken] = pullRequest.own
    ? ['git fetch origin', shellQuote(`origin/${base}`)]
    : [`git fetch ${shellQuote(`${page}.git`)} ${shellQuote(`refs/heads/${base}`)}`, 'FETCH_HEAD'];
  const rebase = land === 'rebase';
  const push = `git push${rebase ? ' --force-with-lease' : ''}`;
  return (
    `${markdownBlock(`${fetch} && git ${rebase ? 'rebase' : 'merge'} ${taken}`, 'sh')}\n\n` +
    `and, once it is resolved and tested, ${markdownCode(push)}.`
  );
}

/** What to do about a pull request that no longer merges. */
export const adviceForStale = (how: UpToDate): string =>
  `**What to do:** bring it up to date, on this branch:\n\n${upToDate(how)}`;

/** What to do about one that waits for others. Markdown. */
export function adviceFor(place: OrderEntry, how: UpToDate, names: BranchNames): string {
  const before = partnersOf(place, names);
  if (place.outcome === 'clean')
    return `**What to do:** land ${before} first; this one then needs no change. ${sentence(whoPays(place, names))}`;
  return (
    `**What to do:** in the cheapest order ${before} ${place.waits.length > 1 ? 'land' : 'lands'} first. ` +
    `${sentence(whoPays(place, names))} Once that has happened, on this branch:\n\n${upToDate(how)}`
  );
}

const sentence = (words: string): string => `${words[0]!.toUpperCase()}${words.slice(1)}.`;
