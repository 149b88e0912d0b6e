import { formatOwnership, parseCompiledOwnership } from '../../core/policy/compiled-ownership.ts';
import { type Oid, parseOid, parseRefName } from '../../domain/refs.ts';
import { sharedStatePaths } from '../../git/worktree/state-paths.ts';
import type { Location } from '../../git/worktree/locate.ts';
import type { Files } from '../../host/files.ts';
import type { PolicyPlaces } from './policy-places.ts';
import type { Policy } from './policy.ts';
import { type RefTips, refTips } from '../refs/ref-tips.ts';

/** Raised whenever what is written down, or what it stands for, changes. */
const FORMAT = 1;

/** What a policy was found by, besides its text. */
interface Found extends Pick<Policy, 'base' | 'notices' | 'source'> {
  readonly format: number;
  /** Where it was looked for, in this order. */
  readonly first: readonly string[];
  /** What each ref named that was asked for, null where there was none. */
  readonly tips: readonly (readonly [string, string | null])[];
}

/**
 * The policy that was found here last, as long as every ref it was found by names what it named then:
 * commits never change, so it is the one that would be found again. Otherwise `load` finds it, by the
 * tips that it is given, so that what is written down belongs together. It is written where whoever can
 * write could also take the hooks away; CI, which decides, reads no such file.
 */
export async function rememberedPolicy(
  files: Files,
  location: Pick<Location, 'commonDirectory'>,
  places: PolicyPlaces,
  load: (tips: RefTips) => Promise<Policy | null>,
): Promise<Policy | null> {
  const tips = refTips(files, location.commonDirectory);
  const path = sharedStatePaths(location).policyFound;
  const known = recall(files.read(path)?.toString() ?? '', places, tips);
  if (known !== null) return known;
  const policy = await load(tips);
  const told = tips.told();
  if (policy === null || told === null) return policy;
  const { base, notices, source, ownership } = policy;
  const found = { format: FORMAT, first: places.first, tips: [...told], base, notices, source };
  try {
    files.write(path, `${JSON.stringify(found)}\n${formatOwnership(ownership)}\n`);
  } catch {
    // A directory that cannot be written to only costs time.
  }
  return policy;
}

function recall(text: string, places: PolicyPlaces, { tipOf }: RefTips): Policy | null {
  const end = text.indexOf('\n');
  const found = end < 0 ? null : parseFound(text.slice(0, end));
  if (found === null || found.first.join('\n') !== places.first.join('\n')) return null;
  if (!found.tips.every(([ref, tip]) => tipOf(ref) === tip)) return null;
  const ownership = parseCompiledOwnership(text.slice(end));
  if (ownership === null) return null;
  // What the base follows is written in the configuration.
  const asked = new Set(found.tips.map(([ref]) => ref));
  if (!places.baseRefs(ownership.base).every((ref) => asked.has(ref))) return null;
  return { ownership, source: found.source, base: found.base, notices: found.notices };
}

/** Null for what `rememberedPolicy` did not write. */
function parseFound(line: string): Found | null {
  try {
    const found = JSON.parse(line) as Found;
    const oids: (string | null)[] = [found.source.oid, ...found.tips.map(([, tip]) => tip)];
    if (found.base !== null) {
      oids.push(found.base.commit, found.base.tree);
      if (parseRefName(found.base.ref) === null) return null;
    }
    const known = found.format === FORMAT && Array.isArray(found.notices);
    return known && oids.every((oid) => oid === null || isOid(oid)) ? found : null;
  } catch {
    return null;
  }
}

const isOid = (text: string): text is Oid => parseOid(text) !== null;
