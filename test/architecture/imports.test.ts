import { describe, expect, it } from 'vitest';
import { files, floorOf, type Import, imports, roomOf } from './source.ts';

/** What each floor may import. A new folder of `src` needs a line here. */
const BELOW: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  core: ['domain'],
  git: ['domain'],
  host: ['domain'],
  render: ['domain'],
  services: ['core', 'domain', 'git', 'host'],
  commands: ['core', 'domain', 'git', 'host', 'services'],
  action: ['commands', 'domain', 'host', 'render'],
  // The command line has a server among its commands.
  cli: ['commands', 'domain', 'host', 'mcp', 'render'],
  harness: ['commands', 'domain', 'host', 'render'],
  hooks: ['commands', 'domain', 'host', 'render'],
  mcp: ['commands', 'domain', 'host', 'render'],
  // Runs in a browser: of the program it knows the data it is given, and nothing else.
  page: ['domain'],
};

/** Which packages and Node modules a floor may use. */
const PACKAGES: Readonly<Record<string, RegExp>> = {
  domain: /^$/,
  core: /^(?:@renovatebot\/pep440|acorn|graphology(?:-communities-louvain)?|jsonc-parser|node:path\/posix|refa|semver|smol-toml|valibot|yaml)$/,
  git: /^(?:node:(?:child_process|crypto|path|zlib)|simple-git)$/,
  host: /^(?:node:.*|@actions\/github)$/,
  render: /^$/,
  services: /^node:path$/,
  commands: /^node:path$/,
  action: /^(?:@actions\/.*|node:path)$/,
  cli: /^(?:commander|ora|node:(?:fs|path))$/,
  harness: /^node:(?:fs|path)$/,
  hooks: /^node:(?:fs|path|vm)$/,
  mcp: /^node:(?:fs|path)$/,
  page: /^(?:preact|preact\/hooks|d3-dag|d3-hierarchy)$/,
};

/** The ground rooms of core, where its subjects meet. */
const GROUND = ['core/glob', 'core/graph', 'core/history', 'core/text'];

/** The floors inside services, lowest first. A room may import rooms of lower floors only. */
const SERVICES: readonly (readonly string[])[] = [
  ['objects', 'refs'],
  ['session', 'state'],
  ['layout', 'plans'],
  ['semantics'],
  ['fleet', 'locks', 'install', 'requests', 'validation'],
  ['handoffs'],
  ['phases'],
  ['guard', 'tasks'],
  ['landing', 'proposals', 'remote', 'worktrees'],
  ['board', 'cleanup', 'doctor', 'gate', 'metrics', 'receive', 'status', 'strict', 'testing'],
  ['demo', 'harness', 'page'],
];

const inside = imports.filter((one) => one.inside);
const sentences = (wrong: readonly Import[], why: (one: Import) => string): string[] =>
  wrong.map((one) => `${one.from} imports ${one.to}: ${why(one)}`);

describe('imports', () => {
  it('point only toward domain', () => {
    const wrong = inside.filter(
      ({ from, to }) =>
        floorOf(from) !== floorOf(to) && !BELOW[floorOf(from)]?.includes(floorOf(to)),
    );
    const said = sentences(
      wrong,
      ({ from }) =>
        `${floorOf(from)} may import only ${BELOW[floorOf(from)]?.join(', ') || 'nothing'}. ` +
        'Move what both need to a floor below both.',
    );
    expect(said).toEqual([]);
  });

  it('use only the packages of their floor', () => {
    const wrong = imports.filter(
      (one) => !one.inside && !PACKAGES[floorOf(one.from)]?.test(one.to),
    );
    const said = sentences(
      wrong,
      ({ from }) =>
        `${floorOf(from)} does not use this package. ` +
        'Files, clock and network belong to host, processes of git to git.',
    );
    expect(said).toEqual([]);
  });

  it('of subjects in core meet only in the ground rooms', () => {
    const wrong = inside.filter(
      ({ from, to }) =>
        floorOf(from) === 'core' &&
        floorOf(to) === 'core' &&
        roomOf(from) !== roomOf(to) &&
        !GROUND.includes(roomOf(to)),
    );
    const said = sentences(
      wrong,
      ({ from, to }) =>
        `${roomOf(from)} and ${roomOf(to)} are two subjects. ` +
        `Put what both need into ${GROUND.join(', ')} or domain, or let a service join them.`,
    );
    expect(said).toEqual([]);
  });

  it('of ground rooms in core do not reach a subject', () => {
    const wrong = inside.filter(
      ({ from, to }) =>
        GROUND.includes(roomOf(from)) && floorOf(to) === 'core' && !GROUND.includes(roomOf(to)),
    );
    const said = sentences(wrong, () => 'a ground room serves subjects and knows none.');
    expect(said).toEqual([]);
  });

  it('inside services go down', () => {
    const level = (file: string): number =>
      SERVICES.findIndex((rooms) => rooms.includes(file.split('/')[1]!));
    const wrong = inside.filter(
      ({ from, to }) =>
        floorOf(from) === 'services' &&
        floorOf(to) === 'services' &&
        roomOf(from) !== roomOf(to) &&
        level(from) <= level(to),
    );
    const said = sentences(
      wrong,
      ({ from, to }) =>
        `${roomOf(to)} does not lie below ${roomOf(from)}. ` +
        'Move what is needed down, or the caller up; the floors are in this test.',
    );
    expect(said).toEqual([]);
  });

  it('do not join two commands', () => {
    const wrong = inside.filter(
      ({ from, to }) => floorOf(from) === 'commands' && floorOf(to) === 'commands',
    );
    const said = sentences(
      wrong,
      () => 'a command calls no other command. What both do is a service.',
    );
    expect(said).toEqual([]);
  });

  it('do not go round in a circle', () => {
    expect(circles().map((circle) => `${circle.join(' -> ')}: move what closes it`)).toEqual([]);
  });

  it('reach every folder of src by a line in the tables', () => {
    const rooms = new Set(
      files.filter((file) => floorOf(file) === 'services').map((file) => file.split('/')[1]!),
    );
    const missing = [
      ...[...new Set(files.map(floorOf))].filter((floor) => !(floor in BELOW) && floor !== ''),
      ...[...rooms].filter((room) => !SERVICES.flat().includes(room)),
    ];
    expect(missing.map((name) => `${name} is a new folder: give it a line in this test`)).toEqual(
      [],
    );
    const gone = [
      ...Object.keys(BELOW).filter((floor) => !files.some((file) => floorOf(file) === floor)),
      ...SERVICES.flat().filter((room) => !rooms.has(room)),
    ];
    expect(gone.map((name) => `${name} is gone: take its line out of this test`)).toEqual([]);
  });
});

/** Circles of files and of rooms inside one floor, each once. */
function circles(): string[][] {
  const graph = (place: (file: string) => string): Map<string, Set<string>> => {
    const edges = new Map<string, Set<string>>();
    for (const { from, to, lazy } of inside)
      // A table of what is loaded when it is asked for does not close a circle.
      if (!lazy && place(from) !== place(to))
        edges.set(place(from), (edges.get(place(from)) ?? new Set()).add(place(to)));
    return edges;
  };
  return [...findCircles(graph((file) => file)), ...findCircles(graph(roomOf))];
}

function findCircles(edges: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const found: string[][] = [];
  const done = new Set<string>();
  const visit = (place: string, way: readonly string[]): void => {
    const at = way.indexOf(place);
    if (at >= 0) found.push([...way.slice(at), place]);
    if (at >= 0 || done.has(place)) return;
    for (const next of edges.get(place) ?? []) visit(next, [...way, place]);
    done.add(place);
  };
  for (const place of edges.keys()) visit(place, []);
  return found;
}
