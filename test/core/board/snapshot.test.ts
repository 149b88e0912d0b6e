import { describe, expect, it } from 'vitest';
import { changesBetween, formatSnapshot, parseSnapshot } from '../../../src/core/board/snapshot.ts';
import type { BoardSnapshot } from '../../../src/domain/reports/board.ts';

const snapshot: BoardSnapshot = {
  at: 1,
  base: 'b',
  branches: { x: '1', y: '2', z: '3' },
  conflicts: [
    ['x', 'y'],
    ['x', 'z'],
  ],
};

describe('a snapshot', () => {
  it('is read back as it was written', () =>
    expect(parseSnapshot(formatSnapshot(snapshot))).toEqual(snapshot));

  it.each([
    '',
    '{',
    'null',
    '[]',
    '{"format":2,"at":1,"base":"x","branches":{},"conflicts":[]}',
    '{"format":1,"at":"1","base":"x","branches":{},"conflicts":[]}',
    '{"format":1,"at":1,"base":"x","branches":{"a":1},"conflicts":[]}',
    '{"format":1,"at":1,"base":"x","branches":{},"conflicts":[["a"]]}',
    '{"format":1,"at":1,"base":"x","branches":{},"conflicts":{"a":"b"}}',
  ])('is not taken from %s', (text) => expect(parseSnapshot(text)).toBeNull());

  it('differs in what opened, went, moved, and in conflicts of what is still there', () =>
    expect(
      changesBetween(snapshot, {
        at: 2,
        base: 'c',
        branches: { x: '1', y: '9', w: '4' },
        conflicts: [['w', 'x']],
      }),
    ).toEqual({
      since: 1,
      base: true,
      opened: ['w'],
      gone: ['z'],
      moved: ['y'],
      conflicts: [['w', 'x']],
      resolved: [['x', 'y']],
    }));
});
