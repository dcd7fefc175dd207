import { matches } from '../allowlist.ts';
import { checksumTags } from '../checksum.ts';
import { shannonEntropy } from '../entropy.ts';
import { findWords, findWordsInBytes, rulesMet, runRule, type Occurrences } from '../occurrences.ts';
import type { Stop } from '../run-regex.ts';
import type { Rule, Ruleset } from '../ruleset.ts';
import { allowsFile, allowsFinding, listsAbout } from './allowed.ts';
import type { Leak } from './leak.ts';
import { newlinesOf, placeOf } from './location.ts';
import { withRequired } from './required.ts';
import type { RuneText } from './rune-text.ts';
import { secretIn } from './secret-in.ts';
import { decodePass, decodingTags, lineAround, overlaps, toOriginal, type Segment } from './segments.ts';

/** A piece of a file, as gitleaks calls it. */
export interface Piece {
  readonly path: string;
  readonly commit?: string;
  /** Line on which it begins, from 1. */
  readonly startLine: number;
  readonly runes: RuneText;
  /** Its bytes, where every rune is one. */
  readonly bytes?: { readonly all: Uint8Array; readonly from: number; readonly to: number };
}

export interface DetectOptions {
  /** Most passes of decoding; 0 decodes nothing. */
  readonly decodeDepth: number;
  /** Finds what a `gitleaks:allow` comment allows. */
  readonly ignoreAllow?: boolean;
  /** Runs every rule over the whole text: the slow way, to check the fast one. */
  readonly plain?: boolean;
  /** Takes note of a rule that was stopped. */
  readonly stopped?: (rule: string, stop: Stop) => void;
}

/** One pass over a piece. */
interface Pass {
  readonly piece: Piece;
  readonly ruleset: Ruleset;
  readonly options: DetectOptions;
  /** The piece, or what decoding made of it. */
  readonly text: string;
  readonly words: Occurrences;
  readonly segments: readonly Segment[];
  /** Offsets of the line breaks of the piece itself. */
  readonly newlines: () => readonly number[];
}

const ALLOW_COMMENT = 'gitleaks:allow';
const LIMITS = { matches: 200_000, milliseconds: 20_000 };

/** Everything that gitleaks 8.30 finds in a fragment (detect/detect.go). Rules without expression are not asked here. */
export function detect(piece: Piece, ruleset: Ruleset, options: DetectOptions): Leak[] {
  const leaks: Leak[] = [];
  const known = new Map<string, string>();
  let breaks: readonly number[] | undefined;
  const newlines = (): readonly number[] => (breaks ??= newlinesOf(piece.runes.text));
  let text = piece.runes.text;
  let segments: readonly Segment[] = [];
  for (let depth = 0; ; depth++) {
    const words = depth === 0 ? wordsOf(piece, ruleset) : findWords(lowered(text), ruleset);
    const pass: Pass = { piece, ruleset, options, text, words, segments, newlines };
    for (const rule of rulesMet(text, words, ruleset)) {
      if (rule.skipReport) continue;
      leaks.push(...withRequired(rule, detectRule(rule, pass), ruleset, (other) => detectRule(other, pass)));
    }
    if (depth >= options.decodeDepth) break;
    ({ text, segments } = decodePass(text, segments, known));
    if (segments.length === 0) break;
  }
  return specific(leaks);
}

function wordsOf({ runes, bytes }: Piece, ruleset: Ruleset): Occurrences {
  return bytes === undefined
    ? findWords(lowered(runes.text), ruleset)
    : findWordsInBytes(bytes.all, bytes.from, bytes.to, ruleset);
}

/** Go's lower case makes ASCII of these two. */
function lowered(text: string): string {
  return /[\u0130\u212a]/.test(text) ? text.replaceAll('\u212a', 'k').replaceAll('\u0130', 'i') : text;
}

function detectRule(rule: Rule, pass: Pass): Leak[] {
  const { piece, ruleset, options, text, words } = pass;
  const own = listsAbout(rule, ruleset);
  if (allowsFile(own, piece)) return [];
  if (rule.path !== undefined && !matches(rule.path, piece.path)) return [];
  const leaks: Leak[] = [];
  const stop = runRule(
    rule,
    text,
    options.plain === true ? undefined : words,
    ruleset,
    (match) => {
      const leak = leakOf(rule, match, pass);
      if (leak !== undefined) leaks.push(leak);
    },
    LIMITS,
  );
  if (stop !== undefined) options.stopped?.(rule.id, stop);
  return leaks;
}

function leakOf(rule: Rule, found: RegExpExecArray, pass: Pass): Leak | undefined {
  const { piece, segments, text } = pass;
  const { runes } = piece;
  const whole = { start: found.index, end: found.index + found[0].length };
  const match = found[0].replace(/^\n+|\n+$/g, '');
  const decoded = segments.filter((segment) => overlaps(segment.decoded, whole));
  if (segments.length > 0 && decoded.length === 0) return undefined;
  const span =
    decoded.length > 0 ? toOriginal(decoded, whole) : { start: whole.start, end: whole.start + match.length };
  const place = placeOf(runes, pass.newlines(), span.start, span.end);
  const line = runes.text.slice(place.lineFrom, place.lineTo);
  if (pass.options.ignoreAllow !== true && line.includes(ALLOW_COMMENT)) return undefined;
  const secret = secretIn(rule, match);
  if (secret === undefined) return undefined;
  const exact = (part: string, from: number): string =>
    runes.ascii || decoded.length > 0 || from < 0
      ? part
      : runes.bytes(runes.byteOffset(from), runes.byteOffset(from + part.length));
  const from = found.index + found[0].indexOf(match);
  // Each byte that is not UTF-8 is a rune of its own there, and one byte long.
  const entropyOfBytes = (): number =>
    shannonEntropy(
      secret.text,
      runes.byteOffset(from + secret.offset + secret.text.length) - runes.byteOffset(from + secret.offset),
    );
  const exactSecret = exact(secret.text, secret.offset < 0 ? -1 : from + secret.offset);
  const entropy = exactSecret.includes('\ufffd') ? entropyOfBytes() : shannonEntropy(exactSecret);
  if (rule.entropy !== 0 && entropy <= rule.entropy) return undefined;
  const candidate = {
    ...piece,
    secret: secret.text,
    match,
    line: (decoded.length > 0 ? lineAround(decoded, text) : '') || line,
  };
  if (allowsFinding(pass.ruleset.globalAllowlists, candidate)) return undefined;
  if (allowsFinding(listsAbout(rule, pass.ruleset), candidate)) return undefined;
  return {
    rule: rule.id,
    description: rule.description,
    tags: [
      ...rule.tags,
      ...(decoded.length > 0 ? decodingTags(decoded) : []),
      ...checksumTags(rule.checksum, exactSecret),
    ],
    path: piece.path,
    ...(piece.commit === undefined ? {} : { commit: piece.commit }),
    startLine: piece.startLine + place.startLine,
    endLine: piece.startLine + place.endLine,
    startColumn: place.startColumn,
    endColumn: place.endColumn,
    line: runes.ascii ? line : runes.bytes(runes.byteOffset(place.lineFrom), runes.byteOffset(place.lineTo)),
    match: exact(match, from),
    secret: exactSecret,
    entropy: Math.fround(entropy),
  };
}

/** A generic rule gives way to any other that has its secret on the same line. */
function specific(leaks: readonly Leak[]): Leak[] {
  const isGeneric = ({ rule }: Leak): boolean => rule.toLowerCase().includes('generic');
  const others = leaks.filter((leak) => !isGeneric(leak));
  return leaks.filter(
    (leak) =>
      !isGeneric(leak) ||
      !others.some((other) => other.startLine === leak.startLine && other.secret.includes(leak.secret)),
  );
}
