import type { HarnessName } from '../../../domain/harness/harness.ts';
import { hintTo } from '../../../domain/hint.ts';
import type { Diagnosis } from '../../../domain/reports/doctor.ts';
import { putHarnessContent } from './harness-content.ts';
import type { HarnessFile } from './harness-file.ts';
import { codexFault, type HarnessSettings, switchedOffBy } from './switched-off.ts';

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
  /** Files that can switch hooks off, of the harnesses that `init` set up. */
  readonly settings: readonly HarnessSettings[];
  /** What the user's own configuration of Codex, Copilot and Gemini CLI says; '' when there is none. */
  readonly codexTrust: string;
  readonly copilotTrust: string;
  readonly geminiTrust: string;
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
  ...health.settings.flatMap(switchedOff),
  ...(health.files.some(({ text }) => /"tool"\s*:\s*"agent-hook"/.test(text ?? ''))
    ? health.settings.flatMap(serverOff)
    : []),
  ...health.files.flatMap((state) => untrusted(state, health)),
];

function switchedOff(settings: HarnessSettings): Diagnosis[] {
  const words = switchedOffBy(settings);
  if (words === null) return [];
  return [
    about(
      'harness-off',
      null,
      `${settings.path} says ${words}, so ${PROGRAMS[settings.harness]} runs no hook of ours`,
      hintTo('have them run, take that line out'),
    ),
  ];
}

const PROGRAMS: Readonly<Record<HarnessName, string>> = {
  claude: 'Claude Code',
  codex: 'Codex',
  copilot: 'Copilot',
  cursor: 'Cursor',
  droid: 'droid',
  gemini: 'Gemini CLI',
  opencode: 'opencode',
  qwen: 'Qwen Code',
};

/** Settings that keep the server from running which answers before an edit. */
function serverOff({ harness, path, text }: HarnessSettings): Diagnosis[] {
  const off =
    harness === 'claude' && /"disabledMcpjsonServers"\s*:\s*\[[^\]]*"bailiwick"/.test(text);
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

/** They pass over what is not trusted without a word. */
function untrusted({ harness, path, top }: HarnessFileState, health: HarnessHealth): Diagnosis[] {
  const say = (code: Diagnosis['code'], message: string, aim: string): Diagnosis[] => [
    about(code, top, message, hintTo(aim)),
  ];
  if (harness === 'codex' && path.endsWith('/.codex/hooks.json')) {
    switch (codexFault(path, top, health.codexTrust)) {
      case 'hooks':
        return say(
          'harness-untrusted',
          `nobody here has trusted ${path}, so Codex passes over it`,
          'trust it, type /hooks in Codex',
        );
      case 'project':
        return say(
          'harness-untrusted',
          `the configuration of Codex says that ${top} is untrusted, so Codex passes over ${path}`,
          'trust it, start Codex there and say so',
        );
      case 'off':
        return say(
          'harness-off',
          `a hook of ${path} is switched off in the configuration of Codex`,
          'switch it on, type /hooks in Codex',
        );
      case null:
        return [];
    }
  }
  if (harness === 'gemini' && path.endsWith('/.gemini/settings.json')) {
    return geminiTrusts(top, health.geminiTrust)
      ? []
      : say(
          'harness-untrusted',
          `nobody here has trusted ${top}, so Gemini CLI passes over its hooks`,
          'trust it, start Gemini CLI there once',
        );
  }
  if (harness !== 'copilot' || !path.endsWith('/bailiwick.json')) return [];
  return placesAbove(top).some((directory) =>
    health.copilotTrust.includes(JSON.stringify(directory)),
  )
    ? []
    : say(
        'harness-untrusted',
        `nobody here has trusted ${top}, so Copilot passes over its hooks`,
        'trust it, start Copilot there once',
      );
}

/** The directory and all above it. */
const placesAbove = (top: string): string[] =>
  top.split('/').map((_, at, all) => all.slice(0, at + 1).join('/'));

/** A folder, one above it, or the parent of one of them that was named; null where nobody asks. */
function geminiTrusts(top: string, text: string): boolean {
  const said = (directory: string, word: string): boolean =>
    new RegExp(`${escaped(JSON.stringify(directory))}\\s*:\\s*"${word}"`).test(text);
  if (said(top, 'DO_NOT_TRUST')) return false;
  const above = placesAbove(top).filter((directory) => directory !== '');
  return (
    above.some((directory) => said(directory, 'TRUST_FOLDER')) ||
    // Whose parent is trusted is written down by its own name.
    above.some((directory) =>
      new RegExp(
        `${escaped(JSON.stringify(directory).slice(0, -1))}/[^"/]*"\\s*:\\s*"TRUST_PARENT"`,
      ).test(text),
    )
  );
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
