import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { removeHookBlocks } from '../../../../src/core/install/hook-block.ts';
import {
  addLefthookJob,
  hasLefthookJob,
  lefthookSnippet,
} from '../../../../src/core/install/managers/lefthook.ts';
import {
  extendedBy,
  readLefthookConfig,
  remotesOf,
} from '../../../../src/core/install/managers/lefthook-config.ts';
import { GUARD_EVENTS } from '../../../../src/domain/reports/init.ts';

const HOME = {
  home: 'node_modules/bailiwick',
  remedy: 'To install it, run npm ci',
  file: 'lefthook.yml',
};

function addAll(content: string): string | null {
  let edited = content;
  for (const event of GUARD_EVENTS) {
    const edit = addLefthookJob(edited, event, HOME);
    if ('reason' in edit) return null;
    edited = edit.content;
  }
  return edited;
}

describe('the guard in the configuration of lefthook', () => {
  it.each<[what: string, content: string]>([
    ['nothing', ''],
    ['a comment', '# hooks\n'],
    ['no final line break', 'colors: false'],
    ['other hooks', 'commit-msg:\n  jobs:\n    - run: x\n'],
    [
      'jobs',
      'pre-commit:\n  parallel: true\n  jobs:\n    - name: a\n      run: x\n    - run: y\n\n# end\n',
    ],
    ['jobs at the same indentation', 'pre-commit:\n  jobs:\n  - run: x\n  skip: merge\n'],
    [
      'commands',
      'pre-push:\n  commands: # all\n    # first\n    test:\n      run: x\npre-commit:\n    commands:\n        a: {run: x}\n',
    ],
    ['scripts', 'pre-push:\n  scripts:\n    "x.sh":\n      runner: sh\n'],
    ['an empty hook', 'pre-commit:\ncolors: false\n'],
    ['a hook at the end without line break', 'pre-commit:\n  jobs:\n    - run: x'],
    [
      'jobs of another hook first',
      'post-merge:\n  jobs:\n    - run: z\npre-commit:\n  jobs:\n    - run: x\n',
    ],
    ['a document of its own', '---\npre-commit:\n  jobs:\n    - run: x\n...\n'],
    ['an end without a line break', 'colors: false\n...'],
    ['bytes', 'pre-commit:\n  jobs:\n    - run: echo caf\xc3\xa9\n'],
  ])('runs first and is taken out to the byte: %s', (_what, content) => {
    const edited = addAll(content)!;
    expect(GUARD_EVENTS.map((event) => hasLefthookJob(edited, event))).toEqual([true, true, true]);
    expect(addAll(edited)).toBe(edited);
    expect(removeHookBlocks(edited)).toBe(content);
  });

  it('stands first in the list, and feeds pre-push', () => {
    const content = 'pre-push:\n  jobs:\n    - name: test\n      run: x\n';
    expect(addAll(content)).toMatchInlineSnapshot(`
      "pre-push:
        jobs:
          # >>> bailiwick >>>
          - name: bailiwick
            use_stdin: true
            files: echo lefthook.yml
            run: |
              : {files}
              b=node_modules/bailiwick
              [ -f "$b/dist/hook.cjs" ] || b=$(git config bailiwick.home) || b=
              if [ -f "$b/dist/hook.cjs" ]
              then [ -z "$(unset GIT_LITERAL_PATHSPECS GIT_GLOB_PATHSPECS GIT_NOGLOB_PATHSPECS GIT_ICASE_PATHSPECS; t=$(cd -P . && pwd -P) && d=$(cd -P "$b" && pwd -P) || echo 'not told'; set --; for l in "$b" "\${b%/*}"; do [ ! -L "$l" ] || set -- "$@" ":(literal,icase)$l"; done; l=$d; while case $l in ("$t"/*) ;; (*) false ;; esac; do [ ! -e "$l/.git" ] || set -- "$@" ":(literal,icase)$l"; l=\${l%/*}; done; git ls-files -- ":(literal,icase)$d" "$@" 2>/dev/null || { case $d in ("$t"/*) echo 'not told' ;; esac; [ $# = 0 ] || git ls-files -- "$@" 2>/dev/null; })" ] || { echo 'bailiwick cannot decide: this branch tracks the guard itself, and may have changed it' >&2; exit 2; }; sh "$b/hooks/run" pre-push "{1}" "{2}" || exit $?
              elif [ "$(git config --type=bool bailiwick.allowMissing)" != true ]
              then echo 'bailiwick is not installed here: nothing can say whether this is allowed.' >&2; echo 'To install it, run npm ci' >&2; exit 2
              fi
          # <<< bailiwick <<<
          - name: test
            run: x
      # >>> bailiwick >>>
      pre-commit:
        jobs:
          - name: bailiwick
            files: echo lefthook.yml
            run: |
              : {files}
              b=node_modules/bailiwick
              [ -f "$b/dist/hook.cjs" ] || b=$(git config bailiwick.home) || b=
              if [ -f "$b/dist/hook.cjs" ]
              then [ -z "$(unset GIT_LITERAL_PATHSPECS GIT_GLOB_PATHSPECS GIT_NOGLOB_PATHSPECS GIT_ICASE_PATHSPECS; t=$(cd -P . && pwd -P) && d=$(cd -P "$b" && pwd -P) || echo 'not told'; set --; for l in "$b" "\${b%/*}"; do [ ! -L "$l" ] || set -- "$@" ":(literal,icase)$l"; done; l=$d; while case $l in ("$t"/*) ;; (*) false ;; esac; do [ ! -e "$l/.git" ] || set -- "$@" ":(literal,icase)$l"; l=\${l%/*}; done; git ls-files -- ":(literal,icase)$d" "$@" 2>/dev/null || { case $d in ("$t"/*) echo 'not told' ;; esac; [ $# = 0 ] || git ls-files -- "$@" 2>/dev/null; })" ] || { echo 'bailiwick cannot decide: this branch tracks the guard itself, and may have changed it' >&2; exit 2; }; sh "$b/hooks/run" pre-commit || exit $?
              elif [ "$(git config --type=bool bailiwick.allowMissing)" != true ]
              then echo 'bailiwick is not installed here: nothing can say whether this is allowed.' >&2; echo 'To install it, run npm ci' >&2; exit 2
              fi
      # <<< bailiwick <<<
      # >>> bailiwick >>>
      pre-merge-commit:
        jobs:
          - name: bailiwick
            files: echo lefthook.yml
            run: |
              : {files}
              b=node_modules/bailiwick
              [ -f "$b/dist/hook.cjs" ] || b=$(git config bailiwick.home) || b=
              if [ -f "$b/dist/hook.cjs" ]
              then [ -z "$(unset GIT_LITERAL_PATHSPECS GIT_GLOB_PATHSPECS GIT_NOGLOB_PATHSPECS GIT_ICASE_PATHSPECS; t=$(cd -P . && pwd -P) && d=$(cd -P "$b" && pwd -P) || echo 'not told'; set --; for l in "$b" "\${b%/*}"; do [ ! -L "$l" ] || set -- "$@" ":(literal,icase)$l"; done; l=$d; while case $l in ("$t"/*) ;; (*) false ;; esac; do [ ! -e "$l/.git" ] || set -- "$@" ":(literal,icase)$l"; l=\${l%/*}; done; git ls-files -- ":(literal,icase)$d" "$@" 2>/dev/null || { case $d in ("$t"/*) echo 'not told' ;; esac; [ $# = 0 ] || git ls-files -- "$@" 2>/dev/null; })" ] || { echo 'bailiwick cannot decide: this branch tracks the guard itself, and may have changed it' >&2; exit 2; }; sh "$b/hooks/run" pre-merge-commit || exit $?
              elif [ "$(git config --type=bool bailiwick.allowMissing)" != true ]
              then echo 'bailiwick is not installed here: nothing can say whether this is allowed.' >&2; echo 'To install it, run npm ci' >&2; exit 2
              fi
      # <<< bailiwick <<<
      "
    `);
  });

  it.each<[what: string, content: string]>([
    ['no YAML', 'pre-commit: [\n'],
    ['a list', '- a\n'],
    ['the flow style', 'pre-commit: { jobs: [{ run: x }] }\n'],
    ['JSON', '{ "pre-commit": { "jobs": [] } }\n'],
    ['a quoted key', '"pre-commit":\n  jobs:\n    - run: x\n'],
    ['jobs in the flow style', 'pre-commit:\n  jobs: [{ run: x }]\n'],
    ['an empty list', 'pre-commit:\n  jobs:\n'],
    ['a merged hook', 'x: &x\n  jobs:\n    - run: x\npre-commit: *x\n'],
    ['two documents', 'a: 1\n---\nb: 2\n'],
    ['stdin that is taken', 'pre-push:\n  jobs:\n    - run: x\n      use_stdin: true\n'],
  ])('leaves alone what it does not understand: %s', (_what, content) => {
    expect(addAll(content)).toBe(null);
  });

  it.each<[what: string, content: string]>([
    ['nothing', ''],
    ['a hook', '[pre-commit]\nparallel = true\n'],
    ['jobs', '[[pre-commit.jobs]]\nrun = "x"\n\n[[pre-commit.jobs]]\nrun = "y"\n'],
    ['commands', '[pre-push.commands.test]\nrun = "x" # why\n'],
    ['no line end', 'colors = false\n[commit-msg.commands.x]\nrun = "y"'],
  ])('stands first in TOML, and is taken out to the byte: %s', (_what, content) => {
    let edited = content;
    const toml = { ...HOME, file: 'lefthook.toml' };
    for (const event of GUARD_EVENTS) {
      const edit = addLefthookJob(edited, event, toml);
      edited = 'content' in edit ? edit.content : edit.reason;
      expect(hasLefthookJob(edited, event)).toBe(true);
      expect(addLefthookJob(edited, event, toml)).toEqual({ content: edited });
    }
    const { 'pre-commit': commit } = readLefthookConfig({ path: 'x.toml', content: edited })!;
    expect(commit).toHaveProperty('jobs.0.name', 'bailiwick');
    expect(removeHookBlocks(edited)).toBe(content);
  });

  it('leaves alone TOML that it cannot add to', () => {
    const place = { ...HOME, file: 'lefthook.toml' };
    for (const content of ['[pre-commit', '[pre-commit]\njobs = [{ run = "x" }]\n'])
      expect(addLefthookJob(content, 'pre-commit', place)).toHaveProperty('reason');
  });

  it.each(['lefthook.toml', '.lefthook.json'])('offers lines in the form of %s', (path) => {
    const lines = lefthookSnippet('pre-push', { ...HOME, file: path });
    expect(readLefthookConfig({ path, content: lines })).toMatchObject({
      'pre-push': { jobs: [{ name: 'bailiwick', use_stdin: true }] },
    });
    expect(hasLefthookJob(lines, 'pre-push')).toBe(true);
  });

  it('names what it takes over', () => {
    const config = readLefthookConfig({
      path: 'lefthook.yml',
      content:
        'extends: [a.yml, "b/*.yml"]\nremotes:\n  - git_url: https://x.test/r.git\n    configs: [l.yml]\n  - git_url: y\n',
    });
    expect(extendedBy(config)).toEqual(['a.yml', 'b/*.yml']);
    expect(remotesOf(config)).toEqual([
      { url: 'https://x.test/r.git', configs: ['l.yml'] },
      { url: 'y', configs: ['lefthook.yml'] },
    ]);
  });

  it.each(GUARD_EVENTS)('offers lines that say the same, for %s', (event) => {
    const edit = addLefthookJob('', event, HOME);
    expect('content' in edit && parse(edit.content)).toEqual(parse(lefthookSnippet(event, HOME)));
  });
});
