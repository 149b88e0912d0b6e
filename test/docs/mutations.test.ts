import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MUTATIONS } from '../mutation/mutations.ts';
import { packageRoot } from '../support/repository.ts';

const textOf = (file: string): string => readFileSync(join(packageRoot, file), 'utf8');

describe('the table of mutations', () => {
  it.each(MUTATIONS.map((mutation) => [mutation.rule, mutation] as const))(
    'names what is there: %s',
    (_, { edits, test: [file, title] }) => {
      for (const edit of edits) expect(textOf(edit.file)).toContain(edit.from);
      expect(textOf(file)).toContain(title);
    },
  );
});
