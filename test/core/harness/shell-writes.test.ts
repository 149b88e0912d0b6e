import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shellWrites } from '../../../src/core/harness/shell/shell-writes.ts';
import { packageRoot } from '../../support/repository.ts';

const HOME = '/home/dev';

/** Started in a worktree's own part; another worktree lies in `nested`. */
const written = (command: string, home: string | null = HOME): string[] =>
  shellWrites(command, {
    home,
    start: '/w/a1/src',
    topOf: (directory) => (directory.startsWith('/w/a1/src/nested') ? '/w/a1/src/nested' : '/w/a1'),
  });

describe('files a command plainly writes', () => {
  it.each<[command: string, paths: string[]]>([
    ['echo hi > forbidden.txt', ['forbidden.txt']],
    ['echo hi >>a/b', ['a/b']],
    ['echo hi >| a', ['a']],
    ['cmd &> a', ['a']],
    ['cmd 2>err 1>&2', ['err']],
    ['cmd >&2 <in', []],
    [`echo "a > b" 'c > d' \\> e`, []],
    ['echo x > "a b/c d"', ['a b/c d']],
    ["echo x > a'b'\\ c", ['ab c']],
    ['cat x | tee -a one two >/dev/null', ['/dev/null', 'one', 'two']],
    ["sed -i 's/a/b/' x y", ['x', 'y']],
    ["sed -i.bak -e 's/a/b/' x", ['x']],
    ["sed -i '' 's/a/b/' x", ['x']],
    ["sed -n 's/a/b/p' x", []],
    ["perl -pi -e 's/a/b/' x", ['x']],
    ['cp a b', ['b']],
    ['cp a b dir/', ['dir/a', 'dir/b']],
    ['cp -r ../x/a .', ['./a']],
    ['cp -t dir a b', ['dir']],
    ['mv a b', ['a', 'b']],
    ['mv a b/', ['a', 'b/a']],
    ['rm -rf a b', ['a', 'b']],
    ['rm -- -x', ['-x']],
    ['rm src/b/*.ts', ['src/b/']],
    ['rm *', []],
    ['touch -d yesterday a', ['a']],
    ['truncate -s 0 a', ['a']],
    ['dd if=/dev/zero of=a bs=1', ['a']],
    ['ln -s x a', ['a']],
    ['chmod +x a', ['a']],
    ['git checkout -- a b', ['a', 'b']],
    ['git checkout main -- a', ['a']],
    ['git checkout main', []],
    ['git checkout HEAD~1 a b', ['a', 'b']],
    ['git checkout --theirs a', ['a']],
    ['git checkout -b new origin/main', []],
    ['git checkout --track -B new origin/main', []],
    ['git clean -fd a', ['a']],
    ['git clean -nd a', []],
    ['git stash push -u -- a', []],
    ['sudo -u root -E rm a', ['a']],
    ['nice -n 5 timeout -s KILL 9 env -u X A=1 rm a', ['a']],
    ['/usr/bin/env rm a', ['a']],
    ['busybox rm a && setsid rm b; coproc rm c', ['a', 'b', 'c']],
    ['xargs -n 1 rm a < list', ['a']],
    ['echo a b | xargs -0 -I {} rm', ['a', 'b']],
    ['echo a; ls | xargs rm', []],
    ['find a b -delete', ['a', 'b']],
    ['find a -type f -exec rm {} +', ['a']],
    ["find a -name '*.pyc' -delete", []],
    ['find . -exec grep x {} +', []],
    ['curl -s -o a https://example.com/x', ['a']],
    ['wget --output-document=a x; sort -o b b', ['a', 'b']],
    ['rsync -a --exclude x one two', ['two']],
    ['x=$(rm a)', ['a']],
    ['echo "$(cd sub && rm a)" `rm b` > "$(tee c)"', ['sub/a', 'b', 'c']],
    ["echo '$(rm a)'", []],
    ['echo $((1 > 2))', []],
    ['[[ a > b ]] && rm c', ['c']],
    ['[[ $a == x && $a > b ]]', []],
    ['git -C sub restore --source=main a', ['sub/a']],
    ['git restore --staged a', []],
    ['git restore -SW a', ['a']],
    ['git rm --cached a', []],
    ['git rm -q a', ['a']],
    ['git mv a b', ['a', 'b']],
    ['git commit -m "x > y"', []],
    ["apply_patch <<'EOF'\n*** Begin Patch\n*** Add File: a\n+x\n*** End Patch\nEOF", ['a']],
    ["apply_patch '*** Begin Patch\n*** Delete File: a\n*** End Patch'", ['a']],
    ['patch -p1 <<EOF\n--- a/x\n+++ b/x\n@@\nEOF', ['x']],
    ['git apply <<-EOF\n\t--- a/x\n\t+++ b/y\n\tEOF', ['x', 'y']],
    ['cat <<EOF > a\n> b\nEOF\necho > c', ['a', 'c']],
    ['cd sub && echo > a', ['sub/a']],
    ['cd /abs; rm a', ['/abs/a']],
    ['(cd sub; rm a); rm b', ['sub/a', 'b']],
    ['cd "$X" && rm a /b', ['/b']],
    ['cd - && rm a', []],
    ['echo > ~/a', ['/home/dev/a']],
    ['echo > ~other/a', []],
    ['echo > $X/a', []],
    ['cd sub && echo > ../a', ['sub/../a']],
    ['echo > $PWD/a', ['/w/a1/src/a']],
    ['echo > "$PWD"/../other/a', ['/w/a1/src/../other/a']],
    ['echo > "${PWD}/a b"', ['/w/a1/src/a b']],
    ['echo > "$(pwd)/a"', ['/w/a1/src/a']],
    ['echo > `pwd -P`/a', ['/w/a1/src/a']],
    ["echo > '$PWD/a' 2> \\$PWD", ['$PWD', '$PWD/a']],
    ['cd ../web && echo > $PWD/a', ['/w/a1/src/../web/a']],
    ['cd /abs; echo > ${PWD}/a', ['/abs/a']],
    ['(cd sub); echo > $PWD/a', ['/w/a1/src/a']],
    ['cd "$X"; echo > $PWD/a', []],
    ['cd - ; echo > $PWD/a', []],
    ['pushd sub; popd; rm a', []],
    ['cd; rm a', ['/home/dev/a']],
    ['echo > $HOME/a', ['/home/dev/a']],
    ['rm "${HOME}"/a', ['/home/dev/a']],
    ['rm $PWD/*.ts $PWD/sub/[ab]', ['/w/a1/src/', '/w/a1/src/sub/']],
    ['touch ../web/{a,b}.ts', ['../web/']],
    ['echo > $(git rev-parse --show-toplevel)/web/a', ['/w/a1/web/a']],
    ['echo > "$(git rev-parse --show-toplevel 2>/dev/null)/web/a"', ['/dev/null', '/w/a1/web/a']],
    ['cd $(git rev-parse  --show-toplevel) && rm web/a', ['/w/a1/web/a']],
    ['cd nested && rm "$( git rev-parse --show-toplevel )"/a', ['/w/a1/src/nested/a']],
    ['git -C "$PWD/.." rm web/a', ['/w/a1/src/../web/a']],
    ['D=../web; rm $D/a "${D}/b"', ['../web/a', '../web/b']],
    ['D=$PWD/../web && export E="$D/c"; rm $E', ['/w/a1/src/../web/c']],
    ['D=~/x; rm $D', ['/home/dev/x']],
    ['D=web rm $D/a', []],
    ['(D=web); rm $D/a', []],
    ['D=web; D=$(date); rm $D/a', []],
    ['D=web; read -r D; rm $D/a', []],
    ['for D in a b; do rm $D/a; done', []],
    ['if true; then D=web; fi; rm $D/a', ['web/a']],
    ['D=web; bash -c "rm $D/a"', ['web/a']],
    ['rm $D/a ${D:-web}/b $(date)/c `date` $1/d', []],
    ['X=1 sudo -E env Y=2 rm a', ['a']],
    ['timeout 5 rm a', ['a']],
    ['if true; then rm a; fi', ['a']],
    ['/bin/rm a', ['a']],
    [`bash -lc 'echo > a'`, ['a']],
    ['bash <<EOF\nrm a\nEOF', ['a']],
    ['eval "rm a"', ['a']],
    ['# rm a', []],
    ['echo a#b > c', ['c']],
    ['echo \\\n> a', ['a']],
    ['', []],
  ])('%j', (command, paths) => {
    expect(written(command).sort()).toEqual([...paths].sort());
  });

  it('are read from anything, whatever is left open in it', () => {
    const parts = [
      '>',
      '"',
      "'",
      '`',
      '$(',
      '${',
      '<<EOF',
      '\n',
      '\\',
      ' ',
      'rm',
      'a',
      ')',
      '{',
      '|',
    ];
    const command = fc.array(fc.oneof(fc.constantFrom(...parts), fc.string()), { maxLength: 40 });
    fc.assert(
      fc.property(command, (words) => {
        expect(Array.isArray(written(words.join(' ')))).toBe(true);
        expect(Array.isArray(written(words.join(''), null))).toBe(true);
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it('of a shell in a shell in a shell are looked for only so deep', () => {
    let command = 'rm a';
    for (let depth = 0; depth < 12; depth += 1) command = `bash -c ${JSON.stringify(command)}`;
    expect(written(command, null)).toEqual([]);
  });
});

describe('what a shell allows without asking', () => {
  const list = readFileSync(join(packageRoot, 'hooks/edit'), 'utf8');
  const branches =
    /harmless_command\(\) \{[^]*?case \$\{1-\} in\s+''([^)]*)\)[^]*?case \$\{2-\} in([^)]*)\)/.exec(
      list,
    )!;
  const namesIn = (text: string): string[] => text.split(/[\s|\\]+/).filter((name) => name !== '');
  const programs = namesIn(branches[1]!);
  const subcommands = namesIn(branches[2]!).map((name) => `git ${name}`);

  it('is a list of programs that are taken to write nothing, whatever their words are', () => {
    expect(programs).toContain('npm');
    expect(subcommands).toContain('git status');
    for (const program of [...programs, ...subcommands])
      for (const words of [
        'a',
        'a b/',
        '-i a',
        '-o a -O b',
        '-t a',
        '--output=a',
        '-c "rm a"',
        '-f -- a',
      ])
        expect([program, written(`${program} ${words}`)]).toEqual([program, []]);
  });
});
