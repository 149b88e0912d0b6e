import type { OrderEntry, OrderMeeting, OrderWait } from '../../domain/reports/order.ts';
import { markdownCode } from '../escape.ts';
import { count, list, number } from '../words.ts';
import type { BranchNames } from './branch-names.ts';

/** Partners called by name; the rest is counted. */
export const MOST_PARTNERS = 3;
const MOST_FILES = 2;

/** Whom a branch waits for, by name, the nearest numbers first. Markdown. */
export const partnersOf = ({ waits }: Pick<OrderEntry, 'waits'>, names: BranchNames): string =>
  list(
    waits
      .map(({ ref }) => ref)
      .sort((a, b) => names.compare(a, b))
      .map((ref) => names.link(ref)),
    MOST_PARTNERS,
  );

/**
 * Why a branch waits, and who pays for it: `#12 redoes 115 lines; the other way round #9 redoes 55`.
 * Markdown, without a full stop.
 */
export function whoPays(entry: OrderEntry, names: BranchNames): string {
  const { conflicts, waits } = entry;
  const met = conflicts.toSorted((a, b) => b.otherwise - a.otherwise || b.lines - a.lines);
  const causes = new Set(met.flatMap((meeting) => [meeting.with, ...meeting.together]));
  const spared = waits.filter(({ ref }) => !causes.has(ref));
  const parts = [
    ...(met.length > 0 ? [`${placesOf(met)}: ${rework(entry, met, names)}`] : []),
    ...kept(spared, names),
  ];
  return parts.join('; ');
}

function placesOf(met: readonly OrderMeeting[]): string {
  const paths = [...new Set(met.flatMap((meeting) => meeting.paths))];
  return paths.length > 0 ? list(paths.map(markdownCode), MOST_FILES) : 'names that meet';
}

function rework(
  { ref, cost }: OrderEntry,
  met: readonly OrderMeeting[],
  names: BranchNames,
): string {
  if (met.every(({ mechanical }) => mechanical)) return 'a command makes it again';
  const redoes = `${names.link(ref)} redoes ${count(cost.lines, 'line')}`;
  const [only, ...more] = met as [OrderMeeting, ...OrderMeeting[]];
  if (only.together.length > 0 && more.length === 0) {
    const all = [...only.together, only.with].map((each) => names.link(each));
    return `${redoes} once ${list(all)} have landed`;
  }
  if (more.length === 0 && only.otherwise === cost.lines)
    return `whichever lands later redoes ${count(cost.lines, 'line')}`;
  const pairs = met.filter(({ together }) => together.length === 0);
  const others = pairs.map((meeting, at) => {
    const redo = meeting.otherwise === 0 ? 'nothing' : number(meeting.otherwise);
    return `${names.link(meeting.with)} ${at === 0 ? 'redoes ' : ''}${redo}`;
  });
  return others.length === 0
    ? redoes
    : `${redoes}; the other way round ${list(others, MOST_PARTNERS)}`;
}

/** What a branch waits for without paying for it. */
function kept(waits: readonly OrderWait[], names: BranchNames): string[] {
  const at = (...kinds: OrderWait['why'][]): string[] =>
    waits.filter(({ why }) => kinds.includes(why)).map(({ ref }) => names.link(ref));
  const say = (refs: readonly string[], words: (all: string) => string): string[] =>
    refs.length > 0 ? [words(list(refs, MOST_PARTNERS))] : [];
  return [
    ...say(at('declared'), (all) => `declared to come after ${all}`),
    ...say(at('tested'), (all) => `fails without ${all}`),
    ...say(at('together'), (all) => `lands only together with ${all}`),
    ...say(at('stacked'), (all) => `stacked on ${all}`),
    ...say(at('combination', 'conflict'), (all) => `before ${all} it would make that conflict`),
    ...say(at('draft'), (all) => `a draft, behind ${all}`),
  ];
}
