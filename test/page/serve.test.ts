import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { PageData } from '../../src/domain/reports/page.ts';
import { packageRoot, scratchDirectory, type TestRepository } from '../support/repository.ts';
import { CHROMIUM, startChromium, visit } from './support/chromium.ts';
import { makeFleet } from './support/made-fleet.ts';

const running: ChildProcess[] = [];
afterEach(() => running.splice(0).forEach((child) => child.kill('SIGKILL')));

interface Served {
  readonly child: ChildProcess;
  readonly url: string;
  /** Exit code, once it has ended. */
  readonly ended: Promise<number | null>;
}

/** Starts `bailiwick page --serve` as a terminal would, and waits for the address it prints. */
async function serve(repository: TestRepository, wrapper: readonly string[] = []): Promise<Served> {
  const command = [
    ...wrapper,
    process.execPath,
    join(packageRoot, 'dist/cli.js'),
    'page',
    '--serve',
  ];
  const child = spawn(command[0]!, command.slice(1), {
    cwd: repository.directory,
    env: repository.environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
    child.once('close', () => reject(new Error(errors)));
  });
  return { child, url, ended };
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

function ask(url: string, options: { method?: string; host?: string } = {}): Promise<Answer> {
  const { method = 'GET', host } = options;
  return new Promise((resolve, reject) => {
    const headers = host === undefined ? {} : { host };
    request(url, { method, headers }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () =>
        resolve({ status: response.statusCode!, headers: response.headers, body }),
      );
    })
      .on('error', reject)
      .end();
  });
}

/** The addresses a process listens at; proc(5), /proc/net/tcp. */
function listensAt(port: number): string[] {
  const lines = ['tcp', 'tcp6'].flatMap((name) =>
    readFileSync(`/proc/net/${name}`, 'utf8').split('\n').slice(1),
  );
  const fields = lines.map((line) => line.trim().split(/\s+/));
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  return fields
    .filter(([, local = '', , state]) => state === '0A' && local.endsWith(`:${wanted}`))
    .map(([, local = '']) => local.split(':')[0]!);
}

const fleet = (): TestRepository => makeFleet({ branches: 8, files: 24 });

describe('the server of the page', () => {
  it('has an address that cannot be guessed, on this machine only', async () => {
    const repository = fleet();
    const [one, two] = await Promise.all([serve(repository), serve(repository)]);
    expect(one.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}\/$/);
    expect(new URL(one.url).pathname).not.toBe(new URL(two.url).pathname);
    if (process.platform === 'linux')
      expect(listensAt(Number(new URL(one.url).port))).toEqual(['0100007F']);
  });

  it('answers nobody who does not know it', async () => {
    const { url } = await serve(fleet());
    const { origin, pathname } = new URL(url);
    const none = [404, 0];
    const brief = async (...asked: Parameters<typeof ask>): Promise<number[]> => {
      const { status, body } = await ask(...asked);
      return [status, body.length];
    };
    const other = pathname.replace(/.\/$/, (end) => (end === 'x/' ? 'y/' : 'x/'));
    for (const path of ['/', '/data', '/favicon.ico', other, `${pathname}/`])
      expect([path, ...(await brief(`${origin}${path}`))]).toEqual([path, ...none]);
    expect(await brief(url, { host: 'evil.example' })).toEqual(none);
    expect(await brief(`${url}other`)).toEqual(none);
    expect(await brief(url, { method: 'POST' })).toEqual([405, 0]);
    expect((await ask(url)).status).toBe(200);
  });

  it('lets the page do nothing but show itself', async () => {
    const { url } = await serve(fleet());
    const { headers, body } = await ask(url);
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    const policy = headers['content-security-policy'] as string;
    expect(policy.replace(/'sha256-[^']*'/g, 'HASH')).toBe(
      "default-src 'none'; script-src HASH; style-src HASH; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(headers).not.toHaveProperty('access-control-allow-origin');
    expect(body).toContain('data-live');
    const data = JSON.parse((await ask(`${url}data`)).body) as PageData;
    expect(data.branches).toHaveLength(8);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'ends with %s, and leaves nothing',
    async (signal) => {
      const repository = fleet();
      const temporary = scratchDirectory();
      repository.environment['TMPDIR'] = temporary;
      const { child, url, ended } = await serve(repository);
      const status = repository.git('status', '--porcelain');
      child.kill(signal);
      expect(await ended).toBe({ SIGINT: 0, SIGTERM: 143, SIGHUP: 129 }[signal]);
      await expect(ask(url)).rejects.toThrow('ECONNREFUSED');
      expect(readdirSync(temporary)).toEqual([]);
      expect(status).toBe('');
      expect(readdirSync(join(repository.directory, '.git/bailiwick'))).toEqual(['overlap-cache']);
    },
  );

  it('ends when the shell that started it is killed', async () => {
    const { child, url } = await serve(fleet(), ['sh', '-c', '"$@"; true', 'sh']);
    child.kill('SIGKILL');
    for (;;)
      try {
        await ask(url);
        await new Promise((resolve) => setTimeout(resolve, 50));
      } catch {
        break;
      }
  });

  it('says that a port is taken', async () => {
    const repository = fleet();
    const { url } = await serve(repository);
    const { port } = new URL(url);
    const { code, stderr } = repository.bailiwick(['page', '--serve', port]);
    expect(code).toBe(2);
    expect(stderr).toContain(`port ${port} of this machine cannot be had: EADDRINUSE`);
    expect(repository.bailiwick(['page', '--serve', '70000']).code).toBe(2);
    expect(repository.bailiwick(['page', '--serve', '--json']).code).toBe(2);
    expect(repository.bailiwick(['page', '--serve', '--out', 'x.html']).code).toBe(2);
  });
});

describe.skipIf(CHROMIUM === null)('in Chromium', () => {
  it('shows what changes in two worktrees, and says when it no longer does', async () => {
    const repository = fleet();
    repository.git('worktree', 'add', '-q', '../one', 'feat/a1/topic-0');
    repository.git('worktree', 'add', '-q', '../two', 'feat/a2/topic-1');
    const { child, url, ended } = await serve(repository);
    const browser = await startChromium();
    const { page, complaints, requests } = await visit(browser, url);
    const row = (branch: string) =>
      page.locator('.fleet tr').filter({ has: page.locator('th', { hasText: branch }) });
    // Committed, and not committed.
    const one = repository.at('../one');
    one.commit('news', { 'services/core/news.py': 'x = 1\n' });
    repository.at('../two').write('services/api/draft.py', 'y = 2\n');
    await row('topic-0').locator('td:nth-of-type(2)').filter({ hasText: '2' }).waitFor();
    await row('topic-1').locator('td:nth-of-type(4)').filter({ hasText: '1' }).waitFor();
    // What is opened stays open.
    await page.getByLabel('Find a path').fill('news');
    await page.getByText('1 path found').waitFor();
    one.commit('more', { 'services/core/news-2.py': 'x = 2\n' });
    await page.getByText('2 paths found').waitFor();
    expect(complaints).toEqual([]);
    expect(requests.filter((each) => !each.startsWith(url))).toEqual([]);
    child.kill('SIGTERM');
    await ended;
    await page.getByText('No longer live').waitFor();
    await browser.close();
  });
});
