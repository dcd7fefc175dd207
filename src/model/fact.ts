import type { GapReason } from './gap.ts';
import type { SourceLocation } from './location.ts';

/** A text file handed to a reader. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** A file, or a part of it, that a reader could not understand. */
export interface Unread {
  /** Kind of fact that it would have been. */
  readonly kind: string;
  readonly path: string;
  readonly reason: GapReason;
  readonly message: string;
  readonly at?: SourceLocation;
  readonly closes?: string;
}

/** What a reader made of one file. */
export interface Reading<F> {
  readonly facts: readonly F[];
  readonly unread: readonly Omit<Unread, 'kind'>[];
}

/** What a reader may ask for beside the file. */
export interface ReadTools {
  /** Paths of all files of the tree. */
  readonly paths: ReadonlySet<string>;
}

/** Turns the bytes of one format into typed facts with positions, without judgement. */
export interface FactReader<K extends string, F extends { readonly path: string }> {
  /** Name of the kind of fact, the key in the facts. */
  readonly kind: K;
  /** Where its facts belong: to the product whose paths hold the file, or to every product of the git root. */
  readonly belongsTo: 'product' | 'repository';
  /** Whether the file may hold such facts, by its path and those around it. */
  selects(path: string, paths: ReadonlySet<string>): boolean;
  /** Whether it does, by a cheap look at its text; absent: every selected file does. */
  recognises?(text: string, path: string): boolean;
  /** Never throws for bad input: what it cannot read is `unread`. */
  read(file: TextFile, tools: ReadTools): Reading<F> | Promise<Reading<F>>;
}
