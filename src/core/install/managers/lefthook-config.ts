import { parse as parseJson, type ParseError } from 'jsonc-parser';
import { parse as parseToml } from 'smol-toml';
import { parseDocument } from 'yaml';
import type { ConfigurationFile } from './manager.ts';
import { isMapping, type Mapping } from '../read-json.ts';

/** The forms in which lefthook reads its configuration. */
export type LefthookForm = 'json' | 'toml' | 'yaml';

export const lefthookForm = (path: string): LefthookForm =>
  path.endsWith('.toml') ? 'toml' : /\.jsonc?$/.test(path) ? 'json' : 'yaml';

/** What a file says, or null when it is anything but one mapping without problems. Content is a byte string. */
export function readLefthookConfig({ path, content }: ConfigurationFile): Mapping | null {
  const value = valueOf(lefthookForm(path), content);
  return isMapping(value) ? value : null;
}

function valueOf(form: LefthookForm, content: string): unknown {
  switch (form) {
    case 'json': {
      const errors: ParseError[] = [];
      const value: unknown = parseJson(content, errors, { allowTrailingComma: true });
      return errors.length > 0 ? null : value;
    }
    case 'toml':
      try {
        return parseToml(content);
      } catch {
        return null;
      }
    case 'yaml': {
      const document = parseDocument(content);
      if (document.errors.length > 0 || document.warnings.length > 0) return null;
      return document.toJS() ?? {};
    }
  }
}

/** The files that a configuration takes over, as it names them: paths that may have `*` in them. */
export function extendedBy(config: Mapping | null): string[] {
  const named: unknown = config?.['extends'];
  const list: readonly unknown[] = Array.isArray(named) ? named : [named];
  return list.filter((each) => typeof each === 'string');
}

/** A repository whose configuration lefthook fetches and takes over. */
export interface LefthookRemote {
  readonly url: string;
  /** Names of files in it. */
  readonly configs: readonly string[];
}

export function remotesOf(config: Mapping | null): LefthookRemote[] {
  const named: unknown = config?.['remotes'];
  const list: readonly unknown[] = Array.isArray(named) ? named : [config?.['remote']];
  return list.filter(isMapping).map(({ git_url: url, configs, config: one }) => ({
    url: String(url),
    configs: Array.isArray(configs)
      ? configs.map(String)
      : [typeof one === 'string' ? one : 'lefthook.yml'],
  }));
}
