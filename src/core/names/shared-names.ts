import type { RepoPath } from '../../domain/path.ts';
import type { ChangedNames } from './names-in-doubt.ts';
import type { Definition } from './definitions-in.ts';
import { definitionsIn } from './definitions-in.ts';
import type { Language } from './language-of.ts';
import { stripCode } from './strip-code.ts';

/** A file of code that a branch changes, and the Go package it says it is of, where it is built everywhere. */
export interface ChangedInPackage extends ChangedNames {
  readonly goPackage: string | null;
}

/** A name that two branches add to one file, or to one package of Go. Branches are named by their index. */
export interface SharedName {
  readonly name: string;
  readonly language: Language;
  readonly unique: NonNullable<Definition['unique']>;
  readonly a: number;
  readonly b: number;
  readonly places: readonly [a: NamePlace, b: NamePlace];
}

export interface NamePlace {
  readonly path: RepoPath;
  readonly line: number;
}

interface Added extends NamePlace {
  readonly at: number;
  readonly language: Language;
  readonly unique: NonNullable<Definition['unique']>;
  readonly name: string;
}

/** The top-level names that each of two branches defines once, where one place has room for one. */
export function sharedNames(branches: readonly (readonly ChangedInPackage[])[]): SharedName[] {
  const rooms = new Map<string, Added[]>();
  for (const [at, files] of branches.entries())
    for (const { path, language, fresh, goPackage } of files)
      for (const { name, line, unique } of onceOnly(fresh)) {
        const place = goPackage === null ? path : `${directoryOf(path)} ${goPackage}`;
        const key = [language, place, unique, name].join(' ');
        const added = { at, path, line, language, unique: unique!, name };
        rooms.set(key, [...(rooms.get(key) ?? []), added]);
      }
  const found: SharedName[] = [];
  for (const all of rooms.values())
    for (const [index, first] of all.entries())
      for (const second of all.slice(index + 1)) {
        if (first.at === second.at) continue;
        const { name, language, unique } = first;
        found.push({ name, language, unique, a: first.at, b: second.at, places: [first, second] });
      }
  return found;
}

/** Of a name that is defined several times in one file, the author means several. */
const onceOnly = (fresh: readonly Definition[]): Definition[] =>
  fresh.filter(
    (one) => one.unique !== null && fresh.filter(({ name }) => name === one.name).length === 1,
  );

/** Where a file defines a name a second time at its top level; 0 where it does not. */
export function secondDefinition(text: string, { name, unique, language }: SharedName): number {
  const here = definitionsIn(stripCode(text, language), language).filter(
    (one) => one.name === name && one.unique === unique,
  );
  return here[1]?.line ?? 0;
}

/** Files whose names or first lines say that they are built on some machines only. */
const SOME_MACHINES =
  /_(?:aix|android|darwin|dragonfly|freebsd|illumos|ios|js|linux|netbsd|openbsd|plan9|solaris|wasip1|windows|386|amd64|arm|arm64|loong64|mips\w*|ppc64\w*|riscv64|s390x|wasm)(?:_test)?\.go$/;

/** The package that a file of Go is of; null where it is not built everywhere, or is not Go. */
export function goPackageOf(path: RepoPath, language: Language, text: string): string | null {
  if (language !== 'go' || SOME_MACHINES.test(path)) return null;
  if (/^\/\/(?:go:build| \+build)\b/m.test(text)) return null;
  return /^package[ \t]+(\w+)/m.exec(text)?.[1] ?? null;
}

const directoryOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0));
