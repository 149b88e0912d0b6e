import type { Hint } from '../domain/hint.ts';
import type { Report } from '../domain/report.ts';
import type { CheckData } from '../domain/reports/check.ts';

/** The one command that helps most, and what for. */
export interface Remedy {
  /** After `To`: `leave these files out of this commit`. */
  readonly aim: string;
  readonly command: string;
}

/** The remedy of a change that is refused. Not escaped. */
export function remedyOf({ verdict, data: { remedy } }: Report<CheckData>): Remedy | null {
  if (verdict === 'allowed' || !remedy?.command) return null;
  return { aim: remedy.aim, command: remedy.command };
}

/** True for a hint that asks for less of the same: commands of the remedy on fewer paths. */
export const isPartOf = ({ command }: Hint, remedy: Remedy | null): boolean => {
  if (remedy === null || command === null) return false;
  const parts = remedy.command.split(' && ').map(firstWords);
  return parts.includes(firstWords(command.split(' && ')[0]!));
};

/** Without paths, and of a request without its reason. */
const firstWords = (command: string): string =>
  command.startsWith(ASKING) ? ASKING : command.split(' -- ')[0]!;

const ASKING = 'bailiwick request open ';
