import { isTestPath } from '../text/is-test-path.ts';

/** Languages whose names are compared, each with itself only. */
export type Language = 'c' | 'go' | 'python' | 'ruby' | 'rust' | 'script';

const ENDINGS: Readonly<Record<Language, readonly string[]>> = {
  c: ['c', 'h', 'cc', 'cpp', 'hpp'],
  go: ['go'],
  python: ['py', 'pyi'],
  ruby: ['rb'],
  rust: ['rs'],
  script: ['js', 'jsx', 'mjs', 'cjs', 'ts', 'tsx', 'mts', 'cts'],
};

const BY_ENDING = new Map(
  Object.entries(ENDINGS).flatMap(([language, endings]) =>
    endings.map((ending) => [ending, language as Language] as const),
  ),
);

/** Pathspecs of all files of a language. */
export const codePaths = (language: Language): string[] =>
  ENDINGS[language].map((ending) => `*.${ending}`);

/** Other people's files, and what programs write. */
const FOREIGN =
  /(?:^|\/)(?:node_modules|vendor|third_party|dist|build|site-packages)\/|\.min\.js$|\.pb\.go$|_pb2(?:_grpc)?\.pyi?$|[._](?:generated|gen)\.\w+$|\.d\.ts$/;

/** The language of a file that people write; null for any other. */
export function languageOf(path: string): Language | null {
  if (FOREIGN.test(path)) return null;
  return BY_ENDING.get(path.slice(path.lastIndexOf('.') + 1)) ?? null;
}

/** The language of a file that others may use names of: no test, nothing that a program writes. */
export const languageOfPart = (path: string): Language | null =>
  isTestPath(path) || /(?:^|\/)internal\//.test(path) ? null : languageOf(path);
