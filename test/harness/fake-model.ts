import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call of a tool that the model makes, with the harness's own names. */
export interface ToolUse {
  readonly tool: string;
  /** An object; a text for tools that take one, such as Codex's `apply_patch`. */
  readonly input: unknown;
  /** Codex puts the tools of an MCP server into one. */
  readonly namespace?: string;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * A model on loopback that plays a list of calls: with each answered call it makes the next, and says
 * "all done" at the end. Speaks what the three harnesses speak: Anthropic messages, OpenAI responses
 * and OpenAI chat completions. Keeps the body of every request, by which a test sees what a model is told.
 */
export class FakeModel {
  readonly requests: string[] = [];
  readonly #server: Server;
  readonly #calls: readonly ToolUse[];
  #id = 0;

  private constructor(calls: readonly ToolUse[]) {
    this.#calls = calls;
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  static async start(calls: readonly ToolUse[]): Promise<FakeModel> {
    const model = new FakeModel(calls);
    await new Promise<void>((resolve) => model.#server.listen(0, '127.0.0.1', resolve));
    return model;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Everything the model was told, as one text. */
  get told(): string {
    return this.requests.join('\n');
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    this.requests.push(text);
    const body = (text === '' ? {} : JSON.parse(text)) as Json;
    const url = request.url ?? '';
    if (/\/messages\/count_tokens/.test(url)) sendJson(response, { input_tokens: 10 });
    else if (/\/messages/.test(url)) this.#anthropic(body, response);
    else if (/\/responses/.test(url)) this.#responses(body, response);
    else if (/\/chat\/completions/.test(url)) this.#chat(body, response);
    else if (/countTokens/.test(url)) sendJson(response, { totalTokens: 10 });
    else if (/[gG]enerateContent/.test(url)) this.#gemini(body, response, url);
    else if (/\/models/.test(url)) sendJson(response, { object: 'list', data: [] });
    else sendJson(response, {}, 404);
  }

  /** The next call; null when all are answered, and for requests on the side, which offer no tools. */
  #next(body: Json, answered: number): ToolUse | null {
    const offered = Array.isArray(body['tools']) && body['tools'].length > 0;
    return offered ? (this.#calls[answered] ?? null) : null;
  }

  #anthropic(body: Json, response: ServerResponse): void {
    const answered = listIn(body, 'messages')
      .flatMap((message) => listIn(message, 'content'))
      .filter(({ type }) => type === 'tool_result').length;
    const call = this.#next(body, answered);
    const id = (this.#id += 1);
    const message = {
      id: `msg_${id}`,
      type: 'message',
      role: 'assistant',
      model: body['model'],
      stop_sequence: null,
      usage: { input_tokens: 10, output_tokens: 1 },
    };
    const block = call
      ? { type: 'tool_use', id: `toolu_${id}`, name: call.tool, input: call.input }
      : { type: 'text', text: 'all done' };
    const stop_reason = call ? 'tool_use' : 'end_turn';
    if (body['stream'] !== true) {
      sendJson(response, { ...message, content: [block], stop_reason });
      return;
    }
    const delta = call
      ? { type: 'input_json_delta', partial_json: JSON.stringify(call.input) }
      : { type: 'text_delta', text: 'all done' };
    sendEvents(response, [
      { type: 'message_start', message: { ...message, content: [], stop_reason: null } },
      {
        type: 'content_block_start',
        index: 0,
        content_block: call ? { ...block, input: {} } : { type: 'text', text: '' },
      },
      { type: 'content_block_delta', index: 0, delta },
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: { stop_reason }, usage: { output_tokens: 5 } },
      { type: 'message_stop' },
    ]);
  }

  #responses(body: Json, response: ServerResponse): void {
    const input = listIn(body, 'input');
    const answered = input.filter(({ type }) => String(type).endsWith('_output')).length;
    const call = this.#next(body, answered);
    const id = (this.#id += 1);
    const base = { id: `resp_${id}`, object: 'response', created_at: 1, model: body['model'] };
    const item = call ? callItem(call, id) : saidItem(id);
    const usage = {
      input_tokens: 10,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: 5,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: 15,
    };
    const completed = { ...base, status: 'completed', output: [item], usage };
    if (body['stream'] !== true) {
      sendJson(response, completed);
      return;
    }
    sendEvents(response, [
      { type: 'response.created', response: { ...base, status: 'in_progress', output: [] } },
      { type: 'response.output_item.added', output_index: 0, item },
      { type: 'response.output_item.done', output_index: 0, item },
      { type: 'response.completed', response: completed },
    ]);
  }

  #gemini(body: Json, response: ServerResponse, url: string): void {
    const answered = listIn(body, 'contents')
      .flatMap((content) => listIn(content, 'parts'))
      .filter(({ functionResponse }) => functionResponse !== undefined).length;
    const call = this.#next(body, answered);
    const { responseMimeType } = (body['generationConfig'] ?? {}) as Json;
    const text = responseMimeType === 'application/json' ? ROUTED : 'all done';
    const part = call
      ? { functionCall: { name: call.tool, args: call.input }, thoughtSignature: 'c2ln' }
      : { text };
    const answer = {
      candidates: [{ index: 0, content: { role: 'model', parts: [part] }, finishReason: 'STOP' }],
      usageMetadata: { promptTokenCount: 10, candidatesTokenCount: 5, totalTokenCount: 15 },
      modelVersion: 'fake',
    };
    if (url.includes('streamGenerateContent')) sendEvents(response, [answer]);
    else sendJson(response, answer);
  }

  #chat(body: Json, response: ServerResponse): void {
    const answered = listIn(body, 'messages').filter(({ role }) => role === 'tool').length;
    const call = this.#next(body, answered);
    const id = (this.#id += 1);
    const base = { id: `c_${id}`, created: 1, model: body['model'] };
    const tool_calls = call && [
      {
        index: 0,
        id: `call_${id}`,
        type: 'function',
        function: { name: call.tool, arguments: JSON.stringify(call.input) },
      },
    ];
    const delta = { role: 'assistant', ...(call ? { tool_calls } : { content: 'all done' }) };
    const finish_reason = call ? 'tool_calls' : 'stop';
    const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };
    if (body['stream'] !== true) {
      const choices = [{ index: 0, message: { content: null, ...delta }, finish_reason }];
      sendJson(response, { ...base, object: 'chat.completion', choices, usage });
      return;
    }
    const object = 'chat.completion.chunk';
    sendEvents(
      response,
      [
        { ...base, object, choices: [{ index: 0, delta, finish_reason: null }] },
        { ...base, object, choices: [{ index: 0, delta: {}, finish_reason }], usage },
      ],
      '[DONE]',
    );
  }
}

/** What the router of Gemini CLI wants to know is the same whatever is asked. */
const ROUTED = JSON.stringify({
  reasoning: 'x',
  model_choice: 'flash',
  next_speaker: 'user',
  complexity_reasoning: 'x',
  complexity_score: 1,
});

const callItem = ({ tool, input, namespace }: ToolUse, id: number): Json => ({
  id: `item_${id}`,
  call_id: `call_${id}`,
  name: tool,
  status: 'completed',
  ...(namespace !== undefined && { namespace }),
  ...(typeof input === 'string'
    ? { type: 'custom_tool_call', input }
    : { type: 'function_call', arguments: JSON.stringify(input) }),
});

const saidItem = (id: number): Json => ({
  type: 'message',
  id: `m_${id}`,
  role: 'assistant',
  status: 'completed',
  content: [{ type: 'output_text', text: 'all done', annotations: [] }],
});

function listIn(value: Json, key: string): Json[] {
  const list = value[key];
  return Array.isArray(list) ? (list as Json[]) : [];
}

function sendJson(response: ServerResponse, value: unknown, code = 200): void {
  response.writeHead(code, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}

/** Server-sent events; named where they have a type. */
function sendEvents(response: ServerResponse, events: readonly Json[], last?: string): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const event of events) {
    const name = typeof event['type'] === 'string' ? `event: ${event['type']}\n` : '';
    response.write(`${name}data: ${JSON.stringify(event)}\n\n`);
  }
  response.end(last === undefined ? undefined : `data: ${last}\n\n`);
}
