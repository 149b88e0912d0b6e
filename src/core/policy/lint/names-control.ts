import { foldPath } from '../../../domain/text/fold.ts';
import type { Glob } from '../../../domain/ownership.ts';

/**
 * True when a glob of `owns` names a control file itself, which alone lifts its protection: it
 * stays in the control file's directory, or its last segment is the file's name. A wide glob that
 * happens to cover the file does not.
 */
export const namesControl = (grant: Glob, control: Glob): boolean =>
  control.prefix !== ''
    ? grant.prefix.startsWith(control.prefix)
    : control.matchesFolded(foldPath(grant.text));
