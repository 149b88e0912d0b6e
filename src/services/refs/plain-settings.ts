/**
 * What git's own configuration of a repository says, as far as it is written plainly: a hook reads it
 * without a process. Values in quotes, over several lines or in included files are left out. The last of
 * several counts. Source: git-config(1).
 *
 * @returns by section, subsection as written, and key in lower case: `branch.main.remote`
 */
export function readPlainSettings(text: string): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  let section = '';
  for (const line of text.split('\n')) {
    const [, name, below] =
      /^\s*\[\s*([A-Za-z0-9.-]+)(?:\s+"([^"\\]*)")?\s*\]\s*$/.exec(line) ?? [];
    if (name !== undefined) {
      section = name.toLowerCase() + (below === undefined ? '' : `.${below}`);
      continue;
    }
    const [, key, value] = /^\s*([A-Za-z][A-Za-z0-9-]*)\s*=\s*([^"\\#;]*?)\s*$/.exec(line) ?? [];
    if (key !== undefined && value) settings.set(`${section}.${key.toLowerCase()}`, value);
  }
  return settings;
}
