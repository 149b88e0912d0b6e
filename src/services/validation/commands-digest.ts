import { digest } from '../../host/digest.ts';

/** A name for a list of commands that no other list has: a pass of one is not a pass of another. */
export const commandsDigest = (commands: readonly string[]): string =>
  digest(JSON.stringify(commands));
