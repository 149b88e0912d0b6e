import type { OptionTable, OptionValues } from '../domain/options/option-table.ts';
import type { Host } from '../host/host.ts';
import type { Brief } from '../render/brief/brief.ts';

/** What a client may call: its words, what it takes, and what it does. */
export interface Tool {
  readonly name: string;
  /** One sentence, the most telling words first: clients search it, and each request pays for it. */
  readonly description: string;
  /** What it takes, from the same tables as the command line. */
  readonly takes: OptionTable;
  /** Names in `takes` that must be given. */
  readonly required: readonly string[];
  /** Whether it leaves everything as it is. */
  readonly readOnly: boolean;
  /** For a harness to call, and not for its model: it is not listed, and takes whatever it is given. */
  readonly unlisted?: boolean;
  /** Loaded when it is called, so that the server starts at once. */
  load(): Promise<(host: Host, input: Readonly<Record<string, unknown>>) => Promise<Brief>>;
}

/** Gives a tool its own types where it is written. */
export const defineTool = <Table extends OptionTable>({
  load,
  ...tool
}: Omit<Tool, 'load' | 'takes'> & {
  readonly takes: Table;
  load(): Promise<(host: Host, input: OptionValues<Table>) => Promise<Brief>>;
}): Tool => ({
  ...tool,
  load: async () => {
    const call = await load();
    // The input was read by this very table.
    return (host, input) => call(host, input as OptionValues<Table>);
  },
});
