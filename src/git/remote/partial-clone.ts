/**
 * The files of an empty bare repository that fetches from `url` and may lack blobs, without starting
 * git. Nothing of it comes from a checkout: no hooks, no attributes, no configuration of its own.
 * Format: gitrepository-layout(5), partial clones: git's technical/partial-clone.txt.
 *
 * @param directory absolute, existing
 */
export function partialCloneFiles(directory: string, url: string): ReadonlyMap<string, string> {
  return new Map([
    [`${directory}/HEAD`, 'ref: refs/heads/none\n'],
    [`${directory}/config`, configuration(url)],
    [`${directory}/refs/.keep`, ''],
    [`${directory}/objects/info/.keep`, ''],
  ]);
}

const configuration = (url: string): string => `[core]
repositoryFormatVersion = 1
bare = true
[extensions]
partialClone = origin
[remote "origin"]
url = "${url.replace(/["\\]/g, '\\$&')}"
promisor = true
partialCloneFilter = blob:none
[gc]
auto = 0
`;
