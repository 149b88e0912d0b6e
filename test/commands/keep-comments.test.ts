import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type CommentOptions,
  runKeepComments,
  type WantedComment,
} from '../../src/commands/keep-comments.ts';
import { markComment } from '../../src/core/board/marker.ts';
import { parsePullRequest } from '../../src/domain/pull-request.ts';
import { type GitHub, makeGitHub } from '../../src/host/github/github.ts';
import { GitHubServer } from '../action/support/github-server.ts';
import { pullPayload } from '../action/support/payloads.ts';

const BOT = 'github-actions[bot]';
const OPTIONS: CommentOptions = {
  author: BOT,
  marker: { base: 'main', at: 1000 },
  cleared: 'over',
};

/** What was waited for instead of waiting. */
const waits: number[] = [];
let server: GitHubServer;
let github: GitHub;

beforeAll(async () => {
  server = await GitHubServer.start();
  github = makeGitHub({
    api: server.url,
    token: 's3cret-token',
    owner: 'octo',
    repo: 'app',
    sleep: (milliseconds) => {
      waits.push(milliseconds);
      return Promise.resolve();
    },
  });
});

afterAll(() => server.stop());

beforeEach(() => {
  waits.length = 0;
  Object.assign(server, { comments: [], faults: [], readOnly: false, deviations: [] });
});

const wanted = (number: number, text: string | null, more = {}): WantedComment => ({
  pullRequest: parsePullRequest(
    pullPayload({ number, branch: `feat/a1/${number}`, head: 'a'.repeat(40), ...more }),
  )!,
  text,
});

/** Keeps the comments, and gives the requests that wrote something. */
async function keep(all: readonly WantedComment[], options = OPTIONS) {
  server.requests = [];
  const { notes } = await runKeepComments(github, all, options);
  expect(server.deviations).toEqual([]);
  const writes = server.requests.filter((request) => !request.startsWith('GET'));
  return { notes, writes: writes.map((request) => request.split(' ')[0]!) };
}

const textsOn = (number: number): string[] =>
  server.on(number).map((body) => body.split('\n').slice(1).join('\n'));

/** Other people talk, later than everything so far. */
function talk(times: number): void {
  for (let at = 0; at < times; at += 1) server.say(99, 'ann', `talk ${at}`);
}

describe('one comment on each pull request', () => {
  it('is written where there is something to say, and nowhere else', async () => {
    expect(await keep([wanted(1, 'a'), wanted(2, null)])).toEqual({ notes: [], writes: ['POST'] });
    expect([textsOn(1), textsOn(2)]).toEqual([['a'], []]);
  });

  it('is left alone as long as it says the same', async () => {
    await keep([wanted(1, 'a')]);
    expect((await keep([wanted(1, 'a')])).writes).toEqual([]);
  });

  it('is changed in place, cleared, left alone then, and used again', async () => {
    await keep([wanted(1, 'a')]);
    const ids = server.comments.map(({ id }) => id);
    for (const [text, shown, writes] of [
      ['b', 'b', ['PATCH']],
      [null, 'over', ['PATCH']],
      [null, 'over', []],
      ['c', 'c', ['PATCH']],
    ] as const) {
      expect((await keep([wanted(1, text)])).writes).toEqual(writes);
      expect(textsOn(1)).toEqual([shown]);
    }
    expect(server.comments.map(({ id }) => id)).toEqual(ids);
  });

  it('is found on the second page, with no question about the pull request', async () => {
    await keep([wanted(1, 'a')]);
    talk(150);
    expect((await keep([wanted(1, 'a')])).writes).toEqual([]);
    expect(server.requests).toHaveLength(2);
  });

  it('is brought forward before it falls out of what is read', async () => {
    talk(100);
    await keep([wanted(1, 'a')]);
    talk(250);
    expect((await keep([wanted(1, 'a')])).writes).toEqual(['PATCH']);
    expect(textsOn(1)).toEqual(['a']);
    expect((await keep([wanted(1, 'a')])).writes).toEqual([]);
  });

  it('is looked for on the pull request itself before a second one is written', async () => {
    await keep([wanted(1, 'a')]);
    talk(320);
    expect((await keep([wanted(1, 'b')])).writes).toEqual(['PATCH']);
    expect(textsOn(1)).toEqual(['b']);
  });

  it('is the oldest of several, and the others go', async () => {
    const marker = { base: 'main', at: 1 };
    const first = server.say(1, BOT, markComment(marker, 'old'));
    server.say(1, BOT, markComment(marker, 'twice'));
    expect((await keep([wanted(1, 'a')])).writes).toEqual(['DELETE', 'PATCH']);
    expect(server.comments.map(({ id }) => id)).toEqual([first.id]);
  });

  it('of a newer run is not overwritten by an older one', async () => {
    server.say(1, BOT, markComment({ base: 'main', at: 1001 }, 'newer'));
    expect((await keep([wanted(1, 'a')])).writes).toEqual([]);
    expect(textsOn(1)).toEqual(['newer']);
  });

  it('of someone else, or about another base, is none of ours', async () => {
    server.say(1, 'mallory', markComment({ base: 'main', at: 9999 }, 'forged'));
    server.say(1, BOT, markComment({ base: 'release', at: 1 }, 'another board'));
    await keep([wanted(1, 'a')]);
    expect(textsOn(1)).toEqual(['forged', 'another board', 'a']);
  });

  it('is not written where nobody may comment', async () => {
    expect((await keep([wanted(1, 'a', { locked: true }), wanted(2, 'b')])).writes).toEqual([
      'POST',
    ]);
    expect(textsOn(2)).toEqual(['b']);
  });
});

describe('what GitHub may say', () => {
  const fault = (status: number, headers: Record<string, string>, times: number): void =>
    void server.faults.push({ method: 'POST', path: /comments$/, status, headers, times });

  it.each([
    ['wait', 429, { 'retry-after': '1' }],
    ['wait for the next hour', 403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '0' }],
    ['sorry', 502, {}],
  ])('"%s": the same is asked again', async (_, status, headers) => {
    fault(status, headers, 2);
    expect((await keep([wanted(1, 'a')])).notes).toEqual([]);
    expect(textsOn(1)).toEqual(['a']);
  });

  it('"you may only read": it is told once, and nothing more is tried', async () => {
    server.readOnly = true;
    const { notes, writes } = await keep([wanted(1, 'a'), wanted(2, 'b')]);
    expect(writes).toEqual(['POST']);
    expect(notes).toHaveLength(1);
    expect(notes[0]).toContain('the permission pull-requests: write');
  });

  it('"you may not read comments": none is written', async () => {
    const body = { message: 'Resource not accessible by integration', documentation_url: 'x' };
    server.faults.push({ method: 'GET', path: /comments$/, status: 403, body, times: 1 });
    const { notes, writes } = await keep([wanted(1, 'a')]);
    expect(writes).toEqual([]);
    expect(notes[0]).toContain('none was written');
  });

  it('"that pull request is gone": the others are served', async () => {
    fault(404, {}, 1);
    expect(await keep([wanted(1, 'a'), wanted(2, 'b')])).toEqual({
      notes: [],
      writes: ['POST', 'POST'],
    });
  });

  it('"not such a comment": it is told, and the others are served', async () => {
    fault(422, {}, 1);
    const { notes, writes } = await keep([wanted(1, 'a'), wanted(2, 'b')]);
    expect({ notes: notes.length, writes: writes.length }).toEqual({ notes: 1, writes: 2 });
  });

  it('"wait for hours": it is told, and nothing more is tried', async () => {
    fault(429, { 'retry-after': '9999' }, 9);
    const { notes, writes } = await keep([wanted(1, 'a'), wanted(2, 'b')]);
    expect({ notes: notes.length, writes: writes.length }).toEqual({ notes: 1, writes: 1 });
  });

  it('nothing but "403": it waits a minute, once; the next run writes the rest', async () => {
    fault(403, {}, 1);
    expect((await keep([wanted(1, 'a')])).notes).toEqual([]);
    expect(waits.filter((wait) => wait > 1000)).toEqual([60_000]);
    fault(403, {}, 2);
    const { notes, writes } = await keep([wanted(2, 'b'), wanted(3, 'c')]);
    expect(writes).toEqual(['POST', 'POST']);
    expect(notes).toEqual([
      'GitHub asked for a pause: the next run writes the comments that are left (#2, #3)',
    ]);
    expect((await keep([wanted(2, 'b'), wanted(3, 'c')])).notes).toEqual([]);
    expect([textsOn(2), textsOn(3)]).toEqual([['b'], ['c']]);
  });

  it('nothing at all: there is a second between two writes', async () => {
    await keep([wanted(1, 'a'), wanted(2, 'b'), wanted(3, 'c')]);
    const seconds = waits.filter((wait) => wait > 900 && wait <= 1000);
    expect(seconds.length).toBeGreaterThanOrEqual(2);
  });
});

describe('a comment on a pull request that has been closed', () => {
  const closed = { text: 'no longer open', open: [2], numbers: [] as number[] };

  it('says so, once', async () => {
    await keep([wanted(1, 'a'), wanted(2, 'b')]);
    const options = { ...OPTIONS, closed };
    expect((await keep([wanted(2, 'b')], options)).writes).toEqual(['PATCH']);
    expect([textsOn(1), textsOn(2)]).toEqual([['no longer open'], ['b']]);
    expect((await keep([wanted(2, 'b')], options)).writes).toEqual([]);
    // Open, and not judged this time.
    expect((await keep([], options)).writes).toEqual([]);
    expect((await keep([], { ...OPTIONS, closed: { ...closed, open: [] } })).writes).toEqual([
      'PATCH',
    ]);
  });

  it('is looked for where the event says which one it is', async () => {
    await keep([wanted(1, 'a')]);
    talk(320);
    const options = { ...OPTIONS, closed: { ...closed, numbers: [1] } };
    expect((await keep([], options)).writes).toEqual(['PATCH']);
  });

  it('is left alone where not all open pull requests are known', async () => {
    await keep([wanted(1, 'a')]);
    expect((await keep([wanted(2, null)])).writes).toEqual([]);
  });
});
