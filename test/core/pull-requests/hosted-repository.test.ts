import { expect, it } from 'vitest';
import { hostedRepository } from '../../../src/core/pull-requests/hosted-repository.ts';

it.each([
  ['https://github.com/octo/app.git', 'github.com octo app'],
  ['https://x-access-token:s3cret@github.com/octo/app', 'github.com octo app'],
  ['https://GitHub.example.com:8443/octo/app.github.io/', 'github.example.com octo app.github.io'],
  ['ssh://git@github.com/octo/app.git', 'github.com octo app'],
  ['ssh://git@ssh.github.com:443/octo/app.git', 'github.com octo app'],
  ['git@github.com:octo/app.git', 'github.com octo app'],
  ['github.com:/octo/app', 'github.com octo app'],
  ['git@host:group/sub/app.git', null],
  ['/srv/git/octo/app.git', null],
  ['../octo/app.git', null],
  ['C:\\octo\\app', null],
  ['C:/octo/app', null],
  ['file:///srv/octo/app', null],
  ['https://github.com/octo', null],
  ['https://github.com/octo/..%2f', null],
  ['', null],
])('%s', (url, expected) => {
  const found = hostedRepository(url);
  expect(found && `${found.host} ${found.owner} ${found.repo}`).toBe(expected);
});
