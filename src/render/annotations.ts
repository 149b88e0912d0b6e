import type { Finding, Severity } from '../domain/finding.ts';
import { escapeWorkflowCommand } from './escape.ts';
import { type FindingGroup, groupFindings } from './findings.ts';
import { hintSentence } from './hint.ts';
import { count } from './words.ts';

/** GitHub shows so many annotations of one kind for a step, and drops the rest without a word. */
const MOST_OF_A_KIND = 10;
/** Paths named in an annotation that stands for many. */
const MOST_PATHS = 20;

/** One mark on a file, or on the whole run where no path is set. */
interface Annotation {
  readonly path: string | undefined;
  readonly title: string;
  readonly message: string;
}

/**
 * The findings as workflow commands, which the runner turns into annotations on the files. Where
 * there are too many, findings of one code, rule and owner share an annotation on the first of their
 * paths. Syntax: GitHub's documentation, "Workflow commands for GitHub Actions".
 */
export function renderAnnotations(findings: readonly Finding[]): string {
  const kinds: Severity[] = ['error', 'warning', 'notice'];
  return kinds
    .flatMap((kind) => annotate(findings.filter(({ severity }) => severity === kind)))
    .join('');
}

function annotate(findings: readonly Finding[]): string[] {
  const [first] = findings;
  if (!first) return [];
  const all =
    findings.length <= MOST_OF_A_KIND
      ? findings.map(single)
      : groupFindings(findings, null).map(grouped);
  const shown = all.length <= MOST_OF_A_KIND ? all : cut(all);
  return shown.map((annotation) => command(first.severity, annotation));
}

const single = ({ code, path, message, hint }: Finding): Annotation => ({
  path,
  title: `bailiwick: ${code}`,
  message: hint === undefined ? message : `${message}\n${hintSentence(hint)}`,
});

function grouped({ code, findings, message }: FindingGroup): Annotation {
  const [first] = findings;
  const paths = findings.flatMap(({ path }) => path ?? []);
  const hidden = paths.length - MOST_PATHS;
  const lines = [
    `${message ?? first!.message}${findings.length > 1 ? ` (${count(findings.length, 'finding')})` : ''}`,
    ...paths.slice(0, MOST_PATHS),
    ...(hidden > 0 ? [`and ${count(hidden, 'more path')}`] : []),
  ];
  return { path: first!.path, title: `bailiwick: ${code}`, message: lines.join('\n') };
}

/** The last place tells how much is not shown. */
function cut(all: readonly Annotation[]): Annotation[] {
  const shown = all.slice(0, MOST_OF_A_KIND - 1);
  const rest = {
    path: undefined,
    title: 'bailiwick',
    message: `and ${count(all.length - shown.length, 'more group')} of findings: the job summary lists them`,
  };
  return [...shown, rest];
}

function command(kind: Severity, { path, title, message }: Annotation): string {
  const file = path === undefined ? '' : `file=${escapeWorkflowCommand(path, 'property')},`;
  const properties = `${file}title=${escapeWorkflowCommand(title, 'property')}`;
  return `::${kind} ${properties}::${escapeWorkflowCommand(message, 'data')}\n`;
}

/** One annotation on the run itself. */
export const renderNote = (kind: Severity, message: string): string =>
  command(kind, { path: undefined, title: 'bailiwick', message });
