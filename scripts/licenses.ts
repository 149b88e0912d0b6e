import type { Metafile } from 'esbuild';
import { readdirSync, readFileSync } from 'node:fs';

/** The licence texts of every package whose code is in the bundles, as their licences ask. */
export function licensesOf(metafiles: readonly Metafile[]): string {
  const inputs = metafiles.flatMap(({ inputs: files }) => Object.keys(files));
  const packages = new Set(
    inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []),
  );
  return [...packages].sort().map(licenseOf).join('\n');
}

function licenseOf(directory: string): string {
  const { name, version, license } = JSON.parse(
    readFileSync(`${directory}/package.json`, 'utf8'),
  ) as Record<string, string>;
  const file = readdirSync(directory).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? '' : readFileSync(`${directory}/${file}`, 'utf8').trim();
  return `${name} ${version} (${license})\n\n${text}\n`;
}
