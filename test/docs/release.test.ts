import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../support/repository.ts';

const script = join(packageRoot, 'scripts/release-notes.mjs');
const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
  version: string;
};

describe('scripts/release-notes.mjs', () => {
  it('prints what is new in the version of the package', () => {
    const notes = execFileSync(process.execPath, [script, version], { encoding: 'utf8' });
    expect(notes).toMatch(/\S/);
    expect(notes).not.toMatch(/^## /m);
  });

  it('stops a release that says nothing of itself', () => {
    const outcome = spawnSync(process.execPath, [script, '999.0.0'], { encoding: 'utf8' });
    expect(outcome).toMatchObject({
      status: 1,
      stdout: '',
      stderr: "CHANGELOG.md has no section '## 999.0.0'\n",
    });
  });
});
