import { join } from 'node:path';
import {
  bypassedFinding,
  parsePassed,
  passedLine,
  passedHeader,
  notPassed,
} from '../../core/guard/passed-commits.ts';
import { Failure } from '../../domain/failure.ts';
import type { Finding } from '../../domain/finding.ts';
import { agentOf, type Identity } from '../../domain/identity.ts';
import { type BranchName, branchRef, type Oid } from '../../domain/refs.ts';
import { commitsAhead } from '../../git/history/commits-ahead.ts';
import { readCommitTree } from '../../git/objects/read-top-file.ts';
import { sharedStatePaths, worktreeStatePaths } from '../../git/worktree/state-paths.ts';
import type { PolicySession, Session } from '../session/session.ts';

/** Bytes; then another file is begun, and the one before the last is forgotten. */
const LONGEST = 512 * 1024;

/**
 * Writes down that a hook has passed the commit that is about to be made. `hooks/lane` adds lines to the
 * same file. It is worth a word of advice and no more: whoever can write there could also take the hooks
 * away. What cannot be written is left out.
 */
export async function notePassedCommit(session: Session): Promise<void> {
  try {
    await writePassedCommit(session);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
  }
}

async function writePassedCommit({ host, reader, workspace }: Session): Promise<void> {
  const { files, environment } = host;
  const { location } = workspace;
  const { passedCommits, oldPassedCommits } = sharedStatePaths(location);
  const head = files.read(join(location.gitDirectory, 'HEAD'))?.toString().trimEnd() ?? '';
  files.write(
    worktreeStatePaths(location).passed,
    [head, environment['BAILIWICK_AGENT'] ?? '', environment['AGENT_ID'] ?? '', ''].join('\n'),
  );
  if (location.head === null) return;
  const size = files.size(passedCommits);
  if (size !== null && size > LONGEST) files.rename(passedCommits, oldPassedCommits);
  if (size === null || size > LONGEST) files.put(passedCommits, `${passedHeader(host.now())}\n`);
  const before = (await readCommitTree(reader, 'HEAD'))?.commit ?? null;
  files.append(passedCommits, `${passedLine(before, location.head)}\n`);
}

/** What no hook has passed among the commits that a branch of an agent has ahead of the base. */
export async function bypassAdvice(
  session: PolicySession,
  identity: Identity,
  { branch, head }: { readonly branch: BranchName | null; readonly head: Oid },
): Promise<Finding[]> {
  const agent = agentOf(identity);
  const base = session.policy.base;
  if (agent === null || branch === null || base === null) return [];
  const suspects = await unseenOn(session, branch);
  if (suspects.length === 0) return [];
  const { repo } = session.workspace;
  const ahead = await commitsAhead(repo, base.commit, [head]);
  const own = new Set(ahead.map(([commit]) => commit));
  const found = bypassedFinding(
    agent,
    branch,
    [...new Set(suspects)].filter((oid) => own.has(oid)),
  );
  return found === null ? [] : [found];
}

/** Read from files alone, unless something was set by hand. */
async function unseenOn(session: PolicySession, branch: BranchName): Promise<Oid[]> {
  const { host, reader, workspace } = session;
  const { passedCommits, oldPassedCommits } = sharedStatePaths(workspace.location);
  const texts = [oldPassedCommits, passedCommits].flatMap(
    (path) => host.files.read(path)?.toString() ?? [],
  );
  const known = parsePassed(texts);
  if (known === null) return [];
  const ref = branchRef(branch);
  const log = host.files.read(join(workspace.location.commonDirectory, 'logs', ref));
  const unseen: Oid[] = [];
  for (const { before, after, plumbed } of notPassed(log?.toString() ?? '', ref, known)) {
    if (plumbed) {
      const parent = await readCommitTree(reader, `${after}^`);
      if (before === null || parent?.commit !== before) continue;
    }
    unseen.push(after);
  }
  return unseen;
}
