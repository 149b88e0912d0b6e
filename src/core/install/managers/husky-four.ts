import { isMapping, readJson } from '../read-json.ts';

/**
 * husky before version 5 has its files in `.git/hooks`. Each install writes every hook anew that holds its
 * mark, passes over every other hook, and each of its own hooks does nothing but start `husky.sh` beside it.
 * So its mark is hidden in a hook that the guard has joined, and comes back with `giveBackToHusky`.
 */
const MARK = /^#( ?)husky\b/gm;
const HIDDEN = /^#( ?)\(husky\)/gm;

/** What starts it, and what lets the hook pass once husky itself has been taken out. */
const START = '. "$(dirname "$0")/husky.sh"';
const ONLY_WHILE_THERE = '[ ! -f "$(dirname "$0")/husky.sh" ] || ';

/** The script that every hook of husky 4 starts, in the directory of the hooks. */
export const HUSKY_SCRIPT = 'husky.sh';

/** A hook as husky 4 makes it: what stands where it would have put one, had we not been there first. */
export const HUSKY_FOUR_HOOK = `#!/bin/sh\n# husky\n\n${START}\n`;

/** True for a hook of husky 4 or older, also for one that the guard has joined. */
export const isOfHuskyFour = (content: string): boolean =>
  content.search(MARK) >= 0 || content.search(HIDDEN) >= 0;

/** The hook in a form that husky does not write over. Content is a byte string. */
export const keepFromHusky = (content: string): string =>
  content
    .replace(MARK, '#$1(husky)')
    .replaceAll(`\n${START}`, () => `\n${ONLY_WHILE_THERE}${START}`);

/** The inverse of `keepFromHusky`. */
export const giveBackToHusky = (content: string): string =>
  content.replace(HIDDEN, '#$1husky').replaceAll(ONLY_WHILE_THERE + START, () => START);

/** True when `package.json` asks for a husky before version 5, installed or not. */
export function dependsOnHuskyFour(packageJson: string | null): boolean {
  const json = readJson(packageJson ?? '');
  return ['dependencies', 'devDependencies'].some((key) => {
    const group = json?.[key];
    const range = isMapping(group) ? group['husky'] : undefined;
    return typeof range === 'string' && /^[\^~=v\s]*[0-4](?:\.|$)/.test(range);
  });
}
