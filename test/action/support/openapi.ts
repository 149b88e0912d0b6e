import { Ajv, type ValidateFunction } from 'ajv';
import { readFileSync } from 'node:fs';

type Json = Readonly<Record<string, unknown>>;

interface Operation {
  readonly parameters?: readonly { readonly $ref?: string; readonly name?: string }[];
  readonly requestBody?: { readonly content: Record<string, { readonly schema: Json }> };
  readonly responses: Record<string, Response>;
}

interface Response {
  readonly $ref?: string;
  readonly content?: Record<string, { readonly schema: Json }>;
}

interface Description {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: Record<string, Record<string, Json>>;
}

const description = JSON.parse(
  readFileSync(new URL('../fixtures/openapi.json', import.meta.url), 'utf8'),
  // OpenAPI 3.0 says `nullable` where JSON Schema says a second type.
  (_key, value: unknown) => nullable(value),
) as Description;

function nullable(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('nullable' in value)) return value;
  const { nullable: isNullable, ...rest } = value;
  return isNullable === true ? { anyOf: [rest, { type: 'null' }] } : rest;
}

const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema({ $id: 'github', components: description.components });
const compiled = new Map<string, ValidateFunction>();

/** What GitHub's published description says of one request and its answer; empty when all is well. */
export function deviations(
  method: string,
  url: URL,
  body: unknown,
  status: number,
  answer: unknown,
): string[] {
  const found = find(method, url.pathname);
  if (found === null) return [`${method} ${url.pathname} is not described`];
  const [path, operation] = found;
  const known = (operation.parameters ?? []).map(
    ({ $ref, name }) => name ?? String(resolve($ref!)['name']),
  );
  const unknown = [...url.searchParams.keys()].filter((name) => !known.includes(name));
  const content = operation.requestBody?.content['application/json'];
  const place = `${method} ${path}`;
  return [
    ...unknown.map((name) => `${place}: there is no parameter ${name}`),
    ...(content ? check(`${place} body`, content.schema, body) : []),
    ...checkAnswer(place, operation, status, answer),
  ];
}

function find(method: string, pathname: string): [string, Operation] | null {
  for (const [path, operations] of Object.entries(description.paths)) {
    const pattern = new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}$`);
    const operation = operations[method.toLowerCase()];
    if (operation && pattern.test(pathname)) return [path, operation];
  }
  return null;
}

/** A status GitHub does not list (rate limits, faults) can have any body. */
function checkAnswer(
  place: string,
  { responses }: Operation,
  status: number,
  answer: unknown,
): string[] {
  const listed = responses[String(status)];
  if (!listed) return status < 400 ? [`${place}: ${status} is not described`] : [];
  const response = listed.$ref ? (resolve(listed.$ref) as unknown as Response) : listed;
  const content = response.content?.['application/json'];
  return content ? check(`${place} ${status}`, content.schema, answer) : [];
}

const resolve = (reference: string): Json => {
  const [, , kind = '', name = ''] = reference.split('/');
  return description.components[kind]![name]!;
};

function check(name: string, schema: Json, value: unknown): string[] {
  let validate = compiled.get(name);
  if (!validate) {
    const absolute = JSON.stringify(schema).replaceAll('"#/components', '"github#/components');
    validate = ajv.compile(JSON.parse(absolute) as Json);
    compiled.set(name, validate);
  }
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message }) => `${name}${instancePath} ${message}`,
  );
}
