import { describe, expect, it } from 'vitest';
import { configHooksIn, diagnoseConfigHooks } from '../../../src/core/install/config-hooks.ts';

const at = (key: string, value: string, origin = 'file:.git/config') => ({ key, value, origin });
const NEW = { major: 2, minor: 54 };
const OLD = { major: 2, minor: 39 };

describe('hooks in the configuration', () => {
  it('are named with their command, their events and their place', () => {
    const hooks = configHooksIn([
      at('hook.lint.command', 'npm run lint\n-- --fix'),
      at('hook.lint.event', 'pre-commit'),
      at('hook.lint.event', 'pre-push', 'file:/home/ann/.gitconfig'),
      at('hook.a.b.event', 'post-merge'),
      at('hook.a.b.command', 'true'),
      at('hook.off.command', 'true'),
      at('hook.back.event', 'pre-push'),
      at('hook.back.event', ''),
    ]);
    expect(hooks).toEqual([
      { name: 'a.b', command: 'true', events: ['post-merge'], origin: 'file:.git/config' },
      {
        name: 'lint',
        command: 'npm run lint\n-- --fix',
        events: ['pre-commit', 'pre-push'],
        origin: 'file:/home/ann/.gitconfig',
      },
    ]);
    expect(diagnoseConfigHooks(hooks, NEW)[0]).toMatchObject({
      code: 'config-hook',
      severity: 'note',
      message:
        'git also runs hook.a.b in .git/config on post-merge, before the hook in the file: true',
    });
    expect(diagnoseConfigHooks(hooks, OLD)[0]?.message).toContain('which this one is not');
  });

  it.each([
    ['no command', [at('hook.x.event', 'pre-push')], 'has an event and no command'],
    [
      'the name of an event',
      [at('hook.pre-push.event', 'pre-push'), at('hook.pre-push.command', 'true')],
      'is called like its event',
    ],
  ])('with %s keeps a git that knows them from running any', (_what, settings, words) => {
    const hooks = configHooksIn(settings);
    const [fault] = diagnoseConfigHooks(hooks, NEW);
    expect(fault).toMatchObject({ severity: 'fault' });
    expect(fault?.message).toContain(words);
    expect(fault?.hint?.command).toContain('git config --show-origin');
    expect(diagnoseConfigHooks(hooks, OLD)[0]).toMatchObject({ severity: 'note' });
  });
});
