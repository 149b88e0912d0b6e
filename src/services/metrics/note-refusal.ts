import { dirname } from 'node:path';
import { refusalLines } from '../../core/metrics/refusals.ts';
import type { Report } from '../../domain/report.ts';
import { sharedStatePaths } from '../../git/worktree/state-paths.ts';
import type { Host } from '../../host/host.ts';
import { locateFromHook } from '../session/locate-from-hook.ts';

/** Bytes; then another file is begun, and the one before the last is forgotten. */
const LONGEST = 256 * 1024;

/**
 * Writes down that a hook refused, for `report`: which rule and whom, no paths and no contents. Several hooks may
 * do so at once. What cannot be written is left out: a refusal stands without it.
 */
export function noteRefusal(
  host: Host,
  hook: string,
  { findings, agent }: Pick<Report, 'agent' | 'findings'>,
): void {
  try {
    const location = locateFromHook(host);
    const lines = refusalLines(findings, { at: host.now(), hook, agent });
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
