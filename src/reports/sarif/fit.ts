import { gzipSync } from 'node:zlib';
import type { Candidate } from './results.ts';
import type { SarifResult } from './types.ts';

/** GitHub's bounds on one run: results, and bytes after gzip. */
export const LIMITS = { rules: 25_000, results: 25_000, zipped: 10_000_000, text: 100_000_000 } as const;
export type Limits = { readonly [K in keyof typeof LIMITS]: number };

/** What was kept of the candidates, as JSON texts, worst first. */
export interface Fitting {
  readonly results: readonly SarifResult[];
  readonly left: number;
}

/** Keeps the worst results that an upload takes. `rest` is the size of everything else, in bytes. */
export function fit(candidates: readonly Candidate[], rest: number, limits: Limits = LIMITS): Fitting {
  const results: SarifResult[] = [];
  const texts: string[] = [];
  let size = rest;
  for (const candidate of candidates.slice(0, limits.results)) {
    const result = candidate.build();
    const text = JSON.stringify(result);
    size += text.length;
    if (size > limits.text) break;
    results.push(result);
    texts.push(text);
  }
  let keep = results.length;
  while (keep > 0 && !isSmall(texts.slice(0, keep), rest, limits)) keep = Math.floor(keep * 0.7);
  return { results: results.slice(0, keep), left: candidates.length - keep };
}

function isSmall(texts: readonly string[], rest: number, { zipped }: Limits): boolean {
  const room = zipped - rest - 1000;
  // No character takes more than three bytes per code unit, and zipping hardly ever adds any: small ones need no measuring.
  const longest = texts.reduce((sum, text) => sum + text.length, 0) * 3;
  return longest <= room || gzipSync(texts.join(',')).length <= room;
}
