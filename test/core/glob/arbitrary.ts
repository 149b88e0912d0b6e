import fc from 'fast-check';

/** Parts of segments over a small alphabet, so that globs and paths often meet. */
const part = fc.constantFrom(
  'a',
  'b',
  'ab',
  '.',
  '*',
  '?',
  '[ab]',
  '[a-b]',
  '[^a]',
  '[.a]',
  '\\[',
  '\\(',
  '+',
  '@',
  '$',
  '"',
  '!',
);

const segment = fc
  .array(part, { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join(''))
  .filter(
    (text) =>
      !text.includes('**') && !/^\.{1,2}$/.test(text) && (text.match(/\*/g)?.length ?? 0) <= 2,
  );

const segments = fc
  .array(fc.oneof({ weight: 3, arbitrary: segment }, { weight: 1, arbitrary: fc.constant('**') }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((list) => list.filter((name, index) => name !== '**' || list[index - 1] !== '**'))
  .map((list) => list.join('/'));

const braces = fc.tuple(segment, fc.array(segments, { minLength: 2, maxLength: 3 }), segments);

/** Globs that the grammar allows; the few that braces make illegal are filtered by the caller. */
export const anyGlob = fc
  .oneof(
    { weight: 4, arbitrary: segments },
    { weight: 1, arbitrary: braces.map(([a, choices, z]) => `${a}/{${choices.join(',')}}/${z}`) },
    { weight: 1, arbitrary: braces.map(([a, choices]) => `{${choices.join(',')}}${a}`) },
  )
  .filter((glob) => !glob.startsWith('!'));

/** Valid git paths over the same alphabet, with a line break and the separators JavaScript has. */
export const anyPath = fc
  .array(
    fc
      .array(
        fc.constantFrom('a', 'b', '.', '[', ']', '(', 'ab', '\n', '\u2028', '*', '+', '@', '!'),
        {
          minLength: 1,
          maxLength: 4,
        },
      )
      .map((parts) => parts.join(''))
      .filter((name) => name !== '.' && name !== '..'),
    { minLength: 1, maxLength: 4 },
  )
  .map((names) => names.join('/'));

/** Every path of at most five code units over `a`, `b`, `.` and `/`. */
export const SMALL_PATHS: readonly string[] = (() => {
  const texts = [''];
  for (let length = 1, from = 0; length <= 5; length++) {
    const until = texts.length;
    for (; from < until; from++) for (const unit of 'ab./') texts.push(texts[from]! + unit);
  }
  return texts.filter((text) =>
    text.split('/').every((name) => name !== '' && name !== '.' && name !== '..'),
  );
})();
