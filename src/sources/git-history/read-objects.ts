import type { HistoryPiece } from '../../model/index.ts';
import { streamGit } from '../git/stream-git.ts';
import type { ListedObject } from './list-objects.ts';

/** A piece of an object of any type. */
export interface ObjectPiece extends HistoryPiece {
  readonly type: string;
}

/** Pieces that came together, and objects that git could not read. */
export interface ObjectBatch {
  readonly pieces: readonly ObjectPiece[];
  readonly broken: readonly { readonly id: string; readonly why: string }[];
}

/** Objects above this size, in bytes, come in pieces. */
const LARGEST_PIECE = 32 * 1024 * 1024;
/** How much of a piece the next one repeats, so that nothing is cut: more than the longest match of a rule. */
const OVERLAP = 256 * 1024;
/** A git that dies of one object is started again without it, so often. */
const MOST_RESTARTS = 50;

/** Reads objects in the given order through one `git cat-file --batch`; one that git dies of is left out and told. */
export async function* readObjects(top: string, wanted: readonly ListedObject[]): AsyncIterable<ObjectBatch> {
  let from = 0;
  for (let run = 0; from < wanted.length; run++) {
    if (run > MOST_RESTARTS) {
      const why = 'too many objects before it were broken';
      yield { pieces: [], broken: wanted.slice(from).map(({ id }) => ({ id, why })) };
      return;
    }
    const ids = wanted.slice(from).map(({ id }) => id);
    const git = streamGit(top, ['cat-file', '--batch', '--buffer'], ids);
    const parser = new BatchParser();
    for await (const chunk of git.stdout) {
      const pieces = parser.push(chunk);
      const broken = parser.missing.splice(0).map((id) => ({ id, why: 'the object is missing' }));
      if (pieces.length > 0 || broken.length > 0) yield { pieces, broken };
    }
    const { why } = await git.ended;
    from += parser.answered;
    const next = wanted[from];
    if (next === undefined) return;
    yield { pieces: [], broken: [{ id: next.id, why: why ?? 'git ended before it' }] };
    from++;
  }
}

/** Cuts the answer of `git cat-file --batch` into objects: `<id> <type> <size>`, the content, a line feed. */
class BatchParser {
  /** Objects that were answered whole, missing ones included. */
  answered = 0;
  readonly missing: string[] = [];
  #header = '';
  #object: { readonly id: string; readonly type: string; readonly size: number } | undefined;
  #buffer = Buffer.alloc(0);
  #filled = 0;
  #offset = 0;

  push(chunk: Buffer): ObjectPiece[] {
    const pieces: ObjectPiece[] = [];
    let at = 0;
    while (at < chunk.length) {
      if (this.#object === undefined) at = this.#readHeader(chunk, at);
      else at = this.#readContent(chunk, at, pieces);
    }
    return pieces;
  }

  #readHeader(chunk: Buffer, at: number): number {
    const end = chunk.indexOf(0x0a, at);
    this.#header += chunk.toString('latin1', at, end < 0 ? chunk.length : end);
    if (end < 0) return chunk.length;
    const [id = '', type = '', size] = this.#header.split(' ');
    this.#header = '';
    if (size === undefined) {
      // `<id> missing`
      this.missing.push(id);
      this.answered++;
    } else {
      this.#object = { id, type, size: Number(size) };
      this.#offset = 0;
      this.#filled = 0;
      this.#buffer = Buffer.allocUnsafeSlow(Math.min(Number(size), LARGEST_PIECE));
    }
    return end + 1;
  }

  #readContent(chunk: Buffer, at: number, pieces: ObjectPiece[]): number {
    const object = this.#object;
    if (object === undefined) return at;
    const left = object.size - this.#offset - this.#filled;
    if (left === 0) {
      // The line feed after the content.
      pieces.push(this.#piece(object));
      this.#object = undefined;
      this.answered++;
      return at + 1;
    }
    const taken = Math.min(left, chunk.length - at, this.#buffer.length - this.#filled);
    chunk.copy(this.#buffer, this.#filled, at, at + taken);
    this.#filled += taken;
    if (this.#filled === this.#buffer.length && taken < left) {
      pieces.push(this.#piece(object));
      const next = Buffer.allocUnsafeSlow(Math.min(left - taken + OVERLAP, LARGEST_PIECE));
      this.#buffer.copy(next, 0, this.#buffer.length - OVERLAP);
      this.#offset += this.#buffer.length - OVERLAP;
      this.#buffer = next;
      this.#filled = OVERLAP;
    }
    return at + taken;
  }

  #piece(object: { readonly id: string; readonly type: string; readonly size: number }): ObjectPiece {
    const overlap = object.size > LARGEST_PIECE ? OVERLAP : 0;
    return { ...object, offset: this.#offset, overlap, bytes: this.#buffer.subarray(0, this.#filled) };
  }
}
