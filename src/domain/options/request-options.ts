import { CHANGE_OF_STATE, OFFLINE } from './change-of-state.ts';

export const REQUEST_OPEN_OPTIONS = {
  message: {
    kind: 'text',
    short: 'm',
    value: 'why',
    description: 'what it is for, for whoever decides',
  },
  staged: {
    kind: 'flag',
    description: 'take the staged content, also of paths that are named',
  },
  to: { kind: 'text', value: 'agent', description: 'ask this one of several owners' },
  priority: {
    kind: 'number',
    value: 'n',
    least: 0,
    most: 3,
    default: 2,
    description: 'how urgent it is: 0 is the most, 3 the least',
  },
  withBranch: {
    kind: 'flag',
    description: 'the change and the branch here are only right together, and land together',
  },
  ...CHANGE_OF_STATE,
} as const;

export const REQUEST_ACCEPT_OPTIONS = {
  apply: {
    kind: 'flag',
    description: 'commit the patch on the branch that is checked out',
  },
  commit: {
    kind: 'text',
    value: 'rev',
    description: 'the change is in this commit of the branch already',
    conflicts: 'apply',
  },
  grant: {
    kind: 'duration',
    value: 'duration',
    optional: true,
    description: 'leave to change the paths on the branch of the asker; 2h when no time is given',
    conflicts: 'apply',
  },
  ...CHANGE_OF_STATE,
} as const;

export const REQUEST_DECLINE_OPTIONS = {
  message: { kind: 'text', short: 'm', value: 'why', description: 'why not, for whoever asked' },
  ...CHANGE_OF_STATE,
} as const;

export const REQUEST_WITHDRAW_OPTIONS = CHANGE_OF_STATE;

export const REQUEST_REOPEN_OPTIONS = {
  message: {
    kind: 'text',
    short: 'm',
    value: 'why',
    description: 'what it is for, where that has changed',
  },
  ...CHANGE_OF_STATE,
} as const;

export const REQUEST_LIST_OPTIONS = {
  toMe: { kind: 'flag', description: 'what waits for whoever is acting here' },
  mine: {
    kind: 'flag',
    description: 'what whoever is acting here has asked for',
    conflicts: 'toMe',
  },
  queue: { kind: 'text', value: 'part', description: 'what waits for this reserved part' },
  all: { kind: 'flag', description: 'also what was decided' },
  agent: CHANGE_OF_STATE.agent,
  offline: OFFLINE,
} as const;

export const REQUEST_SHOW_OPTIONS = {
  patch: { kind: 'flag', description: 'with the patch' },
  offline: OFFLINE,
} as const;
