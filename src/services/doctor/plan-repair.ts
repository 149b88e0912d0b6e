import { isOurs } from '../../core/install/is-ours.ts';
import { beginMark } from '../../core/text/marked-block.ts';
import { bytes, type HookFile } from '../../core/install/hook-file.ts';
import type { Plan, Step } from '../../domain/plan.ts';
import type { Repo } from '../../domain/repo.ts';
import type { Diagnosis } from '../../domain/reports/doctor.ts';
import { sharedStatePaths } from '../../git/worktree/state-paths.ts';
import type { Host } from '../../host/host.ts';
import { type HookFacts } from '../install/hook-facts.ts';
import { planAlias, planHooks } from '../install/plan-hooks.ts';
import type { Workspace } from '../session/workspace.ts';

/** The steps that repair what is ours, and nothing else. */
export async function planRepair(
  host: Host,
  { repo, location }: Workspace,
  facts: HookFacts,
  diagnoses: readonly Diagnosis[],
): Promise<Plan> {
  const found = new Set(diagnoses.filter(({ ours }) => ours).map(({ code }) => code));
  if (found.size === 0) return [];
  const lock = sharedStatePaths(location).registryLock;
  return [
    ...(await planAlias(host, repo, facts)),
    ...(await planHookRepair(host, repo, facts)),
    ...(found.has('registry-lock')
      ? [{ kind: 'delete-file', path: lock, why: 'the process that made it has ended' } as const]
      : []),
  ];
}

/** The part of it that is about what git runs in one worktree. */
export async function planHookRepair(host: Host, repo: Repo, facts: HookFacts): Promise<Step[]> {
  const { steps: ends, facts: clean } = withoutCarriageReturns(facts);
  const { steps } = await planHooks(host, repo, clean);
  return [...ends, ...steps];
}

/** Hooks with our lines whose line ends somebody, or `core.autocrlf`, has changed. */
function withoutCarriageReturns(facts: HookFacts): { steps: Step[]; facts: HookFacts } {
  const steps: Step[] = [];
  const cleaned = (file: HookFile): HookFile => {
    const { content, path, link } = file;
    if (content === null || link !== null || !content.includes(`${beginMark()}\r\n`)) return file;
    if (!isOurs(facts, path)) return file;
    const text = content.replaceAll('\r\n', '\n');
    const why = 'no system finds a program whose name ends in a carriage return';
    steps.push({ kind: 'write-file', path, content: bytes(text), why });
    return { ...file, content: text };
  };
  const events = facts.events.map((each) => ({
    ...each,
    hook: cleaned(each.hook),
    legacy: cleaned(each.legacy),
    script: cleaned(each.script),
  }));
  return { steps, facts: { ...facts, events } };
}
