import type { Step } from '../../domain/plan.ts';
import type { GuardEvent, HookManager, Snippet } from '../../domain/reports/init.ts';
import { assertNever } from '../../domain/result.ts';
import { type CommandPlace, guardBlock, sharedHookBlock } from './guard-block.ts';
import { guardCommand } from './guard-command.ts';
import { armBlock } from './managers/husky-worktrees.ts';
import { bytes, byteString, guardHookFile, guardScript, type HookFile } from './hook-file.ts';
import type { EventFacts } from './hook-status.ts';
import { addLefthookJob, lefthookSnippet } from './managers/lefthook.ts';
import { type ConfigurationFile, runsLegacy } from './managers/manager.ts';
import { missingRemedy, type PackageTool } from './package-tool.ts';
import type { JsonEdit } from './read-json.ts';
import { addSimpleGitHook, isScript } from './managers/simple-git-hooks.ts';
import { addToSimpleGitHooksScript } from './managers/simple-git-hooks-script.ts';

/** What `init` knows about the hooks of the worktree it stands in. */
export interface InstallFacts {
  /** Top of the worktree, absolute. */
  readonly top: string;
  readonly manager: HookManager;
  /** One for each event that is judged. */
  readonly events: readonly EventFacts[];
  /** What git runs in each worktree for a change of a ref; husky gives each its own directory. */
  readonly transactions: readonly EventFacts[];
  /** husky's script for `post-checkout`. */
  readonly postCheckout: HookFile;
  /** husky's own directory, relative to the top: `.husky`. */
  readonly huskyDirectory: string;
  /** Content '' where there is none. */
  readonly lefthook: ConfigurationFile;
  readonly packageJson: ConfigurationFile;
  /** The file that simple-git-hooks reads. */
  readonly simpleGitHooks: ConfigurationFile;
  /** What pre-commit and prek read, with content '' where there is none. */
  readonly preCommit: ConfigurationFile;
  /** Where the package is, relative to the top of a worktree. */
  readonly home: string;
  /** What looks after the packages here. */
  readonly tool: PackageTool;
}

/** Steps that can be taken, and lines that someone has to add by hand. */
export interface InstallPlan {
  readonly steps: readonly Step[];
  readonly snippets: readonly Snippet[];
}

/** Decides how the guard joins what the repository already uses. Replaces nothing. */
export function planInstall(facts: InstallFacts): InstallPlan {
  const { manager, events, lefthook, simpleGitHooks, top } = facts;
  const place: CommandPlace = { home: facts.home, remedy: missingRemedy(facts.tool) };
  switch (manager) {
    case 'husky':
      return { steps: huskySteps(facts, place), snippets: [] };
    case 'lefthook': {
      const named = { ...place, file: lefthook.path.slice(top.length + 1) };
      const plan = configure(
        lefthook,
        events.filter(({ event }) => event !== 'reference-transaction'),
        (content, event) => addLefthookJob(content, event, named),
        (event) => lefthookSnippet(event, named),
      );
      return { ...plan, steps: [...plan.steps, ...transactionSteps(events, place)] };
    }
    case 'simple-git-hooks': {
      const whole = simpleGitHooks.path !== facts.packageJson.path;
      return configure(
        simpleGitHooks,
        events,
        (content, event) =>
          isScript(simpleGitHooks.path)
            ? addToSimpleGitHooksScript(content, event, place)
            : addSimpleGitHook(content, event, place, whole),
        (event) => simpleGitHooksSnippet(event, place),
      );
    }
    case 'outside':
      return { steps: [], snippets: events.map(outsideSnippet) };
    case 'husky-4':
    case 'overcommit':
    case 'plain':
    case 'pre-commit':
    case 'prek':
      return {
        steps: events.flatMap((each) =>
          guardHookFile(target(each), each.event, {
            ...place,
            // It does not know the hook that git starts for every change of a ref.
            huskyFour: manager === 'husky-4' && each.event !== 'reference-transaction',
          }),
        ),
        snippets: [],
      };
    default:
      return assertNever(manager);
  }
}

/** pre-commit and prek overwrite the file git runs, and run the one they call legacy. */
const target = ({ hook, legacy }: EventFacts): HookFile =>
  runsLegacy(hook.content ?? '') ? legacy : hook;

/**
 * The hook that git starts for every change of a ref is a file of its own: a manager in between would take
 * longer each time than all that is asked, and husky does not know it.
 */
const transactionSteps = (events: InstallFacts['events'], place: CommandPlace): Step[] =>
  events.flatMap(({ event, hook }) =>
    event === 'reference-transaction' ? guardHookFile(hook, event, place) : [],
  );

function huskySteps(
  { events, postCheckout, huskyDirectory, transactions }: InstallFacts,
  place: CommandPlace,
): Step[] {
  const guards = events.flatMap(({ event, script }) =>
    event === 'reference-transaction'
      ? []
      : guardScript(script, (created) => guardBlock(event, { ...place, created, chained: false })),
  );
  return [
    ...guards,
    ...transactionSteps(transactions, place),
    ...guardScript(postCheckout, (created) => byteString(armBlock(huskyDirectory, created))),
  ];
}

/** One file, edited once for each event; events that cannot be edited become snippets. */
function configure(
  file: ConfigurationFile,
  events: InstallFacts['events'],
  add: (content: string, event: GuardEvent) => JsonEdit,
  snippet: (event: GuardEvent) => string,
): InstallPlan {
  const left = new Map<string, string[]>();
  let content = file.content;
  for (const { event } of events) {
    const edit = add(content, event);
    if ('content' in edit) content = edit.content;
    else left.set(edit.reason, [...(left.get(edit.reason) ?? []), snippet(event)]);
  }
  const why = 'the hook manager runs the guard';
  const write: Step = { kind: 'write-file', path: file.path, content: bytes(content), why };
  return {
    steps: content === file.content ? [] : [write],
    snippets: [...left].map(([reason, texts]) => ({
      file: file.path,
      text: texts.join('\n'),
      reason,
    })),
  };
}

const simpleGitHooksSnippet = (event: GuardEvent, place: CommandPlace): string =>
  `"${event}": ${JSON.stringify(guardCommand(event, place).join('; '))}`;

const outsideSnippet = ({ event, hook }: EventFacts): Snippet => ({
  file: hook.path,
  text: sharedHookBlock(event),
  reason: 'it lies outside the repository, and others use it too',
});
