/** A finding as gitleaks reports it. It carries the secret itself: whoever prints it redacts. */
export interface Leak {
  readonly rule: string;
  readonly description: string;
  /** Those of the rule, then `decoded:<encoding>` and `decode-depth:<n>` where it was found in decoded text. */
  readonly tags: readonly string[];
  /** Path of the file; inside of an archive `archive!path`. */
  readonly path: string;
  readonly commit?: string;
  /** Lines from 1 and columns in bytes of the match, counted as gitleaks counts them. */
  readonly startLine: number;
  readonly endLine: number;
  readonly startColumn: number;
  readonly endColumn: number;
  /** The lines that the match stands in. */
  readonly line: string;
  /** All that the rule matched, without line breaks around it. */
  readonly match: string;
  readonly secret: string;
  /** Shannon entropy of the secret in bits a character, in single precision. */
  readonly entropy: number;
  /** What rules that this one requires found near it. */
  readonly required?: readonly Leak[];
}

/** What a fingerprint names. */
export type LeakPlace = Pick<Leak, 'commit' | 'path' | 'rule' | 'startLine'>;

/** `file:rule:line`, or `commit:file:rule:line` in the history: what `.gitleaksignore` names. */
export function leakFingerprint({ commit, path, rule, startLine }: LeakPlace): string {
  return `${commit === undefined ? '' : `${commit}:`}${path}:${rule}:${startLine}`;
}
