import type { Finding } from '../../domain/finding.ts';
import { type Hint, hintTo } from '../../domain/hint.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { PullRequestRules } from '../../domain/pull-request-rules.ts';
import { shellQuote } from '../../domain/text/quote.ts';
import { commitFaults } from './commit-faults.ts';
import { titleFault } from './title-fault.ts';

/** What of a pull request has a form. Anyone who can edit it writes these: they give nobody a right. */
export interface PullRequestForm {
  readonly agent: AgentId;
  /** Other names of the agent, which a trailer may use. */
  readonly aliases: readonly string[];
  readonly branch: string | null;
  /** What the branch is compared with, for the command that rewords: `origin/main`. */
  readonly base: string;
  /** Null where there is no pull request yet. */
  readonly request: {
    readonly number: number;
    readonly title: string;
    /** Null where the event did not say. */
    readonly labels: readonly string[] | null;
  } | null;
  /** Newest first, without merges. */
  readonly commits: readonly { readonly commit: string; readonly message: string }[];
}

/** Commits named one by one. */
const MOST_NAMED = 5;

/** Everything that is wrong with the form, in one finding, with the title as it should be. */
export function judgeForm(rules: PullRequestRules, form: PullRequestForm): Finding[] {
  const { agent, aliases, branch, request, commits } = form;
  const title =
    request && rules.title ? titleFault(rules.title, request.title, agent, branch) : null;
  const labels = request?.labels ?? null;
  const missing = labels ? rules.labels.all.filter((label) => !labels.includes(label)) : [];
  const extra = labels ? rules.labels.none.filter((label) => labels.includes(label)) : [];
  const wrong = commits.flatMap(({ commit, message }) => {
    const faults = rules.commits ? commitFaults(rules.commits, message, [agent, ...aliases]) : [];
    return faults.length > 0 ? [`${commit.slice(0, 10)} ${faults.join(' and ')}`] : [];
  });
  const named = wrong.slice(0, MOST_NAMED);
  const faults = [
    ...(title ? [`${title.fault}; it would read: ${title.corrected}`] : []),
    ...missing.map((label) => `the label ${label} is missing`),
    ...extra.map((label) => `the label ${label} must not be there`),
    ...named,
    ...(wrong.length > named.length
      ? [`${wrong.length - named.length} more commits are not in form`]
      : []),
  ];
  if (faults.length === 0) return [];
  return [
    {
      code: 'pull-request-form',
      severity: 'error',
      agent,
      rule: 'pull_requests',
      message: faults.join('; '),
      hint: hintFor(form, title?.corrected ?? null, missing, extra),
    },
  ];
}

/** What puts the pull request right; where only commits are wrong, what rewords them. */
function hintFor(
  { request, base }: PullRequestForm,
  title: string | null,
  missing: readonly string[],
  extra: readonly string[],
): Hint {
  const edits = [
    ...(title === null ? [] : [`--title ${shellQuote(title)}`]),
    ...missing.map((label) => `--add-label ${shellQuote(label)}`),
    ...extra.map((label) => `--remove-label ${shellQuote(label)}`),
  ];
  if (request !== null && edits.length > 0)
    return hintTo('put the pull request right', `gh pr edit ${request.number} ${edits.join(' ')}`);
  return hintTo('reword the commits', `git rebase -i ${shellQuote(base)}`);
}
