/** A stretch of text, `[from, to)`. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** Where a keyword stands: the offset after it, and its length. */
export interface Occurrence {
  readonly end: number;
  readonly length: number;
}

/**
 * The stretches that hold every match which contains one of the keywords and is at most `width` long, with one
 * character more for `\b` and `$`. Overlapping ones are one, so that a match lies in one of them whole.
 */
export function windowsAround(occurrences: readonly Occurrence[], width: number, textLength: number): Window[] {
  const sorted = [...occurrences].sort((a, b) => a.end - b.end);
  const merged: { from: number; to: number }[] = [];
  for (const { end, length } of sorted) {
    const from = Math.max(0, end - width);
    const to = Math.min(textLength, end - length + width + 1);
    const last = merged.at(-1);
    if (last !== undefined && from <= last.to) {
      last.from = Math.min(last.from, from);
      last.to = Math.max(last.to, to);
    } else merged.push({ from, to });
  }
  return merged;
}
