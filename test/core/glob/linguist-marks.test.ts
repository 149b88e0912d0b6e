import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { linguistMarks } from '../../../src/core/glob/linguist-marks.ts';
import { TestRepository } from '../../support/repository.ts';

const FILES: Readonly<Record<string, string>> = {
  '': `# comment linguist-generated
[attr]made linguist-generated
*.pb.go linguist-generated
gen/** linguist-generated=true
/top.ts linguist-generated
docs/*.md made
"with space.ts" linguist-generated
src/**/api.ts linguist-generated
*.min.js linguist-vendored -diff
[ab]x.ts linguist-generated
[!ab]y.ts linguist-generated
q?.ts linguist-generated
star\\*.ts linguist-generated
never/ linguist-generated
!not.ts linguist-generated
false.ts linguist-generated=false
dir linguist-generated
`,
  gen: 'hand.ts -linguist-generated\nunset.ts !linguist-generated\n',
  'src/deep': '*.ts linguist-generated\nlib/x.js linguist-vendored\n',
};
const PATHS = [
  ...['a.pb.go', 'x/y/a.pb.go', 'gen/a.ts', 'gen/b/c.ts', 'gen/hand.ts', 'gen/b/hand.ts'],
  ...['gen/unset.ts', 'top.ts', 'x/top.ts', 'docs/a.md', 'docs/x/a.md', 'x/docs/a.md'],
  ...[
    'with space.ts',
    'src/api.ts',
    'src/a/b/api.ts',
    'a.min.js',
    'ax.ts',
    'cx.ts',
    'ay.ts',
    'cy.ts',
  ],
  ...['q1.ts', 'q.ts', 'star*.ts', 'stars.ts', 'never/a.ts', 'not.ts', '!not.ts', 'false.ts'],
  ...[
    'dir/a.ts',
    'x/dir',
    'src/deep/a.ts',
    'src/deep/lib/x.js',
    'src/lib/x.js',
    'src/deep/b/c.ts',
    'hand.ts',
  ],
];

it('files are marked as git itself says', () => {
  const repository = TestRepository.create({});
  for (const [directory, text] of Object.entries(FILES)) {
    const file = join(repository.directory, directory, '.gitattributes');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const names = ['linguist-generated', 'linguist-vendored'];
  const { stdout } = spawnSync('git', ['check-attr', '--stdin', '-z', ...names], {
    cwd: repository.directory,
    input: PATHS.map((path) => `${path}\0`).join(''),
    encoding: 'utf8',
  });
  const fields = stdout.split('\0');
  const wanted = Array.from({ length: PATHS.length * 2 }, (_, at) => {
    const [path, name, value] = fields.slice(at * 3, at * 3 + 3) as [string, string, string];
    return `${path} ${name} ${!['unspecified', 'unset', 'false'].includes(value)}`;
  });
  const marks = linguistMarks(
    Object.entries(FILES).map(([directory, text]) => ({ directory, text })),
  );
  const said = PATHS.flatMap((path) => [
    `${path} linguist-generated ${marks.isGenerated(path)}`,
    `${path} linguist-vendored ${marks.isVendored(path)}`,
  ]);
  expect(said).toEqual(wanted);
  expect(wanted.filter((line) => line.endsWith('true')).length).toBeGreaterThan(10);
});

it('a pattern that would take for ever marks nothing', () => {
  const text = `${'*a'.repeat(40)} linguist-generated\n`;
  const { isGenerated } = linguistMarks([{ directory: '', text }]);
  expect(isGenerated(`${'a'.repeat(2000)}b`)).toBe(false);
});
