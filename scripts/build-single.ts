import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

/**
 * Writes `single/bailiwick.cjs`: the whole package in one file, for machines and projects without npm. It
 * unpacks itself once, beside what other programs keep for this user, and runs from there, so that hooks
 * find a directory as they do everywhere. Needs a fresh build.
 */
const PARTS = ['dist', 'hooks', 'schema', 'docs', 'package.json', 'README.md', 'LICENSE'];

const files = Object.fromEntries(
  PARTS.flatMap(filesIn)
    .filter((path) => !path.endsWith('.webp'))
    .sort()
    .map((path) => [path, readFileSync(path).toString('base64')]),
);
const text = JSON.stringify(files);
const digest = createHash('sha256').update(text).digest('hex').slice(0, 16);
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const packed = brotliCompressSync(text, {
  params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 24 },
}).toString('base64');

mkdirSync('single', { recursive: true });
writeFileSync(
  'single/bailiwick.cjs',
  `#!/usr/bin/env node
'use strict';
if (parseInt(process.versions.node, 10) < 20) {
  process.stderr.write('bailiwick cannot decide: it needs Node 20.19 or newer, and this is ' + process.version + '\\n');
  process.exit(2);
}
const fs = require('node:fs');
const path = require('node:path');
const os = require('node:os');
const { brotliDecompressSync } = require('node:zlib');
const data = process.env.XDG_DATA_HOME || path.join(os.homedir(), '.local', 'share');
const home = path.join(data, 'bailiwick', '${version}-${digest}');
if (!fs.existsSync(path.join(home, 'dist', 'cli.js'))) {
  // Made beside its place and moved there whole: two that start at once leave one whole copy.
  fs.mkdirSync(path.dirname(home), { recursive: true });
  const made = fs.mkdtempSync(home + '.');
  const files = JSON.parse(brotliDecompressSync(Buffer.from(PACKED(), 'base64')).toString());
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(made, name)), { recursive: true });
    fs.writeFileSync(path.join(made, name), Buffer.from(content, 'base64'));
  }
  try {
    fs.renameSync(made, home);
  } catch (error) {
    fs.rmSync(made, { recursive: true, force: true });
    if (!fs.existsSync(path.join(home, 'dist', 'cli.js'))) throw error;
  }
}
process.argv[1] = path.join(home, 'dist', 'cli.js');
require(process.argv[1]);
function PACKED() {
  return '${packed}';
}
`,
  { mode: 0o755 },
);
process.stdout.write(`single/bailiwick.cjs: ${statSync('single/bailiwick.cjs').size} bytes\n`);

/** A file, or all files below a directory. */
function filesIn(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => filesIn(join(path, name)));
}
