import type { Random } from '../bench/random.ts';

/** Characters and words that parsers trip over. */
const PIECES = [
  ...['', ' ', '\n', '\r', '\t', '\0', ':', '-', '*', '&', '!', '[', ']', '{', '}', '"', "'", '\\'],
  ...['#', '|', '>', '%', '/', '..', '**', '{a,b}', '[!a]', '\u0301', 'É', 'ſ', '\ud800', '😀'],
  ...['null', 'true', '0', '-1', '1e999', '0x1', '9007199254740993', '__proto__', 'constructor'],
  ...[
    '0'.repeat(40),
    'f'.repeat(40),
    '1'.repeat(64),
    'refs/heads/',
    'a'.repeat(300),
    '- '.repeat(50),
  ],
];

/** A text a few changes away from a good one: cut, doubled, swapped, or with something put in. */
export function mutated(random: Random, text: string): string {
  let made = text;
  for (let changes = 1 + random.below(4); changes > 0; changes -= 1) {
    const from = random.below(made.length + 1);
    const to = Math.min(made.length, from + random.below(1 + random.below(40)));
    const piece = random.chance(0.3) ? made.slice(from, to).repeat(2) : random.pick(PIECES);
    made = made.slice(0, from) + piece + made.slice(random.chance(0.5) ? from : to);
  }
  return made;
}

/** The same for bytes, which need not be text. */
export function mutatedBytes(random: Random, bytes: Buffer): Buffer {
  const made = Buffer.from(bytes);
  for (let changes = random.below(4); changes > 0 && made.length > 0; changes -= 1)
    made[random.below(made.length)] = random.pick([0, 10, 32, 58, 255, random.below(256)]);
  const cut = random.chance(0.3) ? random.below(made.length + 1) : made.length;
  return made.subarray(0, cut);
}

/** A value of JSON with some of its parts put elsewhere, taken out, or of another type. */
export function mutatedValue(random: Random, value: unknown, depth = 0): unknown {
  if (random.chance(0.04))
    return random.pick<unknown>([null, 0, -1, 1e300, '', [], {}, true, 'refs/heads/x', '\0', [[]]]);
  if (typeof value === 'string') return random.chance(0.1) ? mutated(random, value) : value;
  if (typeof value !== 'object' || value === null || depth > 6) return value;
  if (Array.isArray(value)) return value.map((item) => mutatedValue(random, item, depth + 1));
  const entries = Object.entries(value).filter(() => !random.chance(0.03));
  return Object.fromEntries(
    entries.map(([key, item]) => [
      random.chance(0.02) ? random.pick(PIECES) : key,
      mutatedValue(random, item, depth + 1),
    ]),
  );
}
