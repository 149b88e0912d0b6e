import type { HarnessName } from '../../../domain/harness/harness.ts';
import { hintTo } from '../../../domain/hint.ts';
import type { Diagnosis } from '../../../domain/reports/doctor.ts';
import { putHarnessContent } from './harness-content.ts';
import type { HarnessFile } from './harness-file.ts';

/** One file of a harness as it stands in a checkout. */
export interface HarnessFileState {
  readonly harness: HarnessName;
  readonly file: HarnessFile;
  /** The checkout, absolute. */
  readonly top: string;
  /** Absolute. */
  readonly path: string;
  /** Null when there is none. */
  readonly text: string | null;
}

/** What decides whether a harness runs the hooks that stand in its files. */
export interface HarnessHealth {
  /** Of the harnesses that `init` set up. */
  readonly files: readonly HarnessFileState[];
  /** Files of settings that can switch the hooks of Claude Code off, and what they say. */
  readonly claudeSettings: ReadonlyMap<string, string>;
  /** What the user's own configuration of Codex and Copilot says; '' when there is none. */
  readonly codexTrust: string;
  readonly copilotTrust: string;
}

const about = (
  code: Diagnosis['code'],
  worktree: string | null,
  message: string,
  hint: Diagnosis['hint'],
): Diagnosis => ({
  code,
  severity: code === 'harness-untrusted' ? 'note' : 'fault',
  worktree,
  event: null,
  message,
  hint,
  ours: false,
});

/** Hooks that are set up and still do not run: missing, switched off, or not trusted as far as is seen. */
export const diagnoseHarness = (health: HarnessHealth): Diagnosis[] => [
  ...health.files.flatMap(fileFaults),
  ...[...health.claudeSettings].flatMap(([path, text]) =>
    /"disableAllHooks"\s*:\s*true/.test(text)
      ? [
          about(
            'harness-off',
            null,
            `${path} says disableAllHooks, so Claude Code runs no hook`,
            hintTo('have them run, take that line out'),
          ),
        ]
      : [],
  ),
  ...(health.files.some(({ text }) => /"tool"\s*:\s*"agent-hook"/.test(text ?? ''))
    ? [...health.claudeSettings].flatMap(serverOff)
    : []),
  ...health.files.flatMap((state) => untrusted(state, health)),
];

/** Settings that keep the server from running which answers before an edit. */
function serverOff([path, text]: readonly [path: string, text: string]): Diagnosis[] {
  const off = /"disabledMcpjsonServers"\s*:\s*\[[^\]]*"bailiwick"/.test(text);
  if (!off) return [];
  return [
    about(
      'harness-off',
      null,
      `${path} disables the server bailiwick, which is to answer before an edit, so Claude Code refuses every one`,
      hintTo(
        'have a command answer instead',
        'bailiwick init --harness claude --edit-hook command',
      ),
    ),
  ];
}

function fileFaults({ harness, file, top, path, text }: HarnessFileState): Diagnosis[] {
  const again = hintTo('set it up again', `bailiwick init --harness ${harness}`);
  if (text === null)
    return [
      about('harness-missing', top, `${path} is gone, by which ${harness} asks the guard`, again),
    ];
  const put = putHarnessContent(text, file.content);
  if ('reason' in put)
    return [
      about('harness-off', top, `${path} is not in force as it was set up: ${put.reason}`, {
        ...again,
        aim: 'see the lines that belong there',
      }),
    ];
  if (put.content === text) return [];
  return [
    about('harness-missing', top, `${path} no longer says what was set up for ${harness}`, again),
  ];
}

/** Both pass over what is not trusted without a word. */
function untrusted({ harness, path, top }: HarnessFileState, health: HarnessHealth): Diagnosis[] {
  if (path.endsWith('/.codex/hooks.json') && !health.codexTrust.includes(`"${path}:`))
    return [
      about(
        'harness-untrusted',
        top,
        `nobody here has trusted ${path}, so Codex passes over it`,
        hintTo('trust it, type /hooks in Codex'),
      ),
    ];
  if (harness !== 'copilot' || !path.endsWith('/bailiwick.json')) return [];
  const above = top.split('/').map((_, at, all) => all.slice(0, at + 1).join('/'));
  const known = above.some((directory) => health.copilotTrust.includes(JSON.stringify(directory)));
  return known
    ? []
    : [
        about(
          'harness-untrusted',
          top,
          `nobody here has trusted ${top}, so Copilot passes over its hooks`,
          hintTo('trust it, start Copilot there once'),
        ),
      ];
}
