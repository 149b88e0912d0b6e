import { LastWill } from './process/last-will.ts';

/** Once more after the programs this one had started have ended as well. */
const SCRIPT = 'rm -rf -- "$1"; sleep 2; rm -rf -- "$1"';

/** Sees to it that a directory goes even if this program is killed in a way it cannot notice. */
export class Cleaner extends LastWill {
  /** @param directory absolute; need not be there yet. */
  constructor(directory: string) {
    super(SCRIPT, directory);
  }
}
