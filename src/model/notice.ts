import type { SourceLocation } from './location.ts';

/** Something to tell people beside the verdicts: a stale decision, an unused ignore line. */
export interface Notice {
  readonly level: 'error' | 'warning';
  readonly message: string;
  readonly at?: SourceLocation;
}
