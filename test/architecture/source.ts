import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path/posix';
import { packageRoot } from '../support/repository.ts';

/** One import of a file below `src`. Paths are relative to `src`. */
export interface Import {
  readonly from: string;
  /** A file below `src`, or the name of a package or Node module. */
  readonly to: string;
  readonly inside: boolean;
  /** Loaded when it is asked for: `import('x')`. */
  readonly lazy: boolean;
}

const source = join(packageRoot, 'src');

/** Every file below `src`, sorted. */
export const files: readonly string[] = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .sort();

const texts = new Map(files.map((file) => [file, readFileSync(join(source, file), 'utf8')]));

export const text = (file: string): string => texts.get(file)!;

/** `import ... from 'x'`, `export ... from 'x'`, `import 'x'` and `import('x')`. */
const IMPORT =
  /^(?:import|export)\b[^'";]*?\bfrom '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm;

export const imports: readonly Import[] = files.flatMap((from) =>
  [...text(from).matchAll(IMPORT)].map(([, named, bare, lazy]) => {
    const specifier = (named ?? bare ?? lazy)!;
    const inside = specifier.startsWith('.');
    const to = inside ? normalize(join(dirname(from), specifier)) : specifier;
    return { from, to, inside, lazy: lazy !== undefined };
  }),
);

/** The first folder of a file: `core` of `core/guard/decide.ts`. */
export const floorOf = (file: string): string => file.split('/')[0]!;

/** The first two: `core/guard`. A file that lies on the floor itself has none below it. */
export const roomOf = (file: string): string => {
  const [floor, room, rest] = file.split('/');
  return rest === undefined ? floor! : `${floor}/${room}`;
};

/** Names that a file exports. */
export const exportsOf = (file: string): string[] =>
  [
    ...text(file).matchAll(
      /^export (?:async )?(?:function\*?|const|let|class|interface|type|enum) (\w+)/gm,
    ),
  ].map(([, name]) => name!);

/** Types among them. */
export const typesOf = (file: string): string[] =>
  [...text(file).matchAll(/^export (?:abstract )?(?:class|interface|type|enum) (\w+)/gm)].map(
    ([, name]) => name!,
  );
