import { readFileSync, writeFileSync } from 'node:fs';
import { root } from './write-generated.ts';

// Cuts GitHub's published description of its REST interface down to what the Action uses, for the
// server its tests talk to. To renew it:
//   npm pack @octokit/openapi@23.0.2 && tar xf octokit-openapi-23.0.2.tgz
//   node --import ./scripts/ts-node.mjs scripts/extract-openapi.ts package/generated/api.github.com.json

const USED: Readonly<Record<string, readonly string[]>> = {
  '/repos/{owner}/{repo}/issues/comments': ['get'],
  '/repos/{owner}/{repo}/issues/comments/{comment_id}': ['patch', 'delete'],
  '/repos/{owner}/{repo}/issues/{issue_number}/comments': ['get', 'post'],
  '/repos/{owner}/{repo}/pulls': ['get'],
};

type Json = Readonly<Record<string, unknown>>;

const whole = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as {
  info: { version: string };
  paths: Record<string, Json>;
  components: Record<string, Json>;
};

/** Words for people, and examples, are most of the file and say nothing to a validator. */
const SILENT = [
  'description',
  'example',
  'examples',
  'externalDocs',
  'summary',
  'title',
  'x-github',
];

function bare(value: unknown, names = false): unknown {
  if (Array.isArray(value)) return value.map((each) => bare(each));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      // Below `properties` the keys are names, whatever they read like.
      .filter(([key]) => names || !SILENT.includes(key))
      .map(([key, each]) => [key, bare(each, key === 'properties')]),
  );
}

const components: Record<string, Record<string, unknown>> = {};

/** Takes over what is referred to, and what that refers to. */
function follow(value: unknown): void {
  if (Array.isArray(value)) return value.forEach(follow);
  if (typeof value !== 'object' || value === null) return;
  const { $ref } = value as { $ref?: unknown };
  if (typeof $ref === 'string') {
    const [, , kind = '', name = ''] = $ref.split('/');
    if (components[kind]?.[name] === undefined) {
      const target = bare(whole.components[kind]?.[name]);
      (components[kind] ??= {})[name] = target;
      follow(target);
    }
  }
  Object.values(value).forEach(follow);
}

const paths = Object.fromEntries(
  Object.entries(USED).map(([path, methods]) => [
    path,
    Object.fromEntries(methods.map((method) => [method, bare(whole.paths[path]?.[method])])),
  ]),
);
follow(paths);
const sorted = Object.fromEntries(
  Object.entries(components).map(([kind, named]) => [
    kind,
    Object.fromEntries(Object.entries(named).sort(([a], [b]) => (a < b ? -1 : 1))),
  ]),
);
const cut = { version: whole.info.version, paths, components: sorted };
writeFileSync(`${root}/test/action/fixtures/openapi.json`, `${JSON.stringify(cut)}\n`);
