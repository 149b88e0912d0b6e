import pep440 from '@renovatebot/pep440';
import semver from 'semver';
import type { Ecosystem } from './manifest-kind.ts';

/** Longer specifiers are not written by hand. */
const LONGEST = 300;

/**
 * Whether some version is within both specifiers: an exact pin inside the other's range is. Null where one of them
 * names no versions: an address, a tag, a workspace.
 */
export function holdTogether(ecosystem: Ecosystem, a: string, b: string): boolean | null {
  if (a === b) return true;
  if (a.length > LONGEST || b.length > LONGEST) return null;
  if (ecosystem === 'python') return pythonMeets(a, b);
  return ecosystem === 'go' ? goMeets(a, b) : rangesMeet(ecosystem, a, b);
}

function rangesMeet(ecosystem: 'cargo' | 'npm', a: string, b: string): boolean | null {
  const [one, other] = [a, b].map((text) =>
    semver.validRange(ecosystem === 'cargo' ? cargoRange(text) : text),
  );
  return one && other ? semver.intersects(one, other) : null;
}

/**
 * Go takes the highest of all that are asked for, and that serves everybody as far as semantic versions promise it:
 * within a major version, below 1 within a minor one. A commit's own version (`v0.0.0-2024…`) promises nothing.
 * Source: go.dev/ref/mod#versions.
 */
function goMeets(a: string, b: string): boolean | null {
  const [one, other] = [a, b].map((text) => /^v(\d{1,9})\.(\d{1,9})\.\d/.exec(text));
  if (!one || !other || [a, b].some((text) => text.startsWith('v0.0.0'))) return null;
  return one[1] === other[1] && (one[1] !== '0' || one[2] === other[2]);
}

/** Cargo separates by commas, and a version alone is a caret. */
const cargoRange = (text: string): string =>
  text
    .split(',')
    .map((part) => part.trim())
    .map((part) => (/^\d/.test(part) && !part.includes('*') ? `^${part}` : part))
    .join(' ');

/**
 * What is within both begins at a version that one of them names, right after one, or below all of them: these
 * are tried.
 */
function pythonMeets(a: string, b: string): boolean | null {
  const both = [a, b].map(pythonSpecifier);
  if (both.some((text) => text === null || !pep440.validRange(text))) return null;
  const named = both.join(',').match(/\d+(?:\.\d+)*(?:(?:a|b|rc|\.post|\.dev)\d+)*/g) ?? [];
  const tried = ['0', ...named.flatMap((version) => [version, after(version)])];
  return tried.some((version) =>
    both.every((text) => pep440.satisfies(version, text!, { prereleases: true })),
  );
}

/** The next thing that could be released. */
const after = (version: string): string => `${/^\d+(?:\.\d+)*/.exec(version)![0]}.0.0.0.1`;

/** Poetry's own forms in those of PEP 440; null where it has none. */
function pythonSpecifier(text: string): string | null {
  if (text.includes('||')) return null;
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '' && part !== '*')
    .map((part) => {
      const [, sign, version] = /^([\^~]?)(?!=)\s*(\d+(?:\.\d+)*)$/.exec(part) ?? [];
      if (version === undefined) return part;
      if (sign === '') return `==${version}`;
      const parts = version.split('.').map(Number);
      const fixed = sign === '~' ? Math.min(parts.length - 1, 1) : caretPlace(parts);
      const next = parts
        .slice(0, fixed + 1)
        .map((number, at) => (at === fixed ? number + 1 : number));
      return `>=${version},<${next.join('.')}`;
    })
    .join(',');
}

/** The first part that is not zero may not change. */
const caretPlace = (parts: readonly number[]): number => {
  const place = parts.findIndex((number) => number > 0);
  return place < 0 ? parts.length - 1 : place;
};
