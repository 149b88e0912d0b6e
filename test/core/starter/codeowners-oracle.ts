import type { Glob, Ownership } from '../../../src/domain/ownership.ts';
import type { RepoPath } from '../../../src/domain/path.ts';

/**
 * A second reading of CODEOWNERS that shares no code with the first: each pattern becomes one regular
 * expression, as github.com/hmarr/codeowners builds it, and every line is tried on every path.
 */
export function githubOwners(text: string, path: string): string[] {
  let owners: string[] = [];
  for (const line of text.split('\n')) {
    const [pattern, ...named] = line
      .replace(/(^|\s)#.*/, '')
      .split(/(?<!\\)\s+/)
      .filter(Boolean);
    if (pattern === undefined || /^!|[[\]]/.test(pattern)) continue;
    if (named.some((owner) => !owner.includes('@'))) continue;
    if (githubPattern(pattern).test(path)) owners = named;
  }
  return [...new Set(owners.map((owner) => owner.toLowerCase()))].sort();
}

function githubPattern(pattern: string): RegExp {
  if (pattern === '/') return /^$/;
  const segments = pattern.split('/');
  if (segments[0] === '') segments.shift();
  else if (segments.length === 1 || (segments.length === 2 && segments[1] === ''))
    segments.unshift('**');
  if (segments.length > 1 && segments.at(-1) === '') segments[segments.length - 1] = '**';
  const last = segments.length - 1;
  let source = '';
  let slash = false;
  for (const [at, segment] of segments.entries()) {
    if (segment === '**') {
      if (at === 0 && at === last) source += '.+';
      else if (at === 0) source += '(?:.+/)?';
      else if (at === last) source += '/.*';
      else source += '(?:/.+)?';
      slash = at > 0 && at < last;
      continue;
    }
    if (slash) source += '/';
    slash = true;
    if (segment === '*') source += '[^/]+';
    else {
      source += wildcards(segment);
      if (at === last) source += '(?:/.*)?';
    }
  }
  return new RegExp(`^${source}$`, 's');
}

/** GitLab: every section by itself, its last match, unless one of its exclusions names the path. */
export function gitlabOwners(text: string, path: string): string[] {
  const sections = new Map<string, { owners: string[]; excluded: boolean }>();
  let [name, defaults, optional] = ['', [] as string[], false];
  for (const line of text.split('\n')) {
    const header = /^(\^?)\[([^\]]+)\](?:\[\d+\])?(.*)$/.exec(line);
    const words = (header ? header[3]! : line).split(/(?<!\\)\s+/).filter(Boolean);
    if (header) [optional, name, defaults] = [header[1] === '^', header[2]!.toLowerCase(), words];
    if (header || words.length === 0 || optional || line.startsWith('#')) continue;
    const [written = '', ...named] = words;
    const excluded = written.startsWith('!');
    if (!gitlabPattern(written.replace(/^!/, '')).test(path)) continue;
    const before = sections.get(name);
    const owners = named.length > 0 ? named : defaults;
    sections.set(name, { owners, excluded: excluded || (before?.excluded ?? false) });
  }
  const all = [...sections.values()].flatMap(({ owners, excluded }) => (excluded ? [] : owners));
  return [...new Set(all.map((owner) => owner.toLowerCase()))].sort();
}

/** Ruby's `File.fnmatch(pattern, path, FNM_DOTMATCH | FNM_PATHNAME)`, after GitLab's own rewriting. */
function gitlabPattern(written: string): RegExp {
  let pattern = written === '*' ? '/**/*' : written.replace(/\\(\s)/g, '$1');
  if (!pattern.startsWith('/')) pattern = `/**/${pattern}`;
  if (pattern.endsWith('/')) pattern += '**/*';
  const parts = pattern.slice(1).split('/');
  const source = parts
    .map((part, at) =>
      part === '**' && at < parts.length - 1
        ? '(?:[^/]+/)*'
        : wildcards(part) + (at < parts.length - 1 ? '/' : ''),
    )
    .join('');
  return new RegExp(`^${source}$`, 's');
}

const wildcards = (segment: string): string =>
  segment
    .replace(/\\(.)/g, '$1')
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '[^/]*')
    .replace(/\?/g, '[^/]');

/** The accounts a policy lets change a path, by the layers of the design: reserved, shared, owned. */
export function policyAccounts(policy: Ownership, path: string): string[] {
  const hits = (globs: readonly Glob[]): boolean =>
    globs.some((glob) => glob.matches(path as RepoPath));
  const account = (id: string): string =>
    [...policy.agents.values()].find((agent) => agent.id === id)!.title!.toLowerCase();
  for (const parts of [policy.reserved, policy.shared]) {
    const found = parts.filter(({ paths }) => hits(paths));
    if (found.length === 0) continue;
    const common = found[0]!.agents.filter((id) =>
      found.every(({ agents }) => agents.includes(id)),
    );
    return common.map(account).sort();
  }
  const owners = [...policy.agents.values()].filter(
    ({ owns, except }) => hits(owns) && !hits(except),
  );
  if (owners.length > 1) throw new Error(`${path} belongs to ${owners.map(({ id }) => id).join()}`);
  return owners.map(({ id }) => account(id));
}
