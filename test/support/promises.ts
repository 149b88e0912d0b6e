import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { packageRoot } from './repository.ts';

/** A text that people read, and where it stands. */
export interface Passage {
  readonly where: string;
  readonly text: string;
}

/** One command line that a passage names: the words after `bailiwick`. */
export interface NamedCommand {
  readonly where: string;
  readonly words: readonly string[];
}

export const PAGES = [
  'README.md',
  '.github/CONTRIBUTING.md',
  'action/action.yml',
  ...readdirSync(join(packageRoot, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

export const readPage = (name: string): string => readFileSync(join(packageRoot, name), 'utf8');

/** What Markdown shows as code: fenced blocks, and spans, which may run over a line end. */
export function codeIn(page: string): Passage[] {
  const text = readPage(page);
  if (!page.endsWith('.md')) return [{ where: page, text }];
  const fenced = [...text.matchAll(/^ *```\w*\n([\s\S]*?)^ *```$/gm)].map(([, block]) => block!);
  const prose = text.replace(/^ *```\w*\n[\s\S]*?^ *```$/gm, '');
  const spans = [...prose.matchAll(/`([^`]+)`/g)].map(([, span]) => span!.replace(/\s+/g, ' '));
  return [...fenced, ...spans].map((code) => ({ where: page, text: code }));
}

let strings: readonly Passage[] | null = null;

/** Every string of the source; what a template fills in is written `<...>`. Read once. */
export const stringsOfSource = (): readonly Passage[] => (strings ??= readStrings());

function readStrings(): Passage[] {
  const found: Passage[] = [];
  for (const name of sourceFiles()) {
    const source = ts.createSourceFile(name, readPage(name), ts.ScriptTarget.Latest);
    const visit = (node: ts.Node): void => {
      const text = textOf(node);
      if (text !== null) found.push({ where: `${name}:${lineOf(source, node)}`, text });
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return found;
}

const sourceFiles = (): string[] =>
  readdirSync(join(packageRoot, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `src/${name.replaceAll('\\', '/')}`);

const lineOf = (source: ts.SourceFile, node: ts.Node): number =>
  source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;

function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  return node.head.text + node.templateSpans.map(({ literal }) => `<...>${literal.text}`).join('');
}

/** Words that go on after the name of the program in a sentence, or make a name with it. */
const PROSE = /\bbailiwick (?:board|cannot|command|from|gate|is|itself|writes)\b/g;

/**
 * The command lines in a text. One ends with its line, its code span, or where the shell or a
 * sentence goes on: at a pipe, `&&`, two spaces, a comment, or a full stop or comma before a space.
 */
export function commandsIn({ where, text }: Passage): NamedCommand[] {
  const command = /(?<![$\w./@<>-])bailiwick((?: -C \S+)? (?![-|&#>]\s)[-a-z<[][^\n`]*)/g;
  return [...text.replace(PROSE, 'it').matchAll(command)].map(([, rest]) => ({
    where,
    words: rest!
      .trim()
      .split(/ {2}| && | \| | # |[.,;:)] |[.,;:)]$/)[0]!
      .split(' ')
      .map((word) => word.replace(/^['"]|['"]$/g, '').replace(/(?<=[a-z])<.*/, ''))
      .filter(Boolean),
  }));
}
