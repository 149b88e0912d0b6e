/** Interpreters that read our lines as POSIX sh does. */
const SHELL =
  /^#! *(?:\/[^\s]*\/)?(?:env +(?:-S +)?)?(?:busybox +)?(?:sh|ash|dash|bash|ksh|zsh)(?: +-[efluvx]+)* *$/;

/**
 * Why lines for sh cannot be put into a hook, or null when they can. Content is a byte string.
 * A file without `#!` is run by sh: git starts it again that way when the kernel refuses it.
 */
export function whyNotShell(content: string): string | null {
  if (content.includes('\0')) return 'it is a binary';
  const first = content.split('\n', 1)[0]!;
  if (first.endsWith('\r')) return 'its lines end in CR LF';
  if (first.startsWith('#!') && !SHELL.test(first)) return 'it is no shell script';
  return null;
}
