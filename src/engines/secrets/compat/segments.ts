import { decodeSpan } from './decoders.ts';
import { encodedSpans, ENCODINGS, type Encoding } from './encodings.ts';

/** A stretch of text, `[start, end)`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A stretch that one pass decoded. */
export interface Segment {
  /** Where it stands in the fragment. */
  readonly original: Span;
  /** Where it stood before this pass. */
  readonly encoded: Span;
  /** Where its value stands after this pass. */
  readonly decoded: Span;
  /** All that were undone to get here. */
  readonly encodings: ReadonlySet<Encoding>;
  readonly depth: number;
  /** All segments of the pass before. */
  readonly predecessors: readonly Segment[];
}

/** One pass: every encoded stretch replaced by its value. `known` remembers values between passes. */
export function decodePass(
  text: string,
  predecessors: readonly Segment[],
  known: Map<string, string>,
): { readonly text: string; readonly segments: readonly Segment[] } {
  const segments: Segment[] = [];
  const pieces: string[] = [];
  let copied = 0;
  let shift = 0;
  for (const { encoding, start, end } of encodedSpans(text)) {
    const value = text.slice(start, end);
    let plain = known.get(value);
    if (plain === undefined) {
      plain = decodeSpan(encoding, value);
      known.set(value, plain);
    }
    if (plain === '') continue;
    const encoded = { start, end };
    const before = predecessors.filter((each) => overlaps(encoded, each.decoded));
    segments.push({
      original: toOriginal(predecessors, encoded),
      encoded,
      decoded: { start: start + shift, end: start + shift + plain.length },
      encodings: new Set([encoding, ...before.flatMap((each) => [...each.encodings])]),
      depth: (predecessors[0]?.depth ?? 0) + 1,
      predecessors,
    });
    pieces.push(text.slice(copied, start), plain);
    copied = end;
    shift += plain.length - value.length;
  }
  return segments.length === 0 ? { text, segments } : { text: pieces.join('') + text.slice(copied), segments };
}

/** Stretches that touch also overlap, as in gitleaks. */
export function overlaps(a: Span, b: Span): boolean {
  return b.start <= a.end && b.end >= a.start;
}

/** The tags of a finding in decoded text. */
export function decodingTags(segments: readonly Segment[]): string[] {
  const used = ENCODINGS.filter((encoding) => segments.some(({ encodings }) => encodings.has(encoding)));
  return [...used.map((encoding) => `decoded:${encoding}`), `decode-depth:${segments[0]?.depth ?? 0}`];
}

/** The decoded line around segments; with the line break before it, as in gitleaks. */
export function lineAround(segments: readonly Segment[], text: string): string {
  const start = Math.min(...segments.map(({ decoded }) => decoded.start));
  const end = Math.max(...segments.map(({ decoded }) => decoded.end));
  const from = text.lastIndexOf('\n', start);
  const to = text.indexOf('\n', end);
  return text.slice(Math.max(0, from), to < 0 ? text.length : to);
}

/** Where a stretch of decoded text stands in the fragment. */
export function toOriginal(predecessors: readonly Segment[], span: Span): Span {
  let level = predecessors;
  let current = span;
  while (level.length > 0) {
    let encoded: Span | undefined;
    for (const each of level) {
      if (!overlaps(each.decoded, current)) continue;
      if (each.decoded.start <= current.start && current.end <= each.decoded.end) return each.original;
      // What sticks out on either side stands beside the encoded text just so.
      const here = {
        start: each.encoded.start + Math.min(each.decoded.start, current.start) - each.decoded.start,
        end: each.encoded.end + Math.max(each.decoded.end, current.end) - each.decoded.end,
      };
      encoded =
        encoded === undefined || encoded.end === 0
          ? here
          : { start: Math.min(encoded.start, here.start), end: Math.max(encoded.end, here.end) };
    }
    if (encoded === undefined || encoded.end === 0) return current;
    current = encoded;
    level = level[0]?.predecessors ?? [];
  }
  return current;
}
