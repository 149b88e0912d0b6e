import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';

/** What is served now. */
export interface ServedPage {
  /** The whole page. */
  readonly html: string;
  /** The data of it alone, as JSON. */
  readonly json: string;
  /** Which of its own parts the page may run, as a Content-Security-Policy. */
  readonly policy: string;
}

/** Nobody but this machine can reach it; see RFC 6890 on 127.0.0.0/8. */
const LOOPBACK = '127.0.0.1';
/** How often a silent stream says that it is still there, in milliseconds. */
const PULSE = 15_000;
/** More readers than a person opens are a program gone wrong. */
const MOST_READERS = 64;

/**
 * Serves one page to this machine, below a path that cannot be guessed: other users and pages open in
 * the same browser can reach the port, and get nothing without it. Keeps nothing on disk.
 */
export class PageServer {
  readonly #token = randomBytes(24).toString('base64url');
  readonly #readers = new Set<ServerResponse>();
  readonly #server: Server;
  #page: ServedPage;
  #arrived: (() => void) | null = null;

  constructor(page: ServedPage) {
    this.#page = page;
    this.#server = createServer((request, response) => this.#answer(request, response));
    // A header that never ends must not keep a connection.
    this.#server.headersTimeout = 10_000;
    this.#server.maxConnections = 2 * MOST_READERS;
    setInterval(() => this.#say(': still here\n\n'), PULSE).unref();
  }

  /**
   * Begins to listen.
   *
   * @param port 0 for any that is free.
   * @returns the address of the page.
   * @throws Failure `io` when the port cannot be had.
   */
  async listen(port: number): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', (error: NodeJS.ErrnoException) =>
        reject(
          new Failure('io', `port ${port} of this machine cannot be had: ${error.code}`, [
            hintTo('let the system choose a port', 'bailiwick page --serve'),
          ]),
        ),
      );
      this.#server.listen(port, LOOPBACK, resolve);
    });
    return `http://${this.#authority}/${this.#token}/`;
  }

  /** Replaces the page, and tells everyone who looks at it. */
  show(page: ServedPage): void {
    this.#page = page;
    this.#say('data: new\n\n');
  }

  /** Waits until somebody looks at the page. */
  async watched(): Promise<void> {
    if (this.#readers.size === 0) await new Promise<void>((resolve) => (this.#arrived = resolve));
    this.#arrived = null;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  get #authority(): string {
    return `${LOOPBACK}:${(this.#server.address() as AddressInfo).port}`;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { method, url = '', headers } = request;
    const [, token = '', name, ...more] = url.split('/');
    // Another name for this address is another site's, which has it point here: DNS rebinding.
    const meant = headers.host === this.#authority && headers['sec-fetch-site'] !== 'cross-site';
    if (!meant || !same(token, this.#token) || more.length > 0) return this.#end(response, 404);
    if (method !== 'GET' && method !== 'HEAD') return this.#end(response, 405);
    if (name === '') return this.#end(response, 200, 'text/html', this.#page.html);
    if (name === 'data') return this.#end(response, 200, 'application/json', this.#page.json);
    if (name === 'events' && method === 'GET') return this.#follow(response);
    return this.#end(response, 404);
  }

  #end(response: ServerResponse, status: number, type = 'text/plain', body = ''): void {
    response.writeHead(status, this.#headers(`${type}; charset=utf-8`));
    response.end(body);
  }

  #follow(response: ServerResponse): void {
    if (this.#readers.size >= MOST_READERS) return this.#end(response, 503);
    response.writeHead(200, this.#headers('text/event-stream'));
    // What changed between the page and this is not lost.
    response.write('retry: 1000\ndata: new\n\n');
    this.#readers.add(response);
    response.on('close', () => this.#readers.delete(response));
    this.#arrived?.();
  }

  #headers(type: string): Record<string, string> {
    return {
      'Content-Type': type,
      'Content-Security-Policy': `${this.#page.policy}; frame-ancestors 'none'`,
      'Cache-Control': 'no-store',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
    };
  }

  #say(text: string): void {
    for (const reader of this.#readers) reader.write(text);
  }
}

/** Takes as long whatever differs. */
function same(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
