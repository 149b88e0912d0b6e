import type { HarnessName } from '../../../domain/harness/harness.ts';

/** A file of a harness that may keep hooks from running, as it stands. */
export interface HarnessSettings {
  readonly harness: HarnessName;
  /** Absolute. */
  readonly path: string;
  readonly text: string;
}

/** What says in a harness's settings that it runs no hooks of this kind, and the words to look for in the file. */
type Switch = readonly [says: RegExp, words: string];

const ALL_OFF: Switch = [/"disableAllHooks"\s*:\s*true/, 'disableAllHooks'];

/** Sources: the vendors' documentation, and what the programs themselves read. */
const SWITCHES: Partial<Record<HarnessName, readonly Switch[]>> = {
  claude: [ALL_OFF, [/"allowManagedHooksOnly"\s*:\s*true/, 'allowManagedHooksOnly']],
  droid: [[/"hooksDisabled"\s*:\s*true/, 'hooksDisabled']],
  gemini: [
    [/"hooksConfig"\s*:\s*\{[^{}]*"enabled"\s*:\s*false/, 'hooksConfig.enabled'],
    [/"hooksConfig"\s*:\s*\{[^{}]*"disabled"\s*:\s*\[[^\]]*"bailiwick"/, 'hooksConfig.disabled'],
  ],
  qwen: [ALL_OFF],
};

/** The words by which settings switch the hooks of their harness off; null when they do not. */
export const switchedOffBy = ({ harness, text }: HarnessSettings): string | null =>
  SWITCHES[harness]?.find(([says]) => says.test(text))?.[1] ?? null;

/**
 * What the user's configuration of Codex says of a file of hooks: that nobody has trusted it, that its project is
 * not trusted, or that somebody switched a hook of it off. Null when they run. Whether what was trusted is what
 * stands there now only Codex can tell.
 */
export function codexFault(path: string, top: string, settings: string): CodexFault | null {
  if (sectionOf(settings, `projects.${JSON.stringify(top)}`).includes('"untrusted"'))
    return 'project';
  const hooks = settings.split(`"${path}:`).slice(1);
  if (hooks.length === 0) return 'hooks';
  return hooks.some((rest) => /^enabled\s*=\s*false/m.test(untilSection(rest))) ? 'off' : null;
}

export type CodexFault = 'hooks' | 'off' | 'project';

const sectionOf = (settings: string, name: string): string =>
  untilSection(settings.split(`[${name}]`)[1] ?? '');

const untilSection = (text: string): string => text.split(/^\[/m)[0]!;
