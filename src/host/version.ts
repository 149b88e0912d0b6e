import { readFileSync } from 'node:fs';

/** The version in the package's own `package.json`; `unknown` when that cannot be read. */
export function readVersion(packageDirectory: string): string {
  try {
    const text = readFileSync(`${packageDirectory}/package.json`, 'utf8');
    return (JSON.parse(text) as { version?: string }).version ?? 'unknown';
  } catch {
    return 'unknown';
  }
}
