import { join } from 'node:path';
import { ownersOf, placeOf } from '../core/guard/place.ts';
import { makeRulebook } from '../core/guard/rulebook.ts';
import { writeCodeowners } from '../core/starter/write-codeowners.ts';
import { putMarkedBlock } from '../core/text/marked-block.ts';
import { Failure } from '../domain/failure.ts';
import { hintTo } from '../domain/hint.ts';
import { type AgentId, parseAgentId } from '../domain/ids.ts';
import type { Agent, Ownership } from '../domain/ownership.ts';
import { type Report, reportOf } from '../domain/report.ts';
import type { CodeownersData } from '../domain/reports/codeowners.ts';
import { trackedPaths } from '../git/worktree/tracked-paths.ts';
import type { Host } from '../host/host.ts';
import { applyPlan } from '../services/plans/apply.ts';
import { withPolicy } from '../services/session/session.ts';

export interface CodeownersOptions {
  /** `<agent>=<account>[,<account>...]`, for agents whose `actors` are not whom the host can ask. */
  readonly owners?: readonly string[] | undefined;
  /** Accounts asked about what no agent may change. */
  readonly people?: readonly string[] | undefined;
  /** Only say whether the file says what the policy says. */
  readonly check?: boolean;
  readonly dryRun?: boolean;
  /** A draft to write it from. */
  readonly policy?: string | undefined;
}

/** Where GitHub looks, in its order; a new file goes to the first. */
const PLACES = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];
/** GitHub ignores a larger file. Source: docs.github.com, "About code owners". */
const LARGEST = 3_000_000;
const ACCOUNT = /^@[\w.-]+(?:\/[\w.-]+)?$|^[^\s@]+@[^\s@]+$/;

/**
 * Writes CODEOWNERS from the policy, so that the host asks for review whoever may change a file. The
 * lines are a block between marks, at the end, where the last match wins; what else the file says
 * stays. Compared with the guard for every tracked file before it is called done.
 *
 * @throws Failure when an agent has no account that can be asked, or the file would be too large
 */
export function runCodeowners(
  host: Host,
  options: CodeownersOptions = {},
): Promise<Report<CodeownersData>> {
  return withPolicy(
    host,
    async ({ policy, workspace }) => {
      const { top } = workspace.location;
      if (top === null)
        throw new Failure('usage', 'there is no work tree here to write a file into', [
          hintTo('write it, ask in a worktree'),
        ]);
      const { ownership, source } = policy;
      const tracked = [...new Set(await trackedPaths(workspace.repo))];
      const accounts = accountsOf(ownership, options.owners ?? []);
      const rules = makeRulebook(ownership);
      const { lines, left } = writeCodeowners({
        ownership,
        tracked,
        accounts,
        people: (options.people ?? []).map(accountNamed),
        ownersOf: (path) => ownersOf(placeOf(rules, path)),
      });
      const file = PLACES.find((place) => host.files.exists(join(top, place))) ?? PLACES[0]!;
      const before = host.files.read(join(top, file))?.toString('latin1') ?? '';
      const head = `# What ownership.yml says; written by bailiwick codeowners.`;
      const block = [head, ...lines].map((line) => Buffer.from(line).toString('latin1'));
      const content = Buffer.from(putMarkedBlock(before, block), 'latin1');
      if (content.length > LARGEST)
        throw new Failure(
          'usage',
          `${file} would have ${content.length} bytes, and GitHub ignores it above ${LARGEST}`,
        );
      const same = content.equals(Buffer.from(before, 'latin1'));
      const write = !same && options.check !== true && options.dryRun !== true;
      if (write)
        await applyPlan(host, workspace.repo, [
          { kind: 'write-file', path: join(top, file), content, why: 'what ownership.yml says' },
        ]);
      return reportOf('codeowners', {
        verdict: options.check === true && (!same || left.length > 0) ? 'refused' : 'allowed',
        agent: null,
        policy: source,
        findings: [],
        data: {
          file,
          state: same ? 'same' : write ? 'written' : 'differs',
          lines,
          agents: [...accounts].map(([agent, named]) => ({ agent, accounts: named })),
          files: tracked.length,
          left,
        },
      });
    },
    { draft: options.policy },
  );
}

/** @throws Failure `usage` for an agent that nobody can be asked for */
function accountsOf(
  { agents }: Ownership,
  options: readonly string[],
): ReadonlyMap<AgentId, readonly string[]> {
  const given = new Map(options.map(readOption));
  for (const id of given.keys())
    if (!agents.has(id)) throw new Failure('usage', `the policy knows no agent ${id}`);
  const accounts = new Map(
    [...agents.values()].map((agent) => [agent.id, given.get(agent.id) ?? ownAccounts(agent)]),
  );
  const without = [...accounts].filter(([, named]) => named.length === 0).map(([id]) => id);
  if (without.length === 0) return accounts;
  const words = without.map((id) => `--owner ${id}=@<account>`).join(' ');
  throw new Failure('usage', `nobody can be asked for ${without.join(', ')}: no account is known`, [
    hintTo('name one', `bailiwick codeowners ${words}`),
  ]);
}

/** `actors` that can be asked: a bot cannot. Else a title that is an account, as `init` writes it. */
function ownAccounts({ actors, title }: Agent): string[] {
  const people = actors.filter((actor) => !actor.endsWith('[bot]')).map((actor) => `@${actor}`);
  return people.length > 0 ? people : title !== null && ACCOUNT.test(title) ? [title] : [];
}

function readOption(text: string): [AgentId, string[]] {
  const at = text.indexOf('=');
  const id = at < 0 ? null : parseAgentId(text.slice(0, at));
  if (id === null)
    throw new Failure('usage', `'${text}' does not say whose account it is`, [
      hintTo('name one', 'bailiwick codeowners --owner <agent>=@<account>'),
    ]);
  return [
    id,
    text
      .slice(at + 1)
      .split(',')
      .map(accountNamed),
  ];
}

function accountNamed(text: string): string {
  if (ACCOUNT.test(text)) return text;
  throw new Failure('usage', `'${text}' is not an account: it is @user, @org/team or an address`);
}
