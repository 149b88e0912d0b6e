import { describe, expect, it } from 'vitest';
import { entryOf, isOrdinaryFile } from '../../src/domain/change.ts';

const OID = 'a'.repeat(40);

describe('one side of a change', () => {
  it.each([
    ['100644', true],
    ['100755', true],
    ['120000', false],
    ['160000', false],
    ['040000', false],
  ])('of mode %s is an ordinary file: %s', (mode, ordinary) => {
    expect(entryOf(mode, OID)).toEqual({ mode, oid: OID });
    expect(isOrdinaryFile(entryOf(mode, OID))).toBe(ordinary);
  });

  it('is nothing where git writes zeros', () => {
    expect(entryOf('000000', '0'.repeat(40))).toBe(null);
    expect(isOrdinaryFile(null)).toBe(false);
    expect(isOrdinaryFile(undefined)).toBe(false);
  });
});
