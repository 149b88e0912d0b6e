import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { root, type Target } from './target.ts';

interface Input {
  readonly description: string;
  readonly required?: boolean;
  readonly default?: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, Input>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
}

const cell = (text: string): string => text.replace(/\s+/g, ' ').replaceAll('|', '\\|').trim();

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows].map((cells) => cells.map(cell));
  const widths = head.map((_, at) => Math.max(...all.map((cells) => cells[at]!.length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((text, at) => text.padEnd(widths[at]!)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(all[0]!), rule, ...all.slice(1).map(line)].join('\n');
}

const standard = ({ required, default: value }: Input): string => {
  if (required === true) return 'needed';
  return value === undefined || value === '' ? '' : `\`${value}\``;
};

/** Puts a text between two marks, which stay. */
function between(page: string, name: string, text: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [before, rest] = page.split(start);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined)
    throw new Error(`docs/action.md has no place for the ${name}`);
  return `${before}${start}\n\n${text}\n\n${end}${after}`;
}

/**
 * The tables of inputs and outputs in `docs/action.md`, from `action/action.yml`, where people find
 * the same words in their editors.
 */
export function actionDocsTargets(): Target[] {
  const action = parse(readFileSync(`${root}/action/action.yml`, 'utf8')) as Action;
  const inputs = table(
    ['Input', 'Default', 'What it is'],
    Object.entries(action.inputs).map(([name, input]) => [
      `\`${name}\``,
      standard(input),
      input.description,
    ]),
  );
  const outputs = table(
    ['Output', 'What it is'],
    Object.entries(action.outputs).map(([name, { description }]) => [`\`${name}\``, description]),
  );
  const path = 'docs/action.md';
  const page = readFileSync(`${root}/${path}`, 'utf8');
  return [{ path, content: between(between(page, 'inputs', inputs), 'outputs', outputs) }];
}
