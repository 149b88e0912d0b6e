import type { BaseIssue } from 'valibot';
import { type Hint, hintTo } from '../../domain/hint.ts';
import { PROBLEM_RULES, type ProblemRule } from '../../domain/problem.ts';
import { yamlQuote } from '../glob/parse.ts';
import { suggest } from '../text/suggest.ts';
import type { Path } from './read-yaml.ts';
import type { Misfit } from './shape.ts';

/** Something wrong at a place of the policy, before its line and column are known. */
export interface PlacedProblem {
  readonly severity: 'error' | 'warning';
  readonly rule: ProblemRule;
  readonly path: Path;
  /** Whether the key or the value at the path is at fault. */
  readonly part: 'key' | 'value';
  readonly message: string;
  readonly hint: Hint | null;
  readonly witness?: string;
}

/** The path of an issue: keys and indexes from the top. */
export const issuePath = (issue: BaseIssue<unknown>): Path =>
  (issue.path ?? []).map(({ key }) => key as number | string);

/** A place in words: `agents.a1.owns[0]`; the same form as the `rule` of a glob. */
export const describePath = (path: Path): string =>
  path.reduce<string>(
    (words, step) =>
      typeof step === 'number' ? `${words}[${step}]` : words === '' ? step : `${words}.${step}`,
    '',
  );

/**
 * An issue of the schema in the policy's words. `source` is what is written at its place.
 */
export function explainIssue(issue: BaseIssue<unknown>, source: string): PlacedProblem {
  const path = issuePath(issue);
  const part = issue.path?.at(-1)?.origin === 'key' ? 'key' : 'value';
  const problem = (rule: ProblemRule, message: string, hint: Hint | null): PlacedProblem => ({
    severity: 'error',
    rule,
    path,
    part,
    message,
    hint,
  });
  const name = path.length === 0 ? 'the policy' : `\`${describePath(path)}\``;
  switch (issue.type) {
    case 'raw_transform': {
      const rule = PROBLEM_RULES.find((known) => known === issue.expected) ?? 'wrong-value';
      const message = /^(?:is|has|starts) /.test(issue.message)
        ? `${name} ${issue.message}`
        : issue.message;
      return problem(rule, message, issue.received ? hintTo(issue.received) : null);
    }
    case 'strict_object':
    case 'record':
      if (part === 'key')
        return { ...missingKey(path), severity: 'error', path: path.slice(0, -1), part };
      return problem(
        'wrong-type',
        issue.input === null
          ? `${name} is empty`
          : `${name} ${isA(issue.input)}, not a map of keys and values`,
        mapHint(path),
      );
    case 'array':
      return problem(
        'wrong-type',
        `${name} ${isA(issue.input)}, not a list`,
        typeof issue.input === 'string'
          ? hintTo(`make it a list, write [${yamlQuote(issue.input)}]`)
          : LIST_HINT,
      );
    case 'string':
      return problem(
        'wrong-type',
        `${name} ${isA(issue.input)}, not text`,
        /^(?:age|remind|review|ttl)$/.test(String(path.at(-1)))
          ? hintTo('give a duration, write 30m, 2h, 1h30m or 1d')
          : textHint(issue.input, source),
      );
    case 'picklist':
    case 'literal':
      return wrongChoice(problem, name, issue);
    case 'min_length':
      return problem('wrong-value', `${name} is empty`, PART_HINT);
    default:
      return problem(
        'wrong-value',
        `${name} is ${source === '' ? 'empty' : source}, not a whole number from 1 up`,
        hintTo('set no limit, remove it'),
      );
  }
}

/** A misfit of `fitShape` in the policy's words. */
export function explainMisfit(misfit: Misfit): PlacedProblem {
  const { kind, path } = misfit;
  const name = describePath(path);
  if (kind === 'not-a-map') {
    const message = `${name === '' ? 'the policy' : `\`${name}\``} is a list, not a map of keys and values`;
    return {
      severity: 'error',
      rule: 'wrong-type',
      path,
      part: 'value',
      message,
      hint: mapHint(path),
    };
  }
  const key = String(path.at(-1));
  const near = suggest(key, misfit.known);
  const hint =
    key === '<<'
      ? hintTo('share values, write them out: merge keys are not part of YAML 1.2')
      : near
        ? hintTo(`set what is meant, write ${near}`)
        : hintTo(`see what can be set, choose from ${misfit.known.join(', ')}`);
  const within = path.length > 1 ? ` in \`${describePath(path.slice(0, -1))}\`` : '';
  const message = `unknown key \`${key}\`${within}`;
  return { severity: 'error', rule: 'unknown-key', path, part: 'key', message, hint };
}

function missingKey(path: Path): Pick<PlacedProblem, 'hint' | 'message' | 'rule'> {
  const key = String(path.at(-1));
  const within = path.length > 1 ? `\`${describePath(path.slice(0, -1))}\`` : 'the policy';
  const hint =
    key === 'version'
      ? hintTo('say which format it has, write version: 1')
      : hintTo(`complete it, add ${key}`);
  return { rule: 'missing-key', message: `${within} has no \`${key}\``, hint };
}

function wrongChoice(
  problem: (rule: ProblemRule, message: string, hint: Hint) => PlacedProblem,
  name: string,
  issue: BaseIssue<unknown>,
): PlacedProblem {
  const choices = (issue.expected ?? '').replaceAll(/[()"]/g, '').split(' | ');
  const near = typeof issue.input === 'string' ? suggest(issue.input, choices) : null;
  return problem(
    'wrong-value',
    `${name} ${typeof issue.input === 'string' ? `is \`${issue.input}\`` : isA(issue.input)}, not ${choices.join(', ')}`,
    near || choices.length === 1
      ? hintTo(`set what is meant, write ${near ?? choices[0]}`)
      : hintTo(`set it, choose from ${choices.join(', ')}`),
  );
}

const PART_HINT = hintTo('drop the part, remove it as a whole');

const LIST_HINT = hintTo("make it a list, write each item on a line of its own after '- '");

const mapHint = (path: Path): Hint =>
  path.length === 0
    ? hintTo('start a policy', 'bailiwick init')
    : hintTo(`see what goes there, look for ${path[0]} in docs/ownership.md`);

/** How a value that should be text came not to be: YAML reads more into plain words than people do. */
function textHint(input: unknown, source: string): Hint {
  const written = source.trim();
  if (input === null && (written === '' || written === '~'))
    return hintTo(
      'write text that starts with # or ~, put it in single quotes; to leave it out, remove the line',
    );
  if (written.includes('\n'))
    return hintTo('write it as text, put it on one line in single quotes');
  return hintTo(`write it as text, quote it: ${yamlQuote(written)}`);
}

function isA(input: unknown): string {
  if (input === null || input === undefined) return 'is empty';
  if (Array.isArray(input)) return 'is a list';
  if (typeof input === 'object') return 'is a map';
  if (typeof input === 'boolean') return `is the boolean ${input}`;
  return typeof input === 'number' ? `is the number ${input}` : `is the text \`${String(input)}\``;
}
