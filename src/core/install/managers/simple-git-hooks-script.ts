import {
  type Expression,
  type ObjectExpression,
  parse,
  type Program,
  type Property,
  tokenizer,
} from 'acorn';
import type { GuardEvent } from '../../../domain/reports/init.ts';
import type { CommandPlace } from '../guard-block.ts';
import type { JsonEdit } from '../read-json.ts';
import {
  COMMAND_BEGIN,
  GUARD_COMMANDS,
  GUARD_EVENT,
  guardEntry,
  guardPrefix,
} from './simple-git-hooks.ts';

const OPTIONS = { ecmaVersion: 'latest', allowHashBang: true } as const;

const UNSAFE = { reason: 'it is written in a form that is not safe to edit' };

/**
 * Puts the guard first in the command of one event, in a configuration of simple-git-hooks that is a program:
 * `module.exports = {…}`, `export default {…}`, or either with the name of a constant that is used for nothing
 * else. The program is read and never run. Left alone are objects that take over others, and commands that
 * are anything but texts. Content is a byte string.
 */
export function addToSimpleGitHooksScript(
  content: string,
  event: GuardEvent,
  place: CommandPlace,
): JsonEdit {
  const object = configurationIn(content);
  if (object === null) return UNSAFE;
  const properties = object.properties.flatMap((each) => (isPlain(each) ? [each] : []));
  if (properties.length < object.properties.length) return UNSAFE;
  const found = properties.filter((each) => nameOf(each) === event);
  if (found.length > 1) return UNSAFE;
  const value = found[0]?.value;
  if (value && content.slice(value.start, value.end).includes(COMMAND_BEGIN)) return { content };
  if (value && !isText(value)) return UNSAFE;
  const edited = value
    ? splice(content, value.start, `${JSON.stringify(guardPrefix(event, place))} + `)
    : splice(content, object.start + 1, entry(content, object.start + 1, event, place));
  const after = configurationIn(edited);
  const same = after?.properties.length === properties.length + (value ? 0 : 1);
  return same && removeFromSimpleGitHooksScript(edited) === removeFromSimpleGitHooksScript(content)
    ? { content: edited }
    : UNSAFE;
}

/** The content as it was before `addToSimpleGitHooksScript`. */
export const removeFromSimpleGitHooksScript = (content: string): string =>
  content.replace(ENTRY, '').replace(PREFIX, '');

const ENTRY = new RegExp(String.raw`\s*"${GUARD_EVENT}": "${GUARD_COMMANDS}",`, 'g');
const PREFIX = new RegExp(String.raw`"${GUARD_COMMANDS}; " \+ `, 'g');

const splice = (content: string, at: number, text: string): string =>
  content.slice(0, at) + text + content.slice(at);

/** A new entry right after the brace, with the blanks that the next one has. */
const entry = (content: string, at: number, event: GuardEvent, place: CommandPlace): string =>
  `${/^\s*/.exec(content.slice(at))![0]}"${event}": ${JSON.stringify(guardEntry(event, place))},`;

/** The object that the program exports; null when it cannot be told. */
function configurationIn(content: string): ObjectExpression | null {
  const program = programIn(content);
  const exported = program === null ? [] : program.body.flatMap((each) => exportedBy(each));
  const [only] = exported;
  if (program === null || only === undefined || exported.length > 1) return null;
  if (only.type === 'ObjectExpression') return only;
  if (only.type !== 'Identifier') return null;
  const { name } = only;
  // Declared and exported: used anywhere else, it might be changed there.
  if (
    [...tokenizer(content, OPTIONS)].filter(({ start, end }) => content.slice(start, end) === name)
      .length !== 2
  )
    return null;
  for (const each of program.body)
    if (each.type === 'VariableDeclaration')
      for (const { id, init } of each.declarations)
        if (id.type === 'Identifier' && id.name === name && init?.type === 'ObjectExpression')
          return init;
  return null;
}

function programIn(content: string): Program | null {
  for (const sourceType of ['module', 'script'] as const)
    try {
      return parse(content, { ...OPTIONS, sourceType });
    } catch {
      continue;
    }
  return null;
}

function exportedBy(statement: Program['body'][number]): Expression[] {
  if (statement.type === 'ExportDefaultDeclaration') return [statement.declaration as Expression];
  if (statement.type !== 'ExpressionStatement') return [];
  const { expression } = statement;
  if (expression.type !== 'AssignmentExpression' || expression.operator !== '=') return [];
  const { left } = expression;
  const isModule =
    left.type === 'MemberExpression' &&
    !left.computed &&
    left.object.type === 'Identifier' &&
    left.object.name === 'module' &&
    left.property.type === 'Identifier' &&
    left.property.name === 'exports';
  return isModule ? [expression.right] : [];
}

const isPlain = (each: ObjectExpression['properties'][number]): each is Property =>
  each.type === 'Property' && each.kind === 'init' && !each.computed && !each.method;

const nameOf = ({ key }: Property): unknown =>
  key.type === 'Identifier' ? key.name : key.type === 'Literal' ? key.value : null;

/** Something that stays one text with another before it. */
const isText = (value: Expression): boolean =>
  (value.type === 'Literal' && typeof value.value === 'string') ||
  value.type === 'TemplateLiteral' ||
  (value.type === 'BinaryExpression' && value.operator === '+' && isText(value.right));
