import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deviations } from './openapi.ts';
import type { MergeDesk } from './merge-desk.ts';
import { commentPayload } from './payloads.ts';

type Json = Record<string, unknown>;

export interface StoredComment {
  id: number;
  number: number;
  author: string;
  body: string;
  updated: string;
}

/** One answer to give instead of the usual one, so many times. */
export interface Fault {
  readonly method: string;
  readonly path: RegExp;
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  times: number;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

const NOT_ALLOWED = {
  message: 'Resource not accessible by integration',
  documentation_url: 'https://docs.github.com/rest',
};

/**
 * GitHub's REST interface as far as the Action uses it, with a memory. Every request and every answer
 * is held against GitHub's published description.
 */
export class GitHubServer {
  pulls: Json[] = [];
  comments: StoredComment[] = [];
  /** What was said of each pull request, oldest first. */
  reviews = new Map<number, Json[]>();
  /** The pull requests that a commit came by. */
  landed = new Map<string, Json[]>();
  /** The token may read and nothing else. */
  readOnly = false;
  faults: Fault[] = [];
  /** `METHOD path?query` of every request, in order. */
  requests: string[] = [];
  /** Where requests or answers are not what GitHub describes. */
  deviations: string[] = [];
  /** What opens, merges and closes pull requests here; nothing does by default. */
  desk: MergeDesk | null = null;
  readonly #server: Server;
  #nextId = 5000;
  #clock = Date.parse('2026-11-10T00:00:00Z');

  private constructor() {
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  static async start(): Promise<GitHubServer> {
    const server = new GitHubServer();
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  /** Someone writes a comment. */
  say(number: number, author: string, body: string): StoredComment {
    const comment = { id: (this.#nextId += 1), number, author, body, updated: this.#now() };
    this.comments.push(comment);
    return comment;
  }

  /** The bodies on one pull request, oldest first. */
  on(number: number): string[] {
    return this.comments.filter((each) => each.number === number).map(({ body }) => body);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const body = text === '' ? undefined : (JSON.parse(text) as Json);
    const url = new URL(request.url ?? '/', this.url);
    const method = request.method ?? 'GET';
    this.requests.push(`${method} ${url.pathname}${url.search}`);
    const answer =
      request.headers.authorization === 'token s3cret-token'
        ? this.#answer(method, url, body)
        : { status: 401, body: { message: 'Bad credentials' } };
    this.deviations.push(...deviations(method, url, body, answer.status, answer.body));
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
  }

  #answer(method: string, url: URL, body: Json | undefined): Answer {
    const fault = this.faults.find(
      (each) => each.times > 0 && each.method === method && each.path.test(url.pathname),
    );
    if (fault) {
      fault.times -= 1;
      return { ...fault, body: fault.body ?? { ...NOT_ALLOWED, message: 'told to' } };
    }
    if (method !== 'GET' && this.readOnly) return { status: 403, body: NOT_ALLOWED };
    const [, , , , kind = '', first = '', second = ''] = url.pathname.split('/');
    if (kind === 'pulls' && second === 'reviews')
      return this.#page(url, this.reviews.get(Number(first)) ?? []);
    const desk = kind === 'pulls' ? this.desk?.answer(method, url, body) : null;
    if (desk) return desk;
    if (kind === 'pulls') return this.#page(url, this.pulls);
    if (kind === 'commits') return this.#page(url, this.landed.get(first) ?? []);
    if (method === 'GET') return this.#listComments(url, first, second);
    return this.#write(method, first, second, String(body?.['body'] ?? ''));
  }

  #listComments(url: URL, first: string, second: string): Answer {
    const since = url.searchParams.get('since') ?? '';
    const listed =
      first === 'comments'
        ? this.comments
            .filter(({ updated }) => updated >= since)
            .sort((a, b) => (a.updated < b.updated ? 1 : -1))
        : this.comments.filter(({ number }) => second === 'comments' && number === Number(first));
    return this.#page(
      url,
      listed.map((comment) => commentPayload(comment, this.url)),
    );
  }

  #write(method: string, first: string, second: string, body: string): Answer {
    if (body.length > 65_536)
      return { status: 422, body: { ...NOT_ALLOWED, message: 'body is too long' } };
    if (method === 'POST') {
      const made = this.say(Number(first), 'github-actions[bot]', body);
      return { status: 201, body: commentPayload(made, this.url) };
    }
    const comment = this.comments.find(({ id }) => id === Number(second));
    if (!comment) return { status: 404, body: { message: 'Not Found' } };
    if (method === 'DELETE') {
      this.comments = this.comments.filter((each) => each !== comment);
      return { status: 204 };
    }
    Object.assign(comment, { body, updated: this.#now() });
    return { status: 200, body: commentPayload(comment, this.url) };
  }

  #page(url: URL, items: readonly Json[]): Answer {
    const size = Number(url.searchParams.get('per_page') ?? 30);
    const page = Number(url.searchParams.get('page') ?? 1);
    const next = new URL(url);
    next.searchParams.set('page', String(page + 1));
    const more = items.length > page * size;
    const headers = more ? { link: `<${next.href}>; rel="next"` } : {};
    return { status: 200, body: items.slice((page - 1) * size, page * size), headers };
  }

  #now(): string {
    this.#clock += 60_000;
    return new Date(this.#clock).toISOString().replace('.000Z', 'Z');
  }
}
