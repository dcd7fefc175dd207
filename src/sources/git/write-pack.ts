import { createHash } from 'node:crypto';
import { closeSync, createReadStream, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { feedGit } from './feed-git.ts';
import type { GitAnswer } from './run-git.ts';

const TYPES = { commit: 1, tree: 2, blob: 3, tag: 4 } as const;

/** Collects new objects in a file and hands them to git as one pack (gitformat-pack). Nothing is deltified: git does that later. */
export class PackSpool {
  #count = 0;
  readonly #folder = mkdtempSync(join(tmpdir(), 'fourproof-pack-'));
  readonly #file = openSync(join(this.#folder, 'objects'), 'w', 0o600);

  /** How many objects were added. */
  get count(): number {
    return this.#count;
  }

  add(type: keyof typeof TYPES, bytes: Uint8Array): void {
    this.#count++;
    writeSync(this.#file, Buffer.concat([entryHeader(TYPES[type], bytes.length), deflateSync(bytes, { level: 1 })]));
  }

  /** Writes the pack into the repository: all objects or none, each checked by git. */
  async write(top: string, idLength: number): Promise<GitAnswer> {
    return feedGit(top, ['index-pack', '--stdin', '--strict'], this.#pack(idLength === 64 ? 'sha256' : 'sha1'));
  }

  remove(): void {
    closeSync(this.#file);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async *#pack(algorithm: string): AsyncIterable<Uint8Array> {
    const hash = createHash(algorithm);
    const header = Buffer.alloc(12);
    header.write('PACK');
    header.writeUInt32BE(2, 4);
    header.writeUInt32BE(this.#count, 8);
    hash.update(header);
    yield header;
    for await (const chunk of createReadStream(join(this.#folder, 'objects'), { highWaterMark: 1 << 18 })) {
      hash.update(chunk as Buffer);
      yield chunk as Buffer;
    }
    yield hash.digest();
  }
}

/** Type and size: four bits of the size beside the type, then seven a byte. */
function entryHeader(type: number, size: number): Buffer {
  const bytes: number[] = [];
  let rest = Math.floor(size / 16);
  bytes.push((type << 4) | (size & 15) | (rest > 0 ? 128 : 0));
  while (rest > 0) {
    const more = Math.floor(rest / 128);
    bytes.push((rest & 127) | (more > 0 ? 128 : 0));
    rest = more;
  }
  return Buffer.from(bytes);
}
