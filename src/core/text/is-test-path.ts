/** Where tests are, and what they are called, in the languages that have a habit. */
const TEST =
  /(?:^|\/)(?:tests?|specs?|__tests__|__mocks__|testdata)\/|(?:[._-](?:test|spec)s?|_test)\.\w+$|(?:^|\/)test_[^/]+\.py$/i;

/** Whether a path is one of a test, by its name alone. */
export const isTestPath = (path: string): boolean => TEST.test(path);
