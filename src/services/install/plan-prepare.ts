import { bytes } from '../../core/install/hook-file.ts';
import { addPrepareScript } from '../../core/install/prepare-script.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import type { Step } from '../../domain/plan.ts';
import type { HookFacts } from './hook-facts.ts';

/**
 * The step that makes an install set up the hooks.
 *
 * @param before what is planned already: it may change the same file
 * @throws Failure `usage` where there is no `package.json`, or it is not safe to edit.
 */
export function planPrepare(
  { packageJson, tool, strict }: HookFacts,
  before: readonly Step[],
): Step[] {
  if (tool.name === 'none')
    throw new Failure('usage', 'there is no package.json here, and so no prepare script', [
      hintTo('set up the hooks alone', 'bailiwick init'),
    ]);
  const { path } = packageJson;
  const earlier = before.findLast((step) => step.kind === 'write-file' && step.path === path);
  const content =
    earlier?.kind === 'write-file'
      ? Buffer.from(earlier.content).toString('latin1')
      : packageJson.content;
  const edit = addPrepareScript(content, tool.script, strict);
  if ('reason' in edit)
    throw new Failure('usage', `package.json was not changed: ${edit.reason}`, [
      hintTo(
        `add it by hand, put bailiwick init --no-policy${strict ? ' --strict' : ''} into its ${tool.script} script`,
      ),
    ]);
  const why = 'an install sets up the hooks';
  return edit.content === content
    ? []
    : [{ kind: 'write-file', path, content: bytes(edit.content), why }];
}
