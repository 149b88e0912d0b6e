import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot, type TestRepository } from '../support/repository.ts';

export type Json = Record<string, unknown>;

/** A client that says what it likes to the real server, and keeps every line that comes back. */
export class McpClient {
  /** Each line, parsed: whatever is not a message of JSON-RPC fails right here. */
  readonly received: Json[] = [];
  readonly ended: Promise<number | null>;
  readonly #child: ChildProcessWithoutNullStreams;
  #rest = '';
  #wake: () => void = () => undefined;

  constructor(at: TestRepository, environment: Record<string, string> = {}) {
    this.#child = spawn(process.execPath, [join(packageRoot, 'dist/cli.js'), 'mcp'], {
      cwd: at.directory,
      env: { ...at.environment, ...environment },
    });
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => this.#read(text));
    this.#child.stderr.resume();
    this.#child.stdin.on('error', () => undefined);
    this.ended = new Promise((resolve) => this.#child.on('close', resolve));
  }

  #read(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop()!;
    for (const line of lines) this.received.push(JSON.parse(line) as Json);
    this.#wake();
  }

  write(text: string | Uint8Array): void {
    this.#child.stdin.write(text);
  }

  say(message: unknown): void {
    this.write(`${JSON.stringify(message)}\n`);
  }

  close(): Promise<number | null> {
    this.#child.stdin.end();
    return this.ended;
  }

  /** The first message received that fits, now or later. */
  async wait(fits: (message: Json) => boolean): Promise<Json> {
    for (;;) {
      const found = this.received.find(fits);
      if (found) return found;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  /** Asks and waits for the answer, in the era before 2026. */
  ask(id: number | string, method: string, params: Json = {}): Promise<Json> {
    this.say({ jsonrpc: '2.0', id, method, params });
    return this.wait((message) => message['id'] === id);
  }

  #id = 1000;

  /** Calls a tool, and gives its result. */
  async call(name: string, input: Json = {}, meta?: Json): Promise<ToolResult> {
    const params = { name, arguments: input, ...(meta && { _meta: meta }) };
    const answer = await this.ask((this.#id += 1), 'tools/call', params);
    return answer['result'] as ToolResult;
  }
}

export interface ToolResult {
  readonly content: readonly { readonly type: string; readonly text: string }[];
  readonly structuredContent: Json;
  readonly isError?: boolean;
  readonly resultType?: string;
}
