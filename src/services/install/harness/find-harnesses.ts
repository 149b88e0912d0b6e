import { delimiter, join } from 'node:path';
import { Failure } from '../../../domain/failure.ts';
import { HARNESS_NAMES, type HarnessName, isHarnessName } from '../../../domain/harness/harness.ts';
import { hintTo } from '../../../domain/hint.ts';
import type { Host } from '../../../host/host.ts';

/** By what each is noticed: folders of its own in a checkout, and names of its program. */
const SIGNS: Readonly<
  Record<HarnessName, { folders: readonly string[]; programs: readonly string[] }>
> = {
  claude: { folders: ['.claude'], programs: ['claude'] },
  codex: { folders: ['.codex'], programs: ['codex'] },
  copilot: { folders: ['.github/hooks', '.github/copilot'], programs: ['copilot'] },
  cursor: { folders: ['.cursor'], programs: ['cursor', 'cursor-agent'] },
  droid: { folders: ['.factory'], programs: ['droid'] },
  gemini: { folders: ['.gemini'], programs: ['gemini'] },
  opencode: { folders: ['.opencode'], programs: ['opencode'] },
  qwen: { folders: ['.qwen'], programs: ['qwen'] },
};

/**
 * The harnesses that `--harness` names: a list with commas, or `auto` for those whose folder is in
 * the checkout or whose program is on the PATH.
 *
 * @throws Failure `usage` for a name that is not a harness, and when `auto` finds none.
 */
export function findHarnesses(host: Host, top: string, asked: string): HarnessName[] {
  if (asked !== 'auto') {
    const names = asked.split(',').map((name) => name.trim());
    const strange = names.find((name) => !isHarnessName(name));
    if (strange === undefined) return HARNESS_NAMES.filter((name) => names.includes(name));
    throw new Failure('usage', `'${strange}' is not a harness that is known here`, [
      hintTo('set up some', `bailiwick init --harness ${HARNESS_NAMES.join(',')}`),
    ]);
  }
  const found = HARNESS_NAMES.filter((name) => isFound(host, top, name));
  if (found.length > 0) return found;
  throw new Failure('usage', 'no folder and no program of a harness is found here', [
    hintTo('name one', 'bailiwick init --harness claude'),
  ]);
}

function isFound({ environment, files }: Host, top: string, name: HarnessName): boolean {
  const { folders, programs } = SIGNS[name];
  const directories = (environment['PATH'] ?? environment['Path'] ?? '').split(delimiter);
  return (
    folders.some((folder) => files.exists(join(top, folder))) ||
    directories.some(
      (directory) =>
        directory !== '' && programs.some((program) => files.exists(join(directory, program))),
    )
  );
}
