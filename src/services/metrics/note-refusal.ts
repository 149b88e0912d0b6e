import { dirname } from 'node:path';
import { refusalLines } from '../../core/metrics/refusals.ts';
import type { Report } from '../../domain/report.ts';
import type { Location } from '../../git/worktree/locate.ts';
import { sharedStatePaths } from '../../git/worktree/state-paths.ts';
import type { Host } from '../../host/host.ts';
import { locateFromHook } from '../session/locate-from-hook.ts';

/** Bytes; then another file is begun, and the one before the last is forgotten. */
const LONGEST = 256 * 1024;

/**
 * Writes down that something was refused, for `report`: which rule and whom, no paths and no contents. Several may
 * do so at once. What cannot be written is left out: a refusal stands without it.
 *
 * @param by the hook, or the command
 * @param at where, if that is known
 */
export function noteRefusal(
  host: Host,
  by: string,
  { findings, agent }: Pick<Report, 'agent' | 'findings'>,
  at: Location | null = null,
): void {
  try {
    const location = at ?? locateFromHook(host);
    const lines = refusalLines(findings, { at: host.now(), by, agent });
    if (location === null || lines === '') return;
    const { files } = host;
    const { refusals, oldRefusals } = sharedStatePaths(location);
    const size = files.size(refusals);
    if (size === null) files.makeDirectory(dirname(refusals));
    else if (size > LONGEST) files.rename(refusals, oldRefusals);
    files.append(refusals, lines);
  } catch {
    // Nothing of it may stand between somebody and the remedy.
  }
}
