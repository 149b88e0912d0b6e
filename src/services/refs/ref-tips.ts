import { join } from 'node:path';
import { type Oid, parseOid, parseRefName } from '../../domain/refs.ts';
import type { Files } from '../../host/files.ts';
import { readPlainSettings } from './plain-settings.ts';

/** What refs name, read from git's own files. */
export interface RefTips {
  /** Null where there is no such ref; undefined where only git can tell. The same ref reads the same. */
  tipOf(ref: string): Oid | null | undefined;
  /** All that was asked so far; null once something could not be told. */
  told(): ReadonlyMap<string, Oid | null> | null;
}

/** For whoever asks git alone. */
export const ONLY_GIT: Pick<RefTips, 'tipOf'> = { tipOf: () => undefined };

/** Bytes; a longer file of packed refs is left to git, which need not read it whole. */
const MOST_PACKED = 1 << 20;

/** A ref that points at a ref that points at a ref; git follows five. */
const MOST_LINKS = 5;

/**
 * The refs of a repository as its files have them. Anything less than ordinary is not told: links, another
 * storage than files, what git would not have written. Sources: gitrepository-layout(5), git-pack-refs(1).
 */
export function refTips(files: Files, commonDirectory: string): RefTips {
  const asked = new Map<string, Oid | null | undefined>();
  let packed: string | null | undefined;
  const packedRefs = (): string | null => {
    packed ??= isStoredInFiles(files, commonDirectory) ? readPacked(files, commonDirectory) : null;
    return packed;
  };
  const read = (ref: string, depth = 0): Oid | null | undefined => {
    if (depth > MOST_LINKS || parseRefName(ref) === null) return undefined;
    const lines = packedRefs();
    if (lines === null) return undefined;
    const path = join(commonDirectory, ref);
    if (files.isLink(path)) return undefined;
    // Where other refs begin with its name there is a directory.
    if (!files.isFile(path)) return packedTip(lines, ref);
    const text = files.read(path)?.toString() ?? '';
    const target = /^ref: (.*)\n$/.exec(text)?.[1];
    if (target !== undefined) return read(target, depth + 1);
    return (text.endsWith('\n') ? parseOid(text.slice(0, -1)) : null) ?? undefined;
  };
  return {
    tipOf(ref) {
      if (!asked.has(ref)) asked.set(ref, read(ref));
      return asked.get(ref);
    },
    told() {
      const all = [...asked].flatMap(([ref, tip]) =>
        tip === undefined ? [] : [[ref, tip] as const],
      );
      return all.length === asked.size ? new Map(all) : null;
    },
  };
}

function isStoredInFiles(files: Files, commonDirectory: string): boolean {
  const config = files.read(join(commonDirectory, 'config'))?.toString();
  return (
    config !== undefined &&
    !files.exists(join(commonDirectory, 'reftable')) &&
    !readPlainSettings(config).has('extensions.refstorage')
  );
}

/** Each line with a line feed before it; null where there is more than is read here. */
function readPacked(files: Files, commonDirectory: string): string | null {
  const path = join(commonDirectory, 'packed-refs');
  const size = files.size(path);
  if (size === null) return '';
  if (size > MOST_PACKED || !files.isFile(path)) return null;
  return `\n${files.read(path)?.toString() ?? ''}`;
}

function packedTip(lines: string, ref: string): Oid | null | undefined {
  const at = lines.indexOf(` ${ref}\n`);
  if (at < 0) return null;
  return parseOid(lines.slice(lines.lastIndexOf('\n', at) + 1, at)) ?? undefined;
}
