import { parseDuration } from '../../domain/text/duration.ts';
import { type Hint, hintTo } from '../../domain/hint.ts';
import { type AgentId, type LockName, parseAgentId, parseLockName } from '../../domain/ids.ts';
import type { Agent, BranchTemplate } from '../../domain/ownership.ts';
import { parseRepoPath, type RepoPath } from '../../domain/path.ts';
import type { ProblemRule } from '../../domain/problem.ts';
import { type BranchName, parseBranchName } from '../../domain/refs.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { explainFault, parseGlob } from '../glob/parse.ts';
import type { GlobSyntax } from '../glob/syntax.ts';

/** Why one value of the policy has not the form it must have. */
export interface FormFault {
  readonly rule: ProblemRule;
  readonly message: string;
  readonly hint: Hint | null;
}

/** Reads one value: what it means, or why it has not the form. */
export type Form<Input, Output> = (input: Input) => Result<Output, FormFault>;

const wrong = (message: string, hint: Hint, rule: ProblemRule = 'wrong-value') =>
  err<FormFault>({ rule, message, hint });

const quote = (text: string): string => `\`${text}\``;

export const globForm: Form<string, GlobSyntax> = (text) => {
  const parsed = parseGlob(text);
  if (parsed.ok) return parsed;
  const { message, hint } = explainFault(parsed.error);
  return err({ rule: 'glob-grammar', message: `the glob ${quote(text)} ${message}`, hint });
};

export const agentIdForm: Form<string, AgentId> = (text) => {
  const id = parseAgentId(text);
  if (id !== null) return ok(id);
  const message = /^(?:all|human|main|none)$/.test(text)
    ? `${quote(text)} is a reserved word and cannot be the id of an agent`
    : `${quote(text)} cannot be the id of an agent`;
  return wrong(
    message,
    hintTo('name an agent, use a lower-case letter, then up to 31 letters, digits or hyphens: a1'),
    'agent-id',
  );
};

export const partNameForm: Form<string, LockName> = (text) => {
  const name = parseLockName(text);
  if (name !== null) return ok(name);
  return wrong(
    `${quote(text)} cannot be a name`,
    hintTo(
      'name a part, use a lower-case letter, then up to 63 letters, digits, `_` or `-`: common',
    ),
  );
};

export const aliasForm: Form<string, string> = (text) =>
  /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?$/.test(text) &&
  !/^(?:all|human|main|none)$/.test(text)
    ? ok(text)
    : wrong(
        `${quote(text)} cannot stand for an agent in a branch name`,
        hintTo('name an alias, use letters, digits, `.`, `_` or `-`: agent-1'),
      );

/** Text on one line, for what ends up in files and shells; an empty value is almost always a slip. */
export const lineForm: Form<string, string> = (text) => {
  if (text.trim() === '') return wrong('is empty', hintTo('leave it out, remove it'));
  return hasControl(text)
    ? wrong('has a line break or another control character', hintTo('keep it safe, write one line'))
    : ok(text);
};

export const envValueForm: Form<string, string> = (text) =>
  hasControl(text)
    ? wrong('has a line break or another control character', hintTo('keep it safe, write one line'))
    : ok(text);

export const envNameForm: Form<string, string> = (text) => {
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,127}$/.test(text))
    return wrong(
      `${quote(text)} cannot be the name of an environment variable`,
      hintTo('name a variable, use letters, digits and `_`, not a digit first: DB_SCHEMA'),
    );
  if (text === 'AGENT_ID' || text === 'BAILIWICK_AGENT')
    return wrong(
      `${quote(text)} is set by bailiwick itself`,
      hintTo('set something else, rename it'),
    );
  return ok(text);
};

/** A branch as git branch prints it. `origin/main` could be one, and is always meant otherwise. */
export const branchForm: Form<string, BranchName> = (text) => {
  const short = text.replace(/^(?:refs\/heads|refs\/remotes\/origin|origin)\//, '');
  const branch = parseBranchName(text);
  if (branch !== null && short === text) return ok(branch);
  return wrong(
    `${quote(text)} is not the name of a branch`,
    hintTo(
      `name the branch everything lands on, write ${short === text ? 'what git branch prints: main' : short}`,
    ),
  );
};

export const durationForm: Form<string, number> = (text) => {
  const milliseconds = parseDuration(text);
  return milliseconds === null
    ? wrong(
        `${quote(text)} is not a duration`,
        hintTo('give a duration, write 30m, 2h, 1h30m or 1d'),
      )
    : ok(milliseconds);
};

export const portsForm: Form<unknown, NonNullable<Agent['ports']>> = (input) => {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(
    typeof input === 'number' || typeof input === 'string' ? String(input) : '',
  );
  const hint = hintTo('give ports, write the first and the last: 8080-8099');
  if (!match) return wrong('is not a range of ports', hint);
  const first = Number(match[1]);
  const last = Number(match[2] ?? match[1]);
  if (first < 1 || last > 65_535) return wrong('is outside of the ports 1 to 65535', hint);
  if (first > last) return wrong(`starts at ${first}, after its end ${last}`, hint);
  return ok({ first, last });
};

export const repoPathForm: Form<string, RepoPath> = (text) => {
  const path = parseRepoPath(text);
  return path === null
    ? wrong(
        `${quote(text)} is not a path inside the repository`,
        hintTo("name a path, write it from the repository's top down, without `.` and `..`"),
      )
    : ok(path);
};

/** `feat/{agent}/{topic}`: which agent a branch belongs to. */
export const branchTemplateForm: Form<string, BranchTemplate> = (text) => {
  const fault = templateFault(text, null);
  if (fault !== null) return fault;
  return isBranchTemplate(text) ? ok({ text }) : notABranch(text);
};

/** `feat/{agent}/main`: the branch of a new worktree. */
export const worktreeBranchForm: Form<string, string> = (text) => {
  const fault = templateFault(text, WORKTREE_FIELDS);
  if (fault !== null) return fault;
  return isBranchTemplate(text) ? ok(text) : notABranch(text);
};

/** `../wt-{agent}-{slug}`: the directory of a new worktree. */
export const worktreePathForm: Form<string, string> = (text) => {
  const fault = templateFault(text, WORKTREE_PATH_FIELDS);
  if (fault !== null) return fault;
  if (/^[/\\~]|^[A-Za-z]:/.test(text) || hasControl(text))
    return wrong(
      `${quote(text)} is not a relative path`,
      hintTo('place worktrees, write a path relative to the main checkout: ../wt-{agent}-{slug}'),
    );
  return ok(text);
};

const WORKTREE_PATH_FIELDS = ['agent', 'repository', 'slug'];
const WORKTREE_FIELDS = ['agent', 'slug'];
const FIELD = /\{([a-z][a-z0-9_-]*)\}/g;

const isBranchTemplate = (text: string): boolean =>
  parseBranchName(text.replace(FIELD, 'x')) !== null;

const notABranch = (text: string) =>
  wrong(
    `${quote(text)} cannot become a branch name`,
    hintTo('name branches, write what git accepts, with fields in braces: feat/{agent}/{topic}'),
    'branch-template',
  );

/** What is wrong with the fields of a template: `{agent}` once, none touching, all known. */
function templateFault(text: string, known: readonly string[] | null) {
  const fault = (message: string) =>
    wrong(
      `the template ${quote(text)} ${message}`,
      hintTo(
        'write a template, use {agent} once and other fields apart from it: feat/{agent}/{topic}',
      ),
      'branch-template',
    );
  const fields = Array.from(text.matchAll(FIELD), (match) => match[1]!);
  if (/[{}]/.test(text.replace(FIELD, ''))) return fault('has braces that are no field');
  if (fields.filter((field) => field === 'agent').length !== 1)
    return fault('must have the field {agent} once');
  if (/\}\{/.test(text)) return fault('has two fields that touch');
  const unknown = known && fields.find((field) => !known.includes(field));
  if (unknown) return fault(`has the unknown field {${unknown}}`);
  return null;
}

const hasControl = (text: string): boolean => /[\x00-\x1f\x7f]/.test(text);
