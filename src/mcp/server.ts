import { failureFrom } from '../domain/failure.ts';
import type { Host } from '../host/host.ts';
import type { Brief } from '../render/brief/brief.ts';
import { briefFailure } from '../render/brief/failure.ts';
import { callHost } from './call-host.ts';
import {
  discovered,
  type Era,
  eraOf,
  initialized,
  listed,
  resultOf,
  type ServerWords,
} from './era.ts';
import { listedTool } from './input-schema.ts';
import {
  ERROR_CODES,
  isObject,
  type JsonObject,
  type Message,
  type MessageError,
  type MessageId,
  parseMessages,
} from './message.ts';
import { readInput } from './read-input.ts';
import type { Tool } from './tool.ts';
import { viewFor } from './view-for.ts';

/** Calls that may be under way at once; the machine has other work. */
const MOST_CALLS = 16;

/** Milliseconds between two messages about how far a call is. */
const PROGRESS_PAUSE = 200;

type Request = Extract<Message, { kind: 'request' }>;
type Answer = { readonly result: JsonObject } | { readonly error: MessageError };

/** What a server works with. */
export interface ServerWorld {
  readonly host: Host;
  readonly tools: readonly Tool[];
  readonly words: ServerWords;
  /** Sends one line to the client. */
  send(line: string): void;
}

/**
 * Answers the messages of one client. Whatever comes in gets an answer where one is due; nothing that
 * a message holds ends the server.
 */
export class Server {
  readonly #world: ServerWorld;
  /** Calls under way, by what the client calls them. */
  readonly #calls = new Map<MessageId, AbortController>();

  constructor(world: ServerWorld) {
    this.#world = world;
  }

  /** @param line null for one that was too long to be read */
  async receive(line: Uint8Array | null): Promise<void> {
    if (line === null) {
      const message = 'the message is too long';
      this.#send({ jsonrpc: '2.0', id: null, error: { code: ERROR_CODES.request, message } });
      return;
    }
    const { batch, messages } = parseMessages(line);
    const answers = messages.map((message) => this.#handle(message));
    if (batch) {
      const said = (await Promise.all(answers)).filter((answer) => answer !== null);
      if (said.length > 0) this.#send(said);
      return;
    }
    const answer = await answers[0];
    if (answer) this.#send(answer);
  }

  /** Cancels whatever is under way. */
  stop(): void {
    for (const call of this.#calls.values()) call.abort(new Error('the client is gone'));
  }

  #send(value: unknown): void {
    this.#world.send(JSON.stringify(value));
  }

  /** The whole answer to one message; null when none is due. */
  async #handle(message: Message): Promise<JsonObject | null> {
    switch (message.kind) {
      case 'stray':
        return null;
      case 'broken':
        return { jsonrpc: '2.0', id: message.id, error: message.error };
      case 'notification':
        if (message.method === 'notifications/cancelled') this.#cancel(message.params['requestId']);
        return null;
      case 'request': {
        const answer = await this.#answer(message).catch(bugOf);
        return answer && { jsonrpc: '2.0', id: message.id, ...answer };
      }
    }
  }

  #cancel(id: unknown): void {
    const call = this.#calls.get(id as MessageId);
    call?.abort(new Error('cancelled'));
  }

  /** Null for a call that was cancelled: its client wants no answer. */
  async #answer(request: Request): Promise<Answer | null> {
    const { method, params } = request;
    const { tools, words } = this.#world;
    const era = eraOf(params);
    if (typeof era === 'object') return { error: era };
    const modern = era === 'modern';
    if (method === 'server/discover') return { result: resultOf('modern', discovered(words)) };
    if (method === 'initialize' && !modern) return { result: initialized(words, params) };
    if (method === 'ping' && !modern) return { result: {} };
    if (method === 'tools/list') {
      const result = { tools: tools.filter(isListed).map(listedTool), ...(modern && listed) };
      return { result: resultOf(era, result) };
    }
    if (method === 'tools/call') return this.#call(request, era);
    const message = `there is no method ${JSON.stringify(method.slice(0, 100))}`;
    return { error: { code: ERROR_CODES.method, message } };
  }

  async #call({ id, params }: Request, era: Era): Promise<Answer | null> {
    const wrong = (message: string): Answer => ({ error: { code: ERROR_CODES.params, message } });
    const { tools } = this.#world;
    const tool = tools.find(({ name }) => name === params['name']);
    const names = tools.filter(isListed).map(({ name }) => name);
    if (!tool) return wrong(`no such tool; there are: ${names.join(', ')}`);
    const input = readInput(tool, params['arguments']);
    if (!input.ok) return wrong(`${tool.name}: ${input.error}`);
    if (this.#calls.has(id)) return wrong('a call with this id is under way');
    if (this.#calls.size >= MOST_CALLS)
      return { error: { code: ERROR_CODES.busy, message: `${MOST_CALLS} calls are under way` } };
    const call = new AbortController();
    this.#calls.set(id, call);
    try {
      const { values, directory } = input.value;
      const watch = { signal: call.signal, progress: this.#progressOf(params) };
      const outcome = await this.#run(tool, values, directory, watch);
      if (call.signal.aborted) return null;
      return { result: resultOf(era, outcome) };
    } finally {
      this.#calls.delete(id);
    }
  }

  async #run(
    tool: Tool,
    values: JsonObject,
    directory: string | null,
    watch: Parameters<typeof callHost>[2],
  ): Promise<JsonObject> {
    const { host } = this.#world;
    try {
      const inside = callHost(host, directory, watch);
      const call = await tool.load();
      return contentOf(await call(inside, values), tool);
    } catch (error) {
      const failure = failureFrom(error, null);
      return { ...contentOf(briefFailure(failure, viewFor(host))), isError: true };
    }
  }

  /** Tells the client how far a call is, if it asked for that. */
  #progressOf({ _meta: meta }: JsonObject): (done: number, total: number, phase: string) => void {
    const token = isObject(meta) ? meta['progressToken'] : undefined;
    if (typeof token !== 'string' && typeof token !== 'number') return () => undefined;
    let told = -1;
    let last = 0;
    return (progress, total, message) => {
      const now = this.#world.host.now();
      if (progress <= told || now - last < PROGRESS_PAUSE) return;
      [told, last] = [progress, now];
      const params = { progressToken: token, progress, total, message };
      this.#send({ jsonrpc: '2.0', method: 'notifications/progress', params });
    };
  }
}

/** A fault of ours; the client is not left waiting for it. */
const bugOf = (error: unknown): Answer => ({
  error: { code: ERROR_CODES.internal, message: failureFrom(error, null).message },
});

const isListed = ({ unlisted = false }: Tool): boolean => !unlisted;

/** What a harness reads itself, it reads from the text. */
const contentOf = (
  { text, data }: Brief,
  { unlisted = false }: Partial<Tool> = {},
): JsonObject => ({
  content: [{ type: 'text', text }],
  ...(!unlisted && { structuredContent: data }),
});
