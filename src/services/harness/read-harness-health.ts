import { join } from 'node:path';
import type { HarnessHealth } from '../../core/harness/setup/diagnose-harness.ts';
import type { HarnessName } from '../../domain/harness/harness.ts';
import type { Host } from '../../host/host.ts';
import { harnessPlaces } from '../install/harness/harness-places.ts';
import { readHarnessRecord } from '../install/harness/harness-record.ts';
import type { HookFacts } from '../install/hook-facts.ts';

/** What the files of the harnesses say that `init` set up here, and the user's own that count more. */
export function readHarnessHealth({ environment, files }: Host, facts: HookFacts): HarnessHealth {
  const { harnesses } = readHarnessRecord(files, facts.commonDirectory);
  const read = (path: string): string | null => files.read(path)?.toString() ?? null;
  const home = environment['HOME'] ?? environment['USERPROFILE'] ?? '';
  const codexHome = environment['CODEX_HOME'] ?? join(home, '.codex');
  const main = facts.tops[0];
  const places = harnessPlaces(files, facts, harnesses);
  const tops = [...new Set([...facts.tops, facts.top])];
  const settings = harnesses.flatMap((harness) =>
    placesOf(harness, home, tops).flatMap((path) => {
      const text = read(path);
      return text === null ? [] : [{ harness, path, text }];
    }),
  );
  return {
    // Codex reads the hooks of the main checkout only; the copies have nobody to trust them.
    files: places
      .filter(({ path, top }) => !path.endsWith('/.codex/hooks.json') || top === main)
      .map((place) => ({ ...place, text: read(place.path) })),
    settings,
    codexTrust: read(join(codexHome, 'config.toml')) ?? '',
    copilotTrust: read(join(home, '.copilot/config.json')) ?? '',
    geminiTrust: read(join(home, '.gemini/trustedFolders.json')) ?? '',
  };
}

/** Where a harness keeps its settings, by the directories they stand in. */
const SETTINGS: Partial<Record<HarnessName, { directory: string; names: readonly string[] }>> = {
  claude: { directory: '.claude', names: ['settings.json', 'settings.local.json'] },
  droid: { directory: '.factory', names: ['settings.json', 'settings.local.json'] },
  gemini: { directory: '.gemini', names: ['settings.json'] },
  qwen: { directory: '.qwen', names: ['settings.json'] },
};

const MANAGED_CLAUDE = '/etc/claude-code/managed-settings.json';

/** Every file of settings of a harness, the machine's and the user's own first. */
function placesOf(harness: HarnessName, home: string, tops: readonly string[]): string[] {
  const { directory, names } = SETTINGS[harness] ?? { directory: '', names: [] };
  return [
    ...(harness === 'claude' ? [MANAGED_CLAUDE] : []),
    ...[home, ...tops].flatMap((top) => names.map((name) => join(top, directory, name))),
  ];
}
