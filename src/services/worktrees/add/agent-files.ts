import { join } from 'node:path';
import { focusFileText } from '../../../core/worktrees/focus-file.ts';
import type { AgentFile } from '../../../core/worktrees/plan-add.ts';
import type { WorktreeRecord } from '../../../core/worktrees/registry.ts';
import {
  agentVariables,
  variableLines,
  type Variables,
} from '../../../core/worktrees/variables.ts';
import type { Oid } from '../../../domain/refs.ts';
import type { WorktreePorts } from '../../../domain/reports/worktree.ts';
import { readCommitTree, readTopFile } from '../../../git/objects/read-top-file.ts';
import { digest } from '../../../host/digest.ts';
import type { Files } from '../../../host/files.ts';
import type { Host } from '../../../host/host.ts';
import { programName } from '../../../host/program.ts';
import type { PolicySession } from '../../session/session.ts';
import { agentValues, readEnvironmentFile } from '../agent-environment.ts';
import { ENVIRONMENT_FILE, FOCUS_FILE } from '../registry-file.ts';
import type { ChosenPlace } from './choose-places.ts';
import { harnessFiles, type WantedFile } from './harness-files.ts';

/** The files of one worktree, and what is in the environment there. */
export interface AgentFiles {
  /** Those that are not as they are to be. */
  readonly files: readonly AgentFile[];
  readonly variables: Variables;
  /** See `WorktreeRecord`. */
  readonly written: WorktreeRecord['written'];
  /** Variables of the policy's `env` that have no value here. */
  readonly missing: readonly string[];
  readonly notes: readonly string[];
}

/**
 * What `.agent.env`, `AGENT_FOCUS.md` and the files of harnesses are to say. One that somebody changed stays as it is, and so
 * does one that git tracks.
 *
 * @param head the commit that is, or will be, checked out.
 */
export async function agentFiles(
  session: PolicySession,
  { agent, path, branch, worktree }: ChosenPlace,
  { ports, head }: { readonly ports: WorktreePorts; readonly head: Oid },
): Promise<AgentFiles> {
  const { host, reader, policy } = session;
  const { files, environment } = host;
  const before = readEnvironmentFile(files, path);
  const { values, missing } = agentValues(agent, environment, before);
  const variables = agentVariables(agent.id, ports, values);
  const { ownership, source } = policy;
  const program = programThere(host, path);
  const focus = { ownership, agent, branch, ports, source: source.ref, program };
  const commit = await readCommitTree(reader, head);
  const ofHarnesses = worktree?.main ? [] : await harnessFiles(session, path, commit?.tree ?? null);
  const wanted: WantedFile[] = [
    {
      name: ENVIRONMENT_FILE,
      content: `${variableLines(variables).join('\n')}\n`,
      secret: true,
      why: `what programs of ${agent.id} find in their environment`,
    },
    {
      name: FOCUS_FILE,
      content: focusFileText(focus),
      secret: false,
      why: `what ${agent.id} may change, its limits, the commands to use`,
    },
    ...ofHarnesses,
  ];
  const written: Record<string, readonly string[]> = { ...worktree?.record?.written };
  const changed: AgentFile[] = [];
  const notes: string[] = [];
  let edited = false;
  for (const file of wanted) {
    const tracked = commit !== null && (await readTopFile(reader, commit.tree, file.name)) !== null;
    const state = stateOf(files, join(path, file.name), file, written[file.name] ?? []);
    if (tracked) notes.push(`${file.name} is tracked by git, so ${agent.id} has none of its own`);
    else if (state === 'edited') {
      notes.push(`${join(path, file.name)} was changed by hand, and stays as it is`);
      edited ||= file.name === ENVIRONMENT_FILE;
    } else {
      // The one before as well: the command may be killed before the file is written.
      const known = written[file.name] ?? [];
      written[file.name] = [...new Set([...known.slice(-1), digest(file.content)])];
      if (state === 'other') changed.push(fileStep(path, file));
    }
  }
  const inForce = edited ? new Map([...variables, ...before]) : variables;
  return { files: changed, variables: inForce, written, missing: edited ? [] : missing, notes };
}

const fileStep = (path: string, { name, content, secret, why }: WantedFile): AgentFile => ({
  path: join(path, name),
  content,
  secret,
  why,
});

/** `other`: there is none, or one that was written earlier and says something else. */
function stateOf(
  files: Files,
  path: string,
  { content }: WantedFile,
  digests: readonly string[],
): 'edited' | 'other' | 'same' {
  const text = files.read(path)?.toString();
  if (text === undefined) return 'other';
  if (files.isLink(path)) return 'edited';
  if (text === content) return 'same';
  return digests.includes(digest(text)) ? 'other' : 'edited';
}

/** How the program is started in a worktree that may not be there yet: git's alias works in all of them. */
function programThere(host: Host, path: string): string {
  const here = programName(host);
  return here === 'git bailiwick' ? here : programName({ ...host, cwd: path });
}
