import { Failure } from '../../domain/failure.ts';
import { type Hint, hintTo } from '../../domain/hint.ts';
import { sharedStatePaths } from '../../git/worktree/state-paths.ts';
import { digest } from '../../host/digest.ts';
import { exclusively } from '../../host/exclusive.ts';
import type { Host } from '../../host/host.ts';
import type { Session } from '../session/session.ts';

/** Commands of the policy that belong together, and all they run with that the policy says. */
export interface CommandSet {
  /** A key for it that stays when the commands change: `setup`, `validate of a1`. */
  readonly name: string;
  /** What the commands are for, a clause: `to run in each new worktree`. */
  readonly purpose: string;
  readonly commands: readonly string[];
  /**
   * Variables that the policy sets for them, `NAME=value`, of which some (`NODE_OPTIONS`, `PATH`,
   * `GIT_SSH_COMMAND`) make a command run anything.
   */
  readonly variables: readonly string[];
}

/** What was typed, and what else would do. */
export interface ApprovalRequest {
  /** It was said on the command line. */
  readonly yes: boolean;
  /** What was typed, for the hint. */
  readonly command: string;
  /** What leads on without the commands, where that makes sense. */
  readonly without?: Hint | undefined;
}

/** Digests of what was approved, by the name of the set. */
type Approvals = ReadonlyMap<string, readonly string[]>;

/** Nobody needs to be asked about the commands, any more or at all. */
export const areApproved = ({ host, workspace }: Session, set: CommandSet): boolean =>
  set.commands.length === 0 ||
  isAmong(readApprovals(host, sharedStatePaths(workspace.location).approvals), set);

/**
 * Makes sure that somebody wants these commands to run on this machine: asks the first time, and again
 * when they or the variables they run with have changed. The answer is kept by their digest.
 *
 * @throws Failure `usage` when nobody says yes; nothing has been done by then.
 */
export async function approveCommands(
  { host, workspace }: Session,
  sets: readonly CommandSet[],
  request: ApprovalRequest,
): Promise<void> {
  const { approvals: path, approvalsLock } = sharedStatePaths(workspace.location);
  const known = readApprovals(host, path);
  const open = sets.filter((set) => set.commands.length > 0 && !isAmong(known, set));
  if (open.length === 0) return;
  if (!request.yes) await ask(host, open, known, request);
  await exclusively(approvalsLock, () => {
    const all = new Map(readApprovals(host, path));
    for (const set of open)
      all.set(set.name, [...new Set([...(all.get(set.name) ?? []), approvalOf(set)])]);
    host.files.write(path, formatApprovals(all));
    return Promise.resolve();
  });
}

const approvalOf = ({ commands, variables }: CommandSet): string =>
  digest(JSON.stringify([commands, variables]));

const isAmong = (known: Approvals, set: CommandSet): boolean =>
  known.get(set.name)?.includes(approvalOf(set)) === true;

async function ask(
  host: Host,
  sets: readonly CommandSet[],
  known: Approvals,
  { command, without }: ApprovalRequest,
): Promise<void> {
  const words = sets.map((set) => {
    const changed = (known.get(set.name) ?? []).length > 0;
    const since =
      ', which have changed since they were approved, or the variables they run with have';
    return `ownership.yml has commands ${set.purpose}${changed ? since : ''}`;
  });
  const lines = sets.flatMap(({ commands, variables }, at) => [
    `${words[at]}:`,
    ...commands.map((each) => `  ${each}`),
    ...(variables.length > 0
      ? ['with these variables:', ...variables.map((each) => `  ${each}`)]
      : []),
  ]);
  const answer = await host.confirm([...lines, 'Run them?'].join('\n'));
  if (answer === true) return;
  const why = answer === null ? 'there is nobody here to approve them' : 'they were not approved';
  const list = [...new Set(sets.flatMap(({ commands }) => commands))].join('; ');
  throw new Failure('usage', `${words.join('; ')}, and ${why}: ${list}; nothing was done`, [
    hintTo('approve them', `${command} --yes`),
    ...(without ? [without] : []),
  ]);
}

const SETUP = 'setup';

/** The setup commands stand where they stood before there were others. */
const formatApprovals = (approvals: Approvals): string => {
  const { [SETUP]: setup, ...others } = Object.fromEntries(approvals);
  const rest = Object.keys(others).length > 0 ? { others } : {};
  return `${JSON.stringify({ version: 1, setup: setup ?? [], ...rest })}\n`;
};

/** A file, or a part of it, that cannot be read approves nothing. */
function readApprovals({ files }: Host, path: string): Approvals {
  try {
    const stored = JSON.parse(files.read(path)?.toString() ?? '{}') as Record<string, unknown>;
    const others = Object.entries((stored['others'] ?? {}) as Record<string, unknown>);
    return new Map(
      [[SETUP, stored['setup']] as const, ...others].map(([name, digests]) => [
        name,
        textsOf(digests),
      ]),
    );
  } catch {
    return new Map();
  }
}

const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
