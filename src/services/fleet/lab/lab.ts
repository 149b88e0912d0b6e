import type { Entry } from '../../../domain/change.ts';
import type { RepoPath } from '../../../domain/path.ts';
import type { Oid } from '../../../domain/refs.ts';
import type { Repo } from '../../../domain/repo.ts';
import type { TreePair } from '../../../git/diff/diff-pairs.ts';
import { type DiffOutcome, DiffProcess, TREE_DIFFS } from '../../../git/diff/diff-process.ts';
import { PATCH_IDS } from '../../../git/diff/patch-ids.ts';
import type { TreeDiff } from '../../../git/diff/patch-parser.ts';
import type { Unanswered } from '../../../git/process/unanswered.ts';
import { flushRequest } from '../../../git/merge/flush-request.ts';
import {
  type MergeOutcome,
  MergeProcess,
  type MergeRequest,
} from '../../../git/merge/merge-process.ts';
import type { ScratchRepository } from '../../../git/merge/scratch-repository.ts';
import {
  type CommitContent,
  looseCommit,
  loosePath,
  looseTree,
  type LooseObject,
  readLooseObject,
} from '../../../git/objects/loose-object.ts';
import type { ObjectFormat } from '../../../git/objects/object-format.ts';
import type { ObjectReader } from '../../../git/objects/object-reader.ts';
import { overlayTree } from '../../../git/objects/overlay-tree.ts';
import { type Level, LevelReader, parseTree } from '../../../git/objects/trees.ts';
import { type GitVersion, isAtLeast } from '../../../git/process/version.ts';
import type { Host } from '../../../host/host.ts';
import { AbsentContents } from './absent-contents.ts';
import type { FileOutcome } from './merged-file.ts';

export interface LabOptions {
  readonly scratch: ScratchRepository;
  readonly format: ObjectFormat;
  readonly version: GitVersion;
  /** Reads the real repository. */
  readonly reader: ObjectReader;
}

/** Levels kept: enough for a few landings, and little where directories hold thousands of files. */
const MOST_RECENT = 16;

/** Where merges are tried: a throw-away repository that sees every object of the real one. */
export class Lab {
  readonly repo: Repo;
  readonly scratch: ScratchRepository;
  /** Merges made so far. */
  merges = 0;
  /** Files merged so far: of several orders in which branches land, many merge the same three contents. */
  readonly mergedFiles = new Map<string, FileOutcome>();
  /** What is known by name from an earlier run, and is not here. */
  readonly absent: AbsentContents;
  readonly #host: Host;
  readonly #format: ObjectFormat;
  readonly #version: GitVersion;
  readonly #reader: ObjectReader;
  readonly #levels: LevelReader;
  /** What an overlay wrote last is what the next one begins with. */
  readonly #recent = new Map<Oid, Level>();
  #process: MergeProcess | null = null;
  #diffs: DiffProcess<TreeDiff> | null = null;
  #patches: DiffProcess<string | null> | null = null;

  constructor(host: Host, { scratch, format, version, reader }: LabOptions) {
    this.#host = host;
    this.#format = format;
    this.#version = version;
    this.#reader = reader;
    this.#levels = new LevelReader(reader);
    this.absent = new AbsentContents({
      isMade: (content) => host.files.exists(this.#pathOf(content)),
      isHere: (content) => this.isHere(content),
    });
    this.scratch = scratch;
    this.repo = scratch.repo;
    for (const [path, content] of scratch.files) host.files.put(path, content);
  }

  /** Writes a commit that exists only here. */
  commit(content: CommitContent): Oid {
    return this.#write(looseCommit(this.#format, content));
  }

  /** Writes a tree of one level; see `looseTree`. */
  tree(level: Level): Oid {
    return this.#write(looseTree(this.#format, level));
  }

  /** The tree that another becomes when some of its files change; see `overlayTree`. */
  async overlay(tree: Oid, changes: ReadonlyMap<RepoPath, Entry | null>): Promise<Oid> {
    const write = (level: Level): Oid => {
      const oid = this.tree(level);
      this.#recent.set(oid, level);
      if (this.#recent.size > MOST_RECENT) this.#recent.delete(this.#recent.keys().next().value!);
      return oid;
    };
    const made = await overlayTree({ read: (oid) => this.readTree(oid), write }, tree, changes);
    return made ?? this.tree(new Map());
  }

  /** One level of a tree that is here or in the real repository. */
  async readTree(oid: Oid): Promise<Level> {
    const recent = this.#recent.get(oid);
    if (recent) return recent;
    const file = this.#host.files.read(this.#pathOf(oid));
    return file ? parseTree(readLooseObject(file), oid.length / 2) : this.#levels.read(oid);
  }

  /** A content that git wrote here when it merged; null where it wrote none. */
  readMade(oid: Oid): Buffer | null {
    const file = this.#host.files.read(this.#pathOf(oid));
    return file && readLooseObject(file);
  }

  /** Whether an object can be read: it was made here, or the repository has it. */
  async isHere(oid: Oid): Promise<boolean> {
    return this.#host.files.exists(this.#pathOf(oid)) || (await this.#reader.read(oid, 0)) !== null;
  }

  /** Makes the attributes hold that a branch's files set. */
  writeAttributes(path: string, content: Uint8Array): void {
    this.#host.files.write(`${this.scratch.workTree}/${path}`, content);
  }

  async merge(requests: readonly MergeRequest[], phase: string): Promise<MergeOutcome[]> {
    if (requests.length === 0) return [];
    this.#process ??= new MergeProcess(this.repo, this.#flush());
    let done = 0;
    const outcomes = await this.#process.merge(requests, () => {
      done += 1;
      this.#host.progress(phase, done, requests.length);
    });
    this.merges += requests.length;
    return outcomes;
  }

  async diff(pairs: readonly TreePair[]): Promise<DiffOutcome[]> {
    if (pairs.length === 0) return [];
    this.#diffs ??= new DiffProcess(this.repo, TREE_DIFFS);
    return this.#diffs.diff(pairs);
  }

  /** What `git rebase` knows each change by; see `PATCH_IDS`. */
  async patchIds(pairs: readonly TreePair[]): Promise<(string | Unanswered | null)[]> {
    if (pairs.length === 0) return [];
    this.#patches ??= new DiffProcess(this.repo, PATCH_IDS);
    return this.#patches.diff(pairs);
  }

  /** Whether git cut its search for renames short in some merge since it last settled. */
  async hasCutShort(): Promise<boolean> {
    return (await this.#process?.hasCutShort()) ?? false;
  }

  /** Ends merging and comparing. True when git cut its search for renames short in some merge. */
  async settle(): Promise<boolean> {
    const cutShort = (await this.#process?.close()) ?? false;
    await Promise.all([this.#diffs?.close(), this.#patches?.close()]);
    this.#process = this.#diffs = this.#patches = null;
    return cutShort;
  }

  #flush(): MergeRequest | null {
    if (isAtLeast(this.#version, 2, 49)) return null;
    const { request, objects } = flushRequest(this.#format);
    for (const object of objects) this.#write(object);
    return request;
  }

  #pathOf(oid: Oid): string {
    return `${this.scratch.directory}/objects/${loosePath(oid)}`;
  }

  #write({ oid, path, bytes }: LooseObject): Oid {
    this.#host.files.put(`${this.scratch.directory}/objects/${path}`, bytes);
    return oid;
  }
}
