import { join } from 'node:path';
import type { HarnessHealth } from '../../core/harness/setup/diagnose-harness.ts';
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
  const settings = harnesses.includes('claude')
    ? [
        join(home, '.claude/settings.json'),
        ...[...new Set([...facts.tops, facts.top])].flatMap((top) =>
          ['settings.json', 'settings.local.json'].map((name) => join(top, '.claude', name)),
        ),
      ]
    : [];
  return {
    // Codex reads the hooks of the main checkout only; the copies have nobody to trust them.
    files: places
      .filter(({ path, top }) => !path.endsWith('/.codex/hooks.json') || top === main)
      .map((place) => ({ ...place, text: read(place.path) })),
    claudeSettings: new Map(
      settings.flatMap((path) => {
        const text = read(path);
        return text === null ? [] : [[path, text] as const];
      }),
    ),
    codexTrust: read(join(codexHome, 'config.toml')) ?? '',
    copilotTrust: read(join(home, '.copilot/config.json')) ?? '',
  };
}
