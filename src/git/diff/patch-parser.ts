import { type Entry, entryOf, isOrdinaryFile } from '../../domain/change.ts';
import { Failure } from '../../domain/failure.ts';
import type { Footprint } from '../../domain/footprint.ts';
import { decodeRepoPath, type RepoPath } from '../../domain/path.ts';
import type { LineRange } from '../../domain/reports/overlap.ts';
import { type FileHunks, HunkReader } from './hunk-reader.ts';

/** What differs between two trees. */
export interface TreeDiff extends Footprint {
  /** Where the new side holds conflict markers, in lines of the old side. */
  readonly disputed: ReadonlyMap<RepoPath, readonly LineRange[]>;
}

interface DraftChange extends FileHunks {
  readonly path: RepoPath;
  readonly before: Entry | null;
  readonly after: Entry | null;
  /** Both sides are ordinary files with text in them. */
  text: boolean;
}

const NUL = 0x00;
const LINE_FEED = 0x0a;
const COLON = 0x3a;

/**
 * Reads `diff-tree --stdin -r -t --raw -z -p -U1` as it streams. For each pair of trees (`@` is NUL):
 *
 *     <tree> <tree>LF                                        line feed even with -z
 *     :<mode> <mode> <oid> <oid> <status>@<path>@            each entry, directories included
 *     @                                                      before the patches, if there are any
 *     diff --git ...LF                                       each file: its hunks, or "Binary files"
 *
 * Patches come in the order of the entries, so their quoted names need not be read.
 */
export class PatchParser {
  readonly #headers: readonly string[];
  readonly #onDiff: (diff: TreeDiff, index: number) => void;
  readonly #hunks = new HunkReader();
  #buffer: Buffer = Buffer.alloc(0);
  #state: 'hunk' | 'patch' | 'raw' | 'start' = 'start';
  /** Headers that have come or been passed over. */
  #begun = 0;
  #changes: DraftChange[] = [];
  #removedDirectories: RepoPath[] = [];
  /** The changes whose patch is still to come. */
  #patches: DraftChange[] = [];
  #change: DraftChange | null = null;

  /**
   * @param headers `<tree> <tree>` of every pair, in the order they were asked for. git says nothing of a
   * pair when it cannot read one of the trees.
   * @param onDiff called for each pair git spoke of, with its index among the headers.
   */
  constructor(headers: readonly string[], onDiff: (diff: TreeDiff, index: number) => void) {
    this.#headers = headers;
    this.#onDiff = onDiff;
  }

  push(chunk: Buffer): void {
    const buffer = this.#buffer.length === 0 ? chunk : Buffer.concat([this.#buffer, chunk]);
    let at = 0;
    for (;;) {
      const raw = this.#state === 'raw' && (buffer[at] === NUL || buffer[at] === COLON);
      const next = raw ? this.#entry(buffer, at) : this.#line(buffer, at);
      if (next < 0) break;
      at = next;
    }
    this.#buffer = buffer.subarray(at);
  }

  /** Hands over the last diff: git has said everything. */
  end(): void {
    if (this.#state !== 'start') this.#onDiff(this.#finish(), this.#begun - 1);
  }

  /** Takes one raw entry, or the NUL that ends them; gives the position after it, or -1 for "not all there". */
  #entry(buffer: Buffer, at: number): number {
    if (buffer[at] === NUL) {
      this.#state = 'patch';
      return at + 1;
    }
    const headEnd = buffer.indexOf(NUL, at);
    const pathEnd = headEnd < 0 ? -1 : buffer.indexOf(NUL, headEnd + 1);
    if (pathEnd < 0) return -1;
    const path = decodeRepoPath(buffer.subarray(headEnd + 1, pathEnd));
    this.#addEntry(buffer.toString('latin1', at + 1, headEnd), path);
    return pathEnd + 1;
  }

  #addEntry(head: string, path: RepoPath): void {
    const [oldMode, newMode, oldOid, newOid, status] = head.split(' ');
    if (oldMode === '040000' || newMode === '040000') {
      if (newMode === '000000') this.#removedDirectories.push(path);
      return;
    }
    const before = entryOf(oldMode!, oldOid!);
    const after = entryOf(newMode!, newOid!);
    const text = isOrdinaryFile(before) && isOrdinaryFile(after);
    const change: DraftChange = { path, before, after, text, lines: 0, hunks: [], disputed: [] };
    this.#changes.push(change);
    this.#patches.push(change);
    // A file that becomes a link is shown as removed, then as added.
    if (status === 'T') this.#patches.push(change);
  }

  /** Takes one line and gives the position after it, or -1 when its end has not arrived. */
  #line(buffer: Buffer, at: number): number {
    const end = buffer.indexOf(LINE_FEED, at);
    if (end < 0) return -1;
    if (this.#state === 'hunk') {
      if (this.#hunks.line(buffer, at, end)) this.#state = 'patch';
    } else if (!this.#isHeader(buffer, at, end)) this.#patchLine(buffer, at, end);
    return end + 1;
  }

  #isHeader(buffer: Buffer, at: number, end: number): boolean {
    if (this.#headers[this.#begun]?.length !== end - at) return false;
    const index = this.#headers.indexOf(buffer.toString('latin1', at, end), this.#begun);
    if (index < 0) return false;
    this.end();
    this.#begun = index + 1;
    this.#state = 'raw';
    return true;
  }

  #patchLine(buffer: Buffer, at: number, end: number): void {
    const start = buffer.toString('latin1', at, Math.min(end, at + 12));
    if (this.#state !== 'patch')
      throw new Failure('git', `git diff-tree printed something of unknown form: ${start}`);
    if (start.startsWith('diff --git ')) this.#change = this.#patches.shift() ?? null;
    else if (start === 'Binary files' && this.#change) this.#change.text = false;
    else if (start.startsWith('@@ ') && this.#change) {
      this.#hunks.begin(buffer.toString('latin1', at, end), this.#change);
      this.#state = 'hunk';
    }
  }

  #finish(): TreeDiff {
    const changes = this.#changes.map(({ path, before, after, text, lines, hunks }) => ({
      path,
      before,
      after,
      lines,
      hunks: text ? hunks : null,
    }));
    const disputed = this.#changes.filter((change) => change.disputed.length > 0);
    const diff = {
      changes,
      removedDirectories: this.#removedDirectories,
      disputed: new Map(disputed.map((change) => [change.path, change.disputed])),
    };
    this.#changes = [];
    this.#removedDirectories = [];
    this.#patches = [];
    return diff;
  }
}
