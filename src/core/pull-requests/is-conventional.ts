const TYPES = [
  'build',
  'chore',
  'ci',
  'docs',
  'feat',
  'fix',
  'perf',
  'refactor',
  'revert',
  'style',
  'test',
];

const FORM = new RegExp(`^(?:${TYPES.join('|')})(?:\\([^()\\n]{1,60}\\))?!?: \\S`);

/** `feat(parser): read tabs`, as conventionalcommits.org and its usual configuration have it. */
export const isConventional = (subject: string): boolean => FORM.test(subject);

/** The type that a branch says it is of: `fix` of `fix/a1/tabs`; else `feat`. */
export const typeOfBranch = (branch: string | null): string => {
  const first = branch?.split('/')[0] ?? '';
  return TYPES.includes(first) ? first : 'feat';
};
