import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseActionReference, workflowFiles } from '../../src/core/install/workflows.ts';
import type { BranchName } from '../../src/domain/refs.ts';
import { packageRoot } from '../support/repository.ts';

const page = readFileSync(join(packageRoot, 'docs/action.md'), 'utf8');

describe('docs/action.md', () => {
  it('shows the workflow that init writes', () => {
    const action = parseActionReference(`a/b@${'a'.repeat(40)}`)!;
    const [gate] = workflowFiles(action, 'main' as BranchName);
    const shown = /```yaml\n(name: bailiwick gate[\s\S]*?)```/.exec(page)?.[1] ?? '';
    const lines = shown.split('\n').filter((line) => line.trim() !== '' && !line.includes('uses:'));
    const written = gate!.content.split('\n');
    expect(lines.filter((line) => !written.includes(line))).toEqual([]);
  });
});
