import { matches } from '../allowlist.ts';
import type { ScanProblem } from '../hit.ts';
import type { Rule, Ruleset } from '../ruleset.ts';
import { allowsFile, listsAbout } from './allowed.ts';
import { detect, type DetectOptions } from './detect.ts';
import { isApplication } from './file-type.ts';
import { fragmentsOf } from './fragments.ts';
import type { Leak } from './leak.ts';
import { runeText } from './rune-text.ts';

/** The bytes of a file or of an object of git. */
export interface Blob {
  /** Path below the root, with forward slashes; empty when there is none: rules about paths find nothing then. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Commit that brings it, where it is looked at in the history. */
  readonly commit?: string;
}

export type BlobOptions = Omit<DetectOptions, 'stopped'>;

export interface BlobResult {
  readonly leaks: readonly Leak[];
  readonly problems: readonly ScanProblem[];
}

/**
 * Scans a blob as gitleaks 8.30 scans a file: its fragments, rules, allowlists, decoding and places. Never throws, whatever
 * the bytes or the rules.
 */
export function scanBlob({ path, bytes, commit }: Blob, ruleset: Ruleset, options: BlobOptions): BlobResult {
  const where = { path, ...(commit === undefined ? {} : { commit }) };
  if (allowsFile(ruleset.globalAllowlists, where)) return { leaks: [], problems: [] };
  const leaks: Leak[] = [];
  const problems = new Map<string, ScanProblem>();
  const stopped = (rule: string, stop: string): void => {
    problems.set(rule, { path, rule, message: `rule ${rule} was stopped in ${path}: ${stop}` });
  };
  const byName = path === '' ? [] : ruleset.byName;
  for (const { from, to, startLine } of fragmentsOf(bytes)) {
    if (startLine === 1 && isApplication(bytes.subarray(from, to))) break;
    const runes = runeText(bytes, from, to);
    const piece = { ...where, startLine, runes, ...(runes.ascii ? { bytes: { all: bytes, from, to } } : {}) };
    leaks.push(...byName.flatMap((rule) => leakByName(rule, where, ruleset)));
    leaks.push(...detect(piece, ruleset, { ...options, stopped }));
  }
  return { leaks, problems: [...problems.values()] };
}

/** A rule without expression finds a file by its name, once in each of its fragments. */
function leakByName(rule: Rule, where: { readonly path: string; readonly commit?: string }, ruleset: Ruleset): Leak[] {
  if (rule.skipReport || rule.path === undefined || allowsFile(listsAbout(rule, ruleset), where)) return [];
  if (!matches(rule.path, where.path)) return [];
  const match = `file detected: ${where.path}`;
  const { id, description, tags } = rule;
  const places = { startLine: 0, endLine: 0, startColumn: 0, endColumn: 0 };
  return [{ rule: id, description, tags, ...where, ...places, line: '', match, secret: '', entropy: 0 }];
}
