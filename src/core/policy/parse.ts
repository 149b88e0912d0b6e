import { safeParse } from 'valibot';
import { compare } from '../../domain/finding.ts';
import type { Ownership } from '../../domain/ownership.ts';
import type { Problem } from '../../domain/problem.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import {
  describePath,
  explainIssue,
  explainMisfit,
  issuePath,
  type PlacedProblem,
} from './explain-issue.ts';
import { type Path, readYaml, type YamlText } from './read-yaml.ts';
import { resolveOwnership } from './resolve.ts';
import { RULES } from './rules.ts';
import { fitShape } from './shape.ts';
import { WrittenPolicy, type Written } from './written.ts';

/** A policy and all that can be said about its text without knowing the repository. */
export interface Reading {
  /** Null as soon as one problem is an error. */
  readonly ownership: Ownership | null;
  /** Sorted by place. */
  readonly problems: readonly Problem[];
  /** Where a rule such as `agents.a1.owns[0]` stands; line 0 for what the text does not say. */
  locate(rule: string): { readonly line: number; readonly column: number };
}

/**
 * The policy that a text describes, or every error in it, sorted by place. The only way from text
 * to `Ownership`: the hook, the command line and the action all read with it.
 */
export function parseOwnership(text: string): Result<Ownership, readonly Problem[]> {
  const { ownership, problems } = readPolicy(text);
  return ownership ? ok(ownership) : err(problems.filter(({ severity }) => severity === 'error'));
}

/** The same with warnings, and with the way from a rule back to its place: for `lint`. */
export function readPolicy(text: string): Reading {
  const yaml = readYaml(text);
  const found = yaml.value === undefined ? { written: null, problems: [] } : judge(yaml);
  const problems = sortProblems([...yaml.problems, ...found.problems]);
  const sound = problems.every(({ severity }) => severity !== 'error');
  const lineOf = (test: number): number => yaml.locate(['tests', test], 'value').line;
  return {
    ownership: sound && found.written ? resolveOwnership(found.written, lineOf) : null,
    problems,
    locate: (rule) => {
      const { line, column, present } = yaml.locate(parseRule(rule), 'value');
      return present ? { line, column } : { line: 0, column: 0 };
    },
  };
}

/** Sorted so that the same text always reads the same: place, errors first, kind, words. */
export const sortProblems = (problems: readonly Problem[]): Problem[] =>
  problems.toSorted(
    (a, b) =>
      a.line - b.line ||
      a.column - b.column ||
      compare(a.severity, b.severity) ||
      compare(a.rule, b.rule) ||
      compare(a.message, b.message),
  );

/** Judges the values: their shape, each on its own, then together as far as they can be used. */
function judge(yaml: YamlText): { written: Written | null; problems: Problem[] } {
  const { value, misfits } = fitShape(WrittenPolicy, yaml.value);
  const result = safeParse(WrittenPolicy, value);
  const missing = new Set(misfits.map(({ path }) => describePath(path)));
  const issues = (result.issues ?? []).filter(
    (issue) => !missing.has(describePath(issuePath(issue))),
  );
  const alone = [
    ...misfits.map(explainMisfit),
    ...issues.map((issue) => explainIssue(issue, yaml.locate(issuePath(issue), 'value').source)),
  ].filter(({ path, part }) => !yaml.locate(path, part).garbled);
  const written = result.success ? result.output : salvage(value);
  const problems = yaml.complete
    ? [...alone, ...(written ? RULES.flatMap((rule) => rule(written)) : [])]
    : alone.filter(({ rule }) => rule !== 'missing-key');
  return {
    written: result.success ? result.output : null,
    problems: problems.map((problem) => place(yaml, problem)),
  };
}

/** The policy without its faulty values, so that the rest can still be judged; null when none is left. */
function salvage(value: unknown): Written | null {
  if (typeof value !== 'object') return null;
  const rest = { agents: {}, ...structuredClone(value), version: 1 };
  for (;;) {
    const result = safeParse(WrittenPolicy, rest);
    if (result.success) return result.output;
    const removed = result.issues.map((issue) => remove(rest, issuePath(issue)));
    if (!removed.includes(true)) return null;
  }
}

/** Removes the innermost value of a map that holds the place; false when there is none left. */
function remove(root: unknown, path: Path): boolean {
  for (let length = path.length; length > 0; length--) {
    const step = path[length - 1]!;
    const parent = path.slice(0, length - 1).reduce<unknown>(within, root);
    if (typeof step !== 'string' || typeof parent !== 'object' || parent === null) continue;
    if (Object.hasOwn(parent, step)) return Reflect.deleteProperty(parent, step);
  }
  return false;
}

const within = (value: unknown, step: number | string): unknown =>
  typeof value === 'object' && value !== null
    ? (value as Record<number | string, unknown>)[step]
    : undefined;

function place(yaml: YamlText, problem: PlacedProblem): Problem {
  const { severity, rule, path, part, message, hint, witness } = problem;
  const { line, column } = yaml.locate(path, part);
  return {
    severity,
    rule,
    message,
    ...(hint !== null && { hint }),
    line,
    column,
    ...(witness !== undefined && { witness }),
  };
}

/** `agents.a1.owns[0]` as the path it came from; names hold neither dots nor brackets. */
const parseRule = (rule: string): Path =>
  Array.from(rule.matchAll(/[^.[\]]+|\[(\d+)\]/g), (match) =>
    match[1] === undefined ? match[0] : Number(match[1]),
  );
