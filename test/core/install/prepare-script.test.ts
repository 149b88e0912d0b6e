import { describe, expect, it } from 'vitest';
import { packageToolOf } from '../../../src/core/install/package-tool.ts';
import { addPrepareScript, removePrepareScript } from '../../../src/core/install/prepare-script.ts';

const prepareOf = (content: string): unknown =>
  (JSON.parse(content) as { scripts?: { prepare?: string } }).scripts?.prepare;

describe('the prepare script of package.json', () => {
  it.each([
    ['nothing but a name', '{\n  "name": "app"\n}\n', undefined],
    ['other scripts', '{\n\t"scripts": {\n\t\t"test": "x"\n\t},\n\t"name": "app"\n}\n', undefined],
    ['husky', '{\n  "scripts": {\n    "prepare": "husky",\n    "test": "x"\n  }\n}\n', 'husky'],
    ['one line', '{ "name": "app", "devDependencies": { "x": "1" } }\n', undefined],
    ['one line with scripts', '{"scripts":{"test":"x"}}', undefined],
    ['one line with husky', '{"scripts":{"prepare":"husky"}}', 'husky'],
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
      for (const from of [content, edited]) {
        const strict = addPrepareScript(from, 'prepare', true);
        const text = 'content' in strict ? strict.content : expect.fail(strict.reason);
        expect(prepareOf(text)).toBe(
          String(prepareOf(edited)).replace('--no-policy', '--no-policy --strict'),
        );
        expect(removePrepareScript(text)).toBe(content);
        // Nobody takes it back by the way.
        expect(addPrepareScript(text)).toEqual(strict);
      }
    },
  );

  it('is its postinstall for Yarn from version 2 on, and only in what nobody installs', () => {
    const content = '{\n  "private": true,\n  "scripts": {\n    "prepare": "x"\n  }\n}\n';
    const edit = addPrepareScript(content, 'postinstall');
    const edited = 'content' in edit ? edit.content : expect.fail(edit.reason);
    expect(JSON.parse(edited)).toMatchObject({
      scripts: { prepare: 'x', postinstall: 'bailiwick init --no-policy || exit 0' },
    });
    expect(removePrepareScript(edited)).toBe(content);
    expect(addPrepareScript('{ "name": "x" }', 'postinstall')).toHaveProperty('reason');
    const scriptOf = (json: string, ...files: string[]) => packageToolOf(json, files).script;
    expect(scriptOf('{}', 'yarn.lock')).toBe('prepare');
    expect(scriptOf('{}', 'yarn.lock', '.yarnrc.yml')).toBe('postinstall');
    expect(scriptOf('{ "packageManager": "yarn@1.22.22" }', 'yarn.lock')).toBe('prepare');
    expect(scriptOf('{ "packageManager": "yarn@4.9.2" }', 'yarn.lock')).toBe('postinstall');
    expect(scriptOf('{}', 'pnpm-lock.yaml')).toBe('prepare');
  });

  it.each(['', '[]', '{ "scripts": { "prepare": 1 } }'])('leaves alone %j', (content) => {
    expect(addPrepareScript(content)).toHaveProperty('reason');
    expect(removePrepareScript(content)).toBe(content);
  });
});
