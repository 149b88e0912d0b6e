import { readFileSync } from 'node:fs';

/**
 * Prints what CHANGELOG.md says of a version; ends with 1 where it says nothing.
 *
 *   node scripts/release-notes.mjs 0.1.0
 */
const [version] = process.argv.slice(2);
const changelog = readFileSync(new URL('../CHANGELOG.md', import.meta.url), 'utf8');
const section = changelog
  .split(/^## /m)
  .slice(1)
  .find((text) => text.split(/\s/)[0] === version);
const notes = section?.slice(section.indexOf('\n')).trim();
if (!notes) {
  process.stderr.write(`CHANGELOG.md has no section '## ${version}'\n`);
  process.exit(1);
}
process.stdout.write(`${notes}\n`);
