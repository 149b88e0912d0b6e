import { spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codesIn, guardedRepository } from '../support/guarded.ts';
import { POLICY } from '../support/policy.ts';
import { packageRoot, type TestRepository } from '../support/repository.ts';

const WITH_ACCOUNTS = POLICY.replace(
  '  a2:\n    owns:',
  '  a2:\n    actors: [a2-bot]\n    owns:',
).replace('    title: Core pipeline\n', '    title: Core pipeline\n    actors: [a1-bot]\n');

/** A clone without hooks of its own, and a bare repository that judges what arrives. */
class Served {
  readonly clone: TestRepository;
  readonly server: TestRepository;

  constructor(hook: string) {
    this.clone = guardedRepository({ policy: WITH_ACCOUNTS });
    this.clone.git('config', 'core.hooksPath', '/dev/null');
    this.clone.git('init', '-q', '--bare', '-b', 'main', '../server.git');
    this.server = this.clone.at('../server.git');
    this.server.git('config', 'http.receivepack', 'true');
    this.clone.git('remote', 'add', 'origin', '../server.git');
    this.clone.git('push', '-q', 'origin', 'main');
    this.clone.git('fetch', '-q', 'origin');
    this.server.write(
      `hooks/${hook}`,
      `#!/bin/sh\nexec '${join(packageRoot, 'hooks/run')}' ${hook} "$@"\n`,
      0o755,
    );
  }

  branch(name: string, files: Record<string, string>, from = 'origin/main'): void {
    this.clone.git('switch', '-q', '-c', name, from);
    this.clone.commit(name, files);
  }

  has(ref: string): boolean {
    return this.server.tryGit('rev-parse', '-q', '--verify', ref).code === 0;
  }

  push = (...args: string[]) => this.clone.tryGit('push', '-q', 'origin', ...args);
}

describe('pre-receive', () => {
  let served: Served;
  beforeAll(() => {
    served = new Served('pre-receive');
    served.branch('feat/a1/own', { 'services/core/core.py': 'x\n' });
    served.branch('feat/a1/foreign', { 'services/api/api.py': 'x\n' });
  });

  it('lets own work pass, and says nothing', () => {
    expect(served.push('feat/a1/own')).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(served.has('refs/heads/feat/a1/own')).toBe(true);
  });

  it('refuses work in the part of another, with a command that helps in the clone', () => {
    const outcome = served.push('feat/a1/foreign');
    const stderr = outcome.stderr.replace(/^remote: ?/gm, '').replace(/ +$/gm, '');
    expect(outcome.code).toBe(1);
    expect(codesIn({ ...outcome, stderr })).toEqual(['owned-by-other']);
    expect(served.has('refs/heads/feat/a1/foreign')).toBe(false);
    // The package is not installed in this clone; it runs as it was built.
    const built = `node '${join(packageRoot, 'dist/cli.js')}'`;
    const remedy = (/^ {2}(git .*)$/m.exec(stderr)?.[1] ?? '').replaceAll('npx bailiwick', built);
    expect(served.clone.run('sh', ['-c', remedy])).toMatchObject({ code: 0 });
    expect(served.push('feat/a1/foreign').code).toBe(0);
  });

  it('takes all refs of a push or none', () => {
    served.branch('feat/a1/second', { 'services/core/core.py': 'second\n' });
    served.branch('feat/a1/wrong', { 'web/app.ts': 'x\n' });
    expect(served.push('feat/a1/second', 'feat/a1/wrong').code).toBe(1);
    expect(served.has('refs/heads/feat/a1/second')).toBe(false);
  });

  it('judges by the policy from before the push, and by no ref that somebody made up', () => {
    const own = WITH_ACCOUNTS.replace("'services/core/**'", "'**'");
    served.branch('feat/a1/rule', { 'ownership.yml': own, 'web/app.ts': 'x\n' });
    expect(served.push('feat/a1/rule').code).toBe(1);
    // Whatever is pushed there is a copy of nothing: this server has branches of its own.
    served.clone.git('push', '-q', '--no-verify', '../server.git', 'HEAD:refs/tags/made-up');
    served.server.git('update-ref', 'refs/remotes/origin/main', 'refs/tags/made-up');
    expect(served.push('feat/a1/rule').code).toBe(1);
  });

  it('leaves nothing behind of what was refused', () => {
    served.branch('feat/a1/gone', { 'web/app.ts': 'gone\n' });
    const oid = served.clone.git('rev-parse', 'HEAD').trim();
    expect(served.push('feat/a1/gone').code).toBe(1);
    expect(served.server.tryGit('cat-file', '-e', oid).code).not.toBe(0);
  });

  it('cannot decide where the policy cannot be used', () => {
    const before = served.server.git('rev-parse', 'main').trim();
    served.branch('broken', { 'ownership.yml': 'version: 9\n' });
    served.server.git('fetch', '-q', served.clone.directory, 'HEAD:refs/tags/broken');
    served.server.git('update-ref', 'refs/heads/main', 'refs/tags/broken');
    const { code, stderr } = served.push('feat/a1/second');
    served.server.git('update-ref', 'refs/heads/main', before);
    expect({ code, said: stderr.includes('the policy of HEAD cannot be used') }).toEqual({
      code: 1,
      said: true,
    });
  });
});

describe('update', () => {
  it('takes those refs of a push that are right', () => {
    const served = new Served('update');
    served.branch('feat/a1/right', { 'services/core/core.py': 'right\n' });
    served.branch('feat/a1/wrong', { 'web/app.ts': 'x\n' });
    expect(served.push('feat/a1/right', 'feat/a1/wrong').code).toBe(1);
    expect(served.has('refs/heads/feat/a1/right')).toBe(true);
    expect(served.has('refs/heads/feat/a1/wrong')).toBe(false);
  });
});

describe('over http', () => {
  let served: Served;
  let http: Server;
  beforeAll(async () => {
    served = new Served('pre-receive');
    http = serve(served);
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => http.close());

  const pushAs = (
    account: string,
    ...refs: string[]
  ): Promise<{ code: number; stderr: string }> => {
    const { port } = http.address() as AddressInfo;
    const child = spawn(
      'git',
      ['push', '-q', `http://${account}:x@127.0.0.1:${port}/server.git`, ...refs],
      { cwd: served.clone.directory, env: served.clone.environment },
    );
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    return new Promise((resolve) => {
      child.on('close', (code) => resolve({ code: code ?? -1, stderr }));
    });
  };

  it('knows the agent by its account', async () => {
    served.branch('feat/a1/http', { 'services/core/core.py': 'http\n' });
    expect((await pushAs('a1-bot', 'feat/a1/http')).code).toBe(0);
    const foreign = await pushAs('a2-bot', 'feat/a1/http:refs/heads/feat/a1/other');
    expect(foreign.code).toBe(1);
    expect(foreign.stderr).toContain('foreign-branch-push');
    expect((await pushAs('a1-bot', ':main')).stderr).toContain('base-branch-push');
    expect((await pushAs('ann', 'feat/a1/http:refs/heads/feat/a1/by-a-person')).code).toBe(0);
  });
});

/** A web server that asks for any password and runs git's own backend. */
function serve(served: Served): Server {
  const root = join(served.server.directory, '..');
  return createServer((request, response) => {
    const account = Buffer.from(request.headers.authorization?.split(' ')[1] ?? '', 'base64')
      .toString()
      .split(':')[0];
    if (!account) {
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="git"' }).end();
      return;
    }
    const url = new URL(request.url ?? '/', 'http://localhost');
    const backend = spawn('git', ['http-backend'], {
      env: {
        ...served.clone.environment,
        GIT_PROJECT_ROOT: root,
        GIT_HTTP_EXPORT_ALL: '1',
        PATH_INFO: url.pathname,
        QUERY_STRING: url.searchParams.toString(),
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
        REMOTE_USER: account,
        REMOTE_ADDR: '127.0.0.1',
      },
    });
    request.pipe(backend.stdin);
    const output: Buffer[] = [];
    backend.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    backend.on('close', () => {
      const all = Buffer.concat(output);
      const end = all.indexOf('\r\n\r\n');
      const headers = all.toString('latin1', 0, end).split('\r\n');
      const status = headers.find((line) => line.startsWith('Status: '))?.slice(8, 11);
      response.statusCode = Number(status ?? 200);
      for (const line of headers) {
        const [name = '', value = ''] = line.split(/: (.*)/s);
        if (name !== 'Status') response.setHeader(name, value);
      }
      response.end(all.subarray(end + 4));
    });
  });
}
