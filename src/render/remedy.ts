import type { Report } from '../domain/report.ts';
import type { CheckData } from '../domain/reports/check.ts';
import { splitHint } from './words.ts';

/** The one command that helps most, and what for: `To leave these files out of this commit`. */
export interface Remedy {
  readonly aim: string;
  readonly command: string;
}

/** The remedy of a change that is refused. Not escaped. */
export function remedyOf({ verdict, data }: Report<CheckData>): Remedy | null {
  if (verdict === 'allowed' || data.remedy === null) return null;
  const { aim, command } = splitHint(data.remedy);
  if (command !== null) return { aim, command };
  return { aim: aimOf(data.remedy, data), command: data.remedy };
}

function aimOf(command: string, { subjects }: CheckData): string {
  if (command.startsWith('bailiwick lock ')) return 'To be allowed to change these files';
  if (command.startsWith('git commit ')) return 'To commit the other files';
  switch (subjects[0]?.kind) {
    case 'commit':
      return 'To leave these files out of this commit';
    case 'merge':
      return 'To take these files as the merged branch has them';
    case 'branch':
    case 'push':
    case 'range':
      return 'To take these changes out again';
    case 'paths':
    case undefined:
      return 'To go on';
  }
}

/** True for a hint that asks for less of the same: the remedy's own command on fewer paths. */
export const isPartOf = (hint: string, remedy: Remedy | null): boolean =>
  remedy !== null && splitHint(hint).command?.split(' -- ')[0] === remedy.command.split(' -- ')[0];
