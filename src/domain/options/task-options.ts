import { CHANGE_OF_STATE, OFFLINE } from './change-of-state.ts';

const MESSAGE = { kind: 'text', short: 'm', value: 'why', description: 'why' } as const;
const HOURS = { kind: 'text', value: 'n' } as const;

export const TASK_ASSIGN_OPTIONS = {
  hours: { ...HOURS, description: 'how many hours it is thought to take: 2 or 1.5' },
  paths: {
    kind: 'text',
    value: 'glob',
    repeats: true,
    description: 'what it is about; may be given several times',
  },
  after: {
    kind: 'text',
    value: 'id',
    repeats: true,
    description: 'a task that has to be done before; may be given several times',
  },
  again: { kind: 'flag', description: 'begin anew what has landed' },
  offline: OFFLINE,
  dryRun: CHANGE_OF_STATE.dryRun,
} as const;

export const TASK_START_OPTIONS = CHANGE_OF_STATE;

export const TASK_COMPLETE_OPTIONS = {
  hours: { ...HOURS, description: 'how many hours it took; else the time since its start' },
  ...CHANGE_OF_STATE,
} as const;

export const TASK_LIST_OPTIONS = {
  agent: { kind: 'text', value: 'id', description: 'only those of this agent' },
  all: { kind: 'flag', description: 'also what was dropped or has landed' },
  offline: OFFLINE,
} as const;

export const TASK_SHOW_OPTIONS = { offline: OFFLINE } as const;

export const TASK_DROP_OPTIONS = {
  message: MESSAGE,
  offline: OFFLINE,
  dryRun: CHANGE_OF_STATE.dryRun,
} as const;

export const TASK_RESET_OPTIONS = {
  of: { kind: 'text', value: 'agent', description: 'only those of this agent' },
  ...TASK_DROP_OPTIONS,
} as const;

export const TASK_IMPORT_OPTIONS = {
  agent: {
    kind: 'text',
    value: 'id',
    description: 'whose tasks they are where the list does not say',
  },
  offline: OFFLINE,
  dryRun: CHANGE_OF_STATE.dryRun,
} as const;
