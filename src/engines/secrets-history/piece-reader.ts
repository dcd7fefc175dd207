import { decode, type SecretHit } from '../secrets/index.ts';
import type { HistoryPiece } from '../../model/index.ts';

/** The text of a piece of an object, ready to be searched. */
export interface PieceText {
  /** Empty for bytes that are no text: a rule about file names speaks of them all the same. */
  readonly text: string;
  /** Its bytes, where each of them is one character. */
  readonly ascii?: Uint8Array;
  readonly binary: boolean;
  /** Of the hits in the text those that belong to this piece, with their lines in the object. */
  own(hits: readonly SecretHit[]): readonly SecretHit[];
}

/** What is carried from piece to piece of a large object. */
interface Carry {
  readonly piece: HistoryPiece;
  /** Line feeds before the piece. */
  readonly linesBefore: number;
  readonly binary: boolean;
}

/**
 * Makes texts of objects, also of those that come in pieces: of what two pieces have in common, the first half is the
 * first one's and the rest the second one's, so that every hit counts once and none is cut. A large object is read a
 * byte a character; in a line that began in the piece before, columns count from the piece.
 */
export class PieceReader {
  readonly #open = new Map<string, Carry>();

  /** Takes the next piece; the pieces of one object are given in their order. */
  next(piece: HistoryPiece): PieceText {
    if (piece.bytes.length === piece.size) {
      const decoded = decode(piece.bytes);
      return decoded.binary ? { text: '', binary: true, own: (hits) => hits } : { ...decoded, own: (hits) => hits };
    }
    const carry = piece.offset === 0 ? undefined : this.#open.get(piece.id);
    const linesBefore = carry === undefined ? 0 : carry.linesBefore + lines(carry.piece, piece.offset);
    const binary = carry?.binary ?? decode(piece.bytes).binary;
    const isLast = piece.offset + piece.bytes.length === piece.size;
    if (isLast) this.#open.delete(piece.id);
    else this.#open.set(piece.id, { piece, linesBefore, binary });
    const text = binary ? '' : new TextDecoder('latin1').decode(piece.bytes);
    const from = piece.offset === 0 ? 0 : piece.overlap / 2;
    const to = isLast ? Infinity : text.length - piece.overlap / 2;
    const isOwn = ({ location }: SecretHit): boolean => {
      const at = offsetOf(text, location.startLine, location.startColumn);
      return at >= from && at < to;
    };
    // The name of a binary is judged once.
    const own = (hits: readonly SecretHit[]): SecretHit[] =>
      binary && carry !== undefined
        ? []
        : hits.filter((hit) => binary || isOwn(hit)).map((hit) => moved(hit, linesBefore));
    return { text, binary, own };
  }
}

/** Number of line feeds in a piece before an offset of its object. */
function lines({ bytes, offset }: HistoryPiece, end: number): number {
  let count = 0;
  const part = bytes.subarray(0, end - offset);
  for (let at = part.indexOf(0x0a); at >= 0; at = part.indexOf(0x0a, at + 1)) count++;
  return count;
}

function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let at = 1; at < line; at++) start = text.indexOf('\n', start) + 1;
  return start + column - 1;
}

function moved(hit: SecretHit, by: number): SecretHit {
  const move = (at: SecretHit['location']): SecretHit['location'] => ({
    ...at,
    startLine: at.startLine + by,
    endLine: at.endLine + by,
  });
  return by === 0 ? hit : { ...hit, location: move(hit.location), match: move(hit.match) };
}
