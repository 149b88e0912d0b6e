import { join } from 'node:path';
import { builtinGlobs, CONTROL_FILES } from '../../core/policy/builtin.ts';
import { type CodeownersDialect, dialectOf } from '../../core/starter/codeowners-line.ts';
import { codeownersStarter } from '../../core/starter/codeowners-starter.ts';
import type { Starter } from '../../core/starter/starter.ts';
import { whyNoDivision } from '../../core/starter/why-no-division.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { Repo } from '../../domain/repo.ts';
import { followedCommits } from '../../git/history/followed-commits.ts';
import type { Host } from '../../host/host.ts';

/** What a proposal can be made from. */
export const POLICY_SOURCES = ['codeowners', 'folders', 'history'] as const;
export type PolicySourceName = (typeof POLICY_SOURCES)[number];

/** Enough to keep a person busy, few enough to look after. */
const AGENTS = 4;
/** With fewer commits over several files, folders say more. */
const FEW_COMMITS = 20;

/** Enough history to see who works where, little enough to read at once. */
const COMMITS = 1_000;

/** Where GitHub looks, in its order, then where only GitLab does; the first one counts. */
const CODEOWNERS = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'];

/** Where to look, and for what. */
export interface ProposalWishes {
  /** Absolute top of the work tree. */
  readonly top: string;
  /** What is tracked. */
  readonly paths: readonly RepoPath[];
  readonly agents?: number | undefined;
  readonly from?: PolicySourceName | undefined;
}

/**
 * Makes a first policy from the best source there is, or from the one that was asked for.
 *
 * @returns the proposal, and why CODEOWNERS was passed over when it is there
 * @throws Failure `usage` when CODEOWNERS was asked for and says nothing of who works where
 */
export async function proposePolicy(
  host: Host,
  repo: Repo,
  { top, paths, agents = AGENTS, from }: ProposalWishes,
): Promise<{ readonly starter: Starter; readonly note: string | null }> {
  const codeowners = readCodeownersFile(host, top);
  const fault = codeownersFault(codeowners, paths);
  if (codeowners !== null && fault === null && (from ?? 'codeowners') === 'codeowners') {
    host.progress(`reading ${codeowners.path}`, 0, 0);
    return { starter: codeownersStarter(codeowners.text, paths, codeowners.dialect), note: null };
  }
  if (from === 'codeowners')
    throw new Failure('usage', fault ?? 'there is no CODEOWNERS here', [
      hintTo('propose a policy from what changed together', 'bailiwick init --from history'),
    ]);
  const starter = await divideTree(host, repo, paths, agents, from);
  return { starter, note: from === undefined && codeowners !== null ? fault : null };
}

/** Why CODEOWNERS is not a source, as a sentence; null when it is one. */
function codeownersFault(
  codeowners: CodeownersFile | null,
  paths: readonly RepoPath[],
): string | null {
  if (codeowners === null)
    return `there is no CODEOWNERS, neither as ${CODEOWNERS.join(' nor as ')}`;
  const { path, text, dialect } = codeowners;
  const why = whyNoDivision(text, paths, dialect);
  return why === null ? null : `${path} says nothing of who works where: ${why}`;
}

/** Divides the tree by its history, or by its folders where there is not enough of that. */
async function divideTree(
  host: Host,
  repo: Repo,
  paths: readonly RepoPath[],
  agents: number,
  from: 'folders' | 'history' | undefined,
): Promise<Starter> {
  host.progress('reading the last commits', 0, 0);
  const commits = await followedCommits(repo, COMMITS);
  const telling = commits.filter((commit) => commit.paths.length > 1).length;
  host.progress('looking for a division', 0, 0);
  // The library for graphs is loaded by nothing else.
  const { divisionStarter } = await import('../../core/starter/division/division-starter.ts');
  const control = builtinGlobs(CONTROL_FILES);
  return divisionStarter(paths, commits, {
    agents,
    from: from ?? (telling < FEW_COMMITS ? 'folders' : 'history'),
    isControl: (path) => control.some((glob) => glob.matches(path)),
  });
}

interface CodeownersFile {
  readonly path: string;
  readonly text: string;
  readonly dialect: CodeownersDialect;
}

function readCodeownersFile(host: Host, top: string): CodeownersFile | null {
  for (const path of CODEOWNERS) {
    const bytes = host.files.read(join(top, path));
    if (bytes === null) continue;
    const text = bytes.toString();
    return { path, text, dialect: dialectOf(path, text) };
  }
  return null;
}
