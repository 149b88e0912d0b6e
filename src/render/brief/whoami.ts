import type { Report } from '../../domain/report.ts';
import type { AgentPart, SharedAccess, WhoamiData } from '../../domain/reports/whoami.ts';
import { describeIdentity } from '../identity.ts';
import { list } from '../words.ts';
import { type Brief, briefText, MOST_ITEMS, plain } from './brief.ts';

/** Who acts here, and what that lets them change. */
export function briefWhoami({ agent, verdict, data, findings }: Report<WhoamiData>): Brief {
  const { identity, worktree, branch, part } = data;
  return {
    text: briefText([
      `Acting here: ${plain(describeIdentity(identity))}; branch ${plain(branch ?? 'none')}.`,
      ...(part === null ? [] : partLines(part)),
      ...findings.map(({ message }) => plain(message)),
    ]),
    data: {
      verdict,
      agent,
      ...(identity.kind === 'agent' && { strength: identity.strength }),
      worktree,
      branch,
      ...(part !== null && { part: partData(part) }),
      ...(findings.length > 0 && { problems: findings.map(({ message }) => message) }),
    },
  };
}

function partLines({ owns, except, forbidden, shared, reserved }: AgentPart): string[] {
  const globs = (items: readonly string[]): string => plain(list(items, MOST_ITEMS));
  return [
    `May change: ${owns.length > 0 ? globs(owns) : 'nothing of its own'}${except.length > 0 ? `, but not ${globs(except)}` : ''}`,
    ...shared.map(
      (access) => `Shared ${access.name}: ${globs(access.paths)}; ${lockWords(access)}`,
    ),
    ...reserved.map(({ name, paths }) => `Reserved ${name}, also for it: ${globs(paths)}`),
    ...(forbidden.length > 0 ? [`May never change: ${globs(forbidden)}`] : []),
  ];
}

function lockWords({ lock, holder, unreadable }: SharedAccess): string {
  if (lock === 'none') return 'no lock';
  if (unreadable !== undefined) return `its lock cannot be read: ${plain(unreadable)}`;
  const how = lock === 'required' ? 'needs its lock' : 'should hold its lock';
  return `${how}, ${holder === null ? 'which is free' : `which ${holder} holds`}`;
}

const partData = ({ owns, except, forbidden, shared, reserved }: AgentPart) => ({
  may: owns.slice(0, MOST_ITEMS),
  ...(except.length > 0 && { except: except.slice(0, MOST_ITEMS) }),
  ...(forbidden.length > 0 && { never: forbidden.slice(0, MOST_ITEMS) }),
  ...(shared.length > 0 && {
    shared: shared.map(({ name, paths, lock, holder, unreadable }) => ({
      name,
      paths: paths.slice(0, MOST_ITEMS),
      lock,
      holder,
      ...(unreadable !== undefined && { unreadable }),
    })),
  }),
  ...(reserved.length > 0 && {
    reserved: reserved.map(({ name, paths }) => ({ name, paths: paths.slice(0, MOST_ITEMS) })),
  }),
});
