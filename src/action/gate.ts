import { runGate } from '../commands/gate.ts';
import { Failure } from '../domain/failure.ts';
import { hintTo } from '../domain/hint.ts';
import type { GateRequest } from '../domain/options/gate-request.ts';
import { parseAccount, parsePullRequest } from '../domain/pull-request.ts';
import { err, ok } from '../domain/result.ts';
import type { GitHub } from '../host/github/github.ts';
import type { Host } from '../host/host.ts';
import { renderAnnotations } from '../render/annotations.ts';
import { renderGateSummary } from '../render/markdown/gate.ts';
import { renderCheck } from '../render/terminal/check.ts';
import { LOG_VIEW } from '../render/view.ts';
import type { Context } from './context.ts';
import type { Payload } from './payload.ts';
import type { Publication } from './publish.ts';

/** Judges what the event is about. */
export async function answerGate(
  host: Host,
  context: Context,
  github: () => Promise<GitHub>,
): Promise<Publication> {
  const { source, anchor, documentation } = context;
  const report = await runGate(host, {
    source,
    anchor,
    request: requestOf(context),
    openPullRequests: async () => {
      const listed = await (await github()).openPullRequests();
      return listed.ok ? ok(listed.value.items) : err(listed.error.message);
    },
    reviewsOf: async (number) => {
      const listed = await (await github()).reviewsOf(number);
      if (!listed.ok) return err(listed.error.message);
      return listed.value.complete ? ok(listed.value.items) : err('there are too many reviews');
    },
    pullRequestsOf: async (commit) => {
      const listed = await (await github()).pullRequestsOf(commit);
      return listed.ok ? ok(listed.value.items) : err(listed.error.message);
    },
  });
  const view = { ...LOG_VIEW, documentation: documentation ?? 'docs' };
  return {
    report,
    outcome: report.verdict,
    summary: renderGateSummary(report, documentation),
    annotations: renderAnnotations(report.findings),
    log: renderCheck(report, view),
    outputs: {},
  };
}

/** @throws Failure `usage` for an event that is about no change. */
function requestOf({ event, payload }: Context): GateRequest {
  switch (event) {
    case 'pull_request':
    case 'pull_request_review':
    case 'pull_request_target':
      return pullRequestOf(payload);
    case 'merge_group':
      return {
        kind: 'merge-group',
        target: payload.branchOfRef('merge_group', 'base_ref'),
        base: payload.oid('merge_group', 'base_sha'),
        head: payload.oid('merge_group', 'head_sha'),
        number: numberIn(String(payload.at('merge_group', 'head_ref'))),
      };
    case 'push':
      return {
        kind: 'landed',
        target: payload.branchOfRef('ref'),
        before: payload.oid('before'),
        after: payload.oid('after'),
        sender: parseAccount(payload.at('sender')),
      };
    default:
      throw new Failure(
        'usage',
        `the gate judges pull requests, merge groups and pushes to the base, not ${event}`,
        [hintTo('look at all open branches, set the input mode to board')],
      );
  }
}

function pullRequestOf(payload: Payload): GateRequest {
  const pullRequest = parsePullRequest(payload.at('pull_request'));
  if (pullRequest === null)
    throw new Failure('usage', 'the event does not describe a pull request');
  return { kind: 'pull-request', pullRequest };
}

/** `refs/heads/gh-readonly-queue/main/pr-104-929f...` -> 104. */
function numberIn(ref: string): number | null {
  const number = /\/pr-(\d{1,9})-[0-9a-f]+$/.exec(ref)?.[1];
  return number === undefined ? null : Number(number);
}
