import { bytes } from '../../core/install/hook-file.ts';
import { addPreCommitEntry, preCommitEntry } from '../../core/install/managers/pre-commit-entry.ts';
import { missingRemedy } from '../../core/install/package-tool.ts';
import type { InstallPlan } from '../../core/install/plan.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import type { HookFacts } from './hook-facts.ts';

/**
 * The step that puts entries of ours into the configuration of pre-commit or prek, or the lines to add.
 *
 * @throws Failure `usage` where neither is configured.
 */
export function planEntry({ home, manager, preCommit, tool }: HookFacts): InstallPlan {
  const { content, path } = preCommit;
  if (content === '')
    throw new Failure('usage', `there is no ${path}, so no hook of pre-commit or prek runs here`, [
      hintTo('set up the hooks alone', 'bailiwick init'),
    ]);
  const place = { home, remedy: missingRemedy(tool) };
  const edit = addPreCommitEntry(content, place);
  if ('reason' in edit)
    return {
      steps: [],
      snippets: [{ file: path, text: preCommitEntry(place), reason: edit.reason }],
    };
  if (edit.content === content) return { steps: [], snippets: [] };
  const why = `a refusal ends the run of ${manager === 'prek' ? 'prek' : 'pre-commit'}`;
  return {
    steps: [{ kind: 'write-file', path, content: bytes(edit.content), why }],
    snippets: [],
  };
}
