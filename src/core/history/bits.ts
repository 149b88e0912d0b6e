/** A set of small numbers, as many as `size` allows, in 32-bit words. */
export type Bits = Uint32Array;

export const emptyBits = (size: number): Bits => new Uint32Array(Math.ceil(size / 32));

export const hasBit = (bits: Bits, at: number): boolean =>
  (bits[at >>> 5]! & (1 << (at & 31))) !== 0;

export function setBit(bits: Bits, at: number): void {
  bits[at >>> 5]! |= 1 << (at & 31);
}

/** Adds everything `more` has; true when that changed anything. */
export function addBits(bits: Bits, more: Bits): boolean {
  let changed = 0;
  for (let word = 0; word < bits.length; word += 1) {
    const sum = bits[word]! | more[word]!;
    changed |= sum ^ bits[word]!;
    bits[word] = sum;
  }
  return changed !== 0;
}

/** The numbers in the set, ascending; those of `without` left out. */
export function* bitsOf(bits: Bits, without: Bits | null = null): Generator<number> {
  for (let word = 0; word < bits.length; word += 1) {
    let rest = bits[word]! & ~(without?.[word] ?? 0);
    while (rest !== 0) {
      const low = 31 - Math.clz32(rest & -rest);
      yield word * 32 + low;
      rest &= rest - 1;
    }
  }
}

/** Whether both sets hold the same numbers. */
export const sameBits = (a: Bits, b: Bits): boolean => a.every((word, at) => word === b[at]);

/** Every number below `size`. */
export function allBits(size: number): Bits {
  const bits = emptyBits(size);
  for (let at = 0; at < size; at += 1) setBit(bits, at);
  return bits;
}
