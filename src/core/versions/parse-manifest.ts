import { parse as parseToml } from 'smol-toml';
import type { ManifestKind } from './manifest-kind.ts';

/** What a manifest asks for: by normalised name, each specifier as it is written. A name may stand twice. */
export type Dependencies = ReadonlyMap<string, readonly string[]>;

type Table = Readonly<Record<string, unknown>>;
type Entry = readonly [name: string, specifier: string];

/** Reads what a manifest depends on; null where nobody can read it. What names no version is left out. */
export function parseManifest(kind: ManifestKind, text: string): Dependencies | null {
  try {
    return grouped(ENTRIES[kind](text));
  } catch {
    // The parsers throw what they like.
    return null;
  }
}

const ENTRIES: Readonly<Record<ManifestKind, (text: string) => Entry[]>> = {
  'Cargo.toml': (text) => {
    const all = parseToml(text);
    const places = [
      all,
      table(all['workspace']),
      ...Object.values(table(all['target'])).map(table),
    ];
    return places.flatMap((place) =>
      ['dependencies', 'dev-dependencies', 'build-dependencies'].flatMap((key) =>
        versionsIn(table(place[key])),
      ),
    );
  },
  'go.mod': goEntries,
  'package.json': (text) => {
    const all = table(JSON.parse(text));
    return ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((key) =>
      versionsIn(table(all[key])),
    );
  },
  'pyproject.toml': (text) => {
    const all = parseToml(text);
    const project = table(all['project']);
    const poetry = table(table(all['tool'])['poetry']);
    const groups = Object.values(table(poetry['group'])).map(
      (group) => table(group)['dependencies'],
    );
    return [
      ...strings(project['dependencies']),
      ...Object.values(table(project['optional-dependencies'])).flatMap(strings),
      ...Object.values(table(all['dependency-groups'])).flatMap(strings),
    ]
      .flatMap(requirement)
      .concat(
        [poetry['dependencies'], poetry['dev-dependencies'], ...groups]
          .flatMap((place) => versionsIn(table(place)))
          .flatMap(([name, specifier]): Entry[] =>
            name === 'python' ? [] : [[pythonName(name), specifier]],
          ),
      );
  },
  requirements: (text) =>
    text
      .replace(/\\\r?\n/g, ' ')
      .split('\n', MOST_LINES)
      .flatMap((line) => requirement(line.replace(/(?:^|\s)#.*$/, '').replace(/\s--hash=.*$/, ''))),
};

/**
 * What a module asks for itself; what others of it need, and what is taken from another place, is left out. A major
 * version in a path is not a part of the name. Source: go.dev/ref/mod#go-mod-file.
 */
function goEntries(text: string): Entry[] {
  const found: Entry[] = [];
  const replaced = new Set<string>();
  let block = '';
  for (const raw of text.split('\n', MOST_LINES)) {
    const indirect = /\/\/\s*indirect\b/.test(raw);
    const line = raw.replace(/\/\/.*$/, '').trim();
    const [, opened] = /^(\w+)\s*\($/.exec(line) ?? [];
    if (opened !== undefined) block = opened;
    if (line === ')') block = '';
    const [, word = block, name, version] =
      /^(?:(require|replace)\s+)?"?([^\s"(]{1,300})"?(?:\s+"?(v[^\s"]{1,200})"?)?/.exec(line) ?? [];
    if (name === undefined || opened !== undefined) continue;
    if (word === 'replace') replaced.add(goName(name));
    if (word === 'require' && version !== undefined && !indirect)
      found.push([goName(name), version]);
  }
  return found.filter(([name]) => !replaced.has(name));
}

const goName = (path: string): string => path.replace(/(?:\/v\d+|\.v\d+)$/, '');

const MOST_LINES = 20_000;

/** PEP 508: `name[extra] >=1,<2 ; python_version > '3'`. What is fetched from an address has no version. */
function requirement(line: string): Entry[] {
  const found =
    /^\s*([A-Za-z0-9][\w.-]{0,200})\s*(?:\[[^\]]{0,500}\])?\s*\(?([<>=!~][^;@()]{0,500})\)?\s*(?:;.*)?$/s.exec(
      line.slice(0, 2000),
    );
  const specifier = found?.[2]?.trim() ?? '';
  return found === null || specifier === '' ? [] : [[pythonName(found[1]!), specifier]];
}

/** PEP 503. */
const pythonName = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-');

const versionsIn = (place: Table): Entry[] =>
  Object.entries(place).flatMap(([name, value]): Entry[] => {
    const specifier = typeof value === 'string' ? value : table(value)['version'];
    return typeof specifier === 'string' && specifier.trim() !== ''
      ? [[name, specifier.trim()]]
      : [];
  });

const table = (value: unknown): Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : {};

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

function grouped(entries: readonly Entry[]): Dependencies {
  const found = new Map<string, string[]>();
  for (const [name, specifier] of entries) {
    const known = found.get(name);
    if (!known) found.set(name, [specifier]);
    else if (!known.includes(specifier)) known.push(specifier);
  }
  return found;
}
