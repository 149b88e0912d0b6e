import { describe, expect, it } from 'vitest';
import { addPrepareScript, removePrepareScript } from '../../../src/core/install/prepare-script.ts';

const prepareOf = (content: string): unknown =>
  (JSON.parse(content) as { scripts?: { prepare?: string } }).scripts?.prepare;

describe('the prepare script of package.json', () => {
  it.each([
    ['nothing but a name', '{\n  "name": "app"\n}\n', undefined],
    ['other scripts', '{\n\t"scripts": {\n\t\t"test": "x"\n\t},\n\t"name": "app"\n}\n', undefined],
    ['husky', '{\n  "scripts": {\n    "prepare": "husky",\n    "test": "x"\n  }\n}\n', 'husky'],
    ['CR LF', '{\r\n  "scripts": {\r\n    "prepare": "husky"\r\n  }\r\n}\r\n', 'husky'],
  ])(
    'gets the hooks behind what it does, and is taken out to the byte: %s',
    (_what, content, old) => {
      const edit = addPrepareScript(content);
      const edited = 'content' in edit ? edit.content : expect.fail(edit.reason);
      const command = 'bailiwick init --no-policy || exit 0';
      expect(prepareOf(edited)).toBe(old === undefined ? command : `${old} && (${command})`);
      expect(addPrepareScript(edited)).toEqual({ content: edited });
      expect(removePrepareScript(edited)).toBe(content);
    },
  );

  it.each(['', '[]', '{ "scripts": { "prepare": 1 } }'])('leaves alone %j', (content) => {
    expect(addPrepareScript(content)).toHaveProperty('reason');
    expect(removePrepareScript(content)).toBe(content);
  });
});
