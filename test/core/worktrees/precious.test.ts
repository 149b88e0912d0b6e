import { describe, expect, it } from 'vitest';
import { isMadeAgain, preciousPaths } from '../../../src/core/worktrees/precious.ts';

describe('isMadeAgain', () => {
  it.each([
    'node_modules/',
    'packages/a/node_modules/',
    'src/__pycache__/a.pyc',
    'a.pyc',
    '.husky/_/',
    'x.egg-info/',
    'dist/',
    '.DS_Store',
  ])('%s', (path) => expect(isMadeAgain(path)).toBe(true));

  it.each(['.env', 'data/', 'notes.local', '.husky/x', 'a/.env', 'distance/', 'key.pem'])(
    'not %s',
    (path) => expect(isMadeAgain(path)).toBe(false),
  );
});

it('keeps what nobody can make again, and what was changed since it was made', () => {
  const ignored = [
    { path: '.agent.env', stamp: '9:2' },
    { path: '.env', stamp: '1:1' },
    { path: 'AGENT_FOCUS.md', stamp: '5:5' },
    { path: 'data/', stamp: '' },
    { path: 'made/', stamp: '' },
    { path: 'node_modules/', stamp: '' },
  ];
  const made = { '.agent.env': '9:1', 'AGENT_FOCUS.md': '5:5', 'made/': '' };
  expect(preciousPaths(ignored, made)).toEqual(['.agent.env', '.env', 'data/']);
});
