import { rangesOf, setOf, type CharSet } from './char-set.ts';

const LAST_CASED = 0x1e943;
let orbits: ReadonlyMap<number, readonly number[]> | undefined;

/** The set closed under simple case folding (Unicode CaseFolding.txt, C and S), as `(?i)` asks. */
export function fold(set: CharSet): CharSet {
  const ranges = rangesOf(set);
  const extra: [number, number][] = [];
  if ((set.at(-1) ?? 0) < 0x80) return foldAscii(ranges);
  const table = caseOrbits();
  for (const [low, high] of ranges) {
    if (high - low > table.size) {
      for (const [code, orbit] of table) if (code >= low && code <= high) for (const c of orbit) extra.push([c, c]);
    } else {
      for (let code = low; code <= high; code++) for (const c of table.get(code) ?? []) extra.push([c, c]);
    }
  }
  return setOf([...ranges, ...extra]);
}

/** The usual case, without the table: only `k` and `s` have variants outside of ASCII. */
function foldAscii(ranges: readonly [number, number][]): CharSet {
  const extra: [number, number][] = [];
  for (const [low, high] of ranges) {
    for (let code = low; code <= high; code++) {
      const lower = code | 0x20;
      if (lower < 0x61 || lower > 0x7a || code < 0x41) continue;
      extra.push([lower, lower], [lower - 0x20, lower - 0x20]);
      if (lower === 0x6b) extra.push([0x212a, 0x212a]);
      if (lower === 0x73) extra.push([0x17f, 0x17f]);
    }
  }
  return setOf([...ranges, ...extra]);
}

/** Every code point that folds together with others, with its whole orbit. */
function caseOrbits(): ReadonlyMap<number, readonly number[]> {
  if (orbits !== undefined) return orbits;
  const byKey = new Map<number, number[]>();
  for (let code = 0x41; code <= LAST_CASED; code++) {
    const key = foldKey(code);
    if (key === code && single(String.fromCodePoint(code).toUpperCase()) === code) continue;
    const orbit = byKey.get(key);
    if (orbit === undefined) byKey.set(key, [code]);
    else orbit.push(code);
  }
  const table = new Map<number, readonly number[]>();
  for (const orbit of byKey.values()) if (orbit.length > 1) for (const code of orbit) table.set(code, orbit);
  orbits = table;
  return table;
}

function foldKey(code: number): number {
  // The two Turkish letters have no simple folding; surrogates are no letters.
  if (code === 0x130 || code === 0x131 || (code >= 0xd800 && code <= 0xdfff)) return code;
  const upper = single(String.fromCodePoint(code).toUpperCase()) ?? code;
  return single(String.fromCodePoint(upper).toLowerCase()) ?? upper;
}

function single(text: string): number | undefined {
  const code = text.codePointAt(0);
  return code !== undefined && text.length === (code > 0xffff ? 2 : 1) ? code : undefined;
}
