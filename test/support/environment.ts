import { join } from 'node:path';

/**
 * The environment of every test: no configuration of this machine or user, no `GIT_*` left over
 * from a hook that runs the suite, a fixed author, and `protocol.file` for pushes to a directory.
 */
export function hermeticEnvironment(
  home: string,
  more: Record<string, string> = {},
): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    ...(process.env['TMPDIR'] !== undefined && { TMPDIR: process.env['TMPDIR'] }),
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_AUTHOR_NAME: 'Ann Author',
    GIT_AUTHOR_EMAIL: 'ann@example.com',
    GIT_COMMITTER_NAME: 'Ann Author',
    GIT_COMMITTER_EMAIL: 'ann@example.com',
    GIT_TERMINAL_PROMPT: '0',
    GIT_EDITOR: 'true',
    ...more,
  };
}
