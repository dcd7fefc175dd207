import type { Re2 } from './compile.ts';

/** What a group of a match holds. */
export interface GroupMatch {
  readonly text: string;
  /** Offset from the start of the match. */
  readonly offset: number;
}

/** A group of a match; undefined when it took no part. Below a repetition its offset is that of its text's last occurrence. */
export function groupOf(re2: Re2, match: RegExpExecArray, index: number): GroupMatch | undefined {
  const map = re2.captures[index];
  const text = map?.captures.reduce<string | undefined>((last, capture) => match[capture] ?? last, undefined);
  if (map === undefined || text === undefined) return undefined;
  if (map.before === undefined) return { text, offset: Math.max(0, match[0].lastIndexOf(text)) };
  return { text, offset: map.before.reduce((sum, capture) => sum + (match[capture]?.length ?? 0), 0) };
}
