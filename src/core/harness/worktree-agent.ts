import type { AgentId } from '../../domain/ids.ts';
import type { Ownership } from '../../domain/ownership.ts';

/** Whom a worktree is for, and what for; no topic when its name says no more than the agent. */
export interface WorktreeFor {
  readonly agent: AgentId;
  readonly topic: string | null;
}

/** What a harness names worktrees by itself, before the part that differs. */
const OWN_WORDS = /^(?:worktree|agent|wt)[-_/]/;

/**
 * Whom the name of a worktree means: `a1`, `a1-parser` and `feat/a1/parser` are all a1's. Of several
 * agents that fit, the one with the longest name; null when none does.
 */
export function worktreeAgent(
  { agents }: Pick<Ownership, 'agents'>,
  name: string,
): WorktreeFor | null {
  const names = [...agents.values()]
    .flatMap(({ id, aliases }) => [id, ...aliases].map((said) => ({ id, said })))
    .sort((a, b) => b.said.length - a.said.length);
  for (const candidate of candidatesOf(name))
    for (const { id, said } of names) {
      if (candidate === said) return { agent: id, topic: null };
      if (candidate.startsWith(said) && /^[-_./+]/.test(candidate.slice(said.length)))
        return { agent: id, topic: candidate.slice(said.length + 1) || null };
    }
  return null;
}

/** The whole name first, then without what stands before the agent. */
function candidatesOf(name: string): string[] {
  const parts = name.split('/');
  return [
    name,
    name.replace(OWN_WORDS, ''),
    ...parts.slice(1).map((_, at) => parts.slice(at + 1).join('/')),
  ];
}
