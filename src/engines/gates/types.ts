import type { Trigger } from '../../facts/workflow/types.ts';
import type { SourceLocation } from '../../model/index.ts';

/** What a tool looks at. */
export type Subject =
  'source' | 'dependencies' | 'secrets' | 'dockerfiles' | 'images' | 'infrastructure' | 'manifests' | 'workflows';

/** One call of a known tool in a step. */
export interface Invocation {
  readonly tool: Tool;
  readonly via: 'action' | 'command';
  /** Words after the tool's name; empty for an action. */
  readonly args: readonly string[];
  /** Inputs of an action, by lower-case name; empty for a command. */
  readonly inputs: ReadonlyMap<string, string>;
  /** Environment variables that the step sees, where they are written out. */
  readonly env: ReadonlyMap<string, string>;
  readonly at: SourceLocation;
  /** Folder below the root in which a command runs, as written; an open expression where it is not known. */
  readonly folder?: string;
}

/** Yes, no or undecided, with the reason in words. */
export interface Answer {
  readonly answer: 'yes' | 'no' | 'undecided';
  readonly why: string;
}

/** A scanner as it behaves in its documentation; {@link AS_OF} dates the table. */
export interface Tool {
  readonly id: string;
  readonly name: string;
  /** Actions that run it, without `@ref`; a trailing `/` stands for everything below. */
  readonly actions: readonly string[];
  /** Names of its command. */
  readonly commands: readonly string[];
  /** What this call looks at. */
  subjects(call: Invocation): readonly Subject[];
  /** Whether a finding makes this call fail. */
  failsOnFinding(call: Invocation): Answer;
  /** Whether its findings go to GitHub's code scanning, where a rule of the branch may ask for them. */
  uploads?(call: Invocation): boolean;
}

/** A call that may be a gate, with everything that decides whether it stops a change. */
export interface Gate {
  readonly call: Invocation;
  readonly subjects: readonly Subject[];
  /** `workflow path · job` for people. */
  readonly where: string;
  readonly workflow: string;
  /** Whether a finding stops the merge: the call fails, the job fails, the check is required. */
  readonly stops: Answer;
  /** The three parts of `stops`, in order. */
  readonly parts: { readonly runs: Answer; readonly fails: Answer; readonly required: Answer };
  /** Whether its check is required and no other job can report it: where it does not start, a change stays pending. */
  readonly isHeld: boolean;
  /** The events whose filters decide for which files it runs. */
  readonly triggers: readonly Trigger[];
}

/** Something in a pull request's jobs that may hide a gate that we cannot follow. */
export interface Indirection {
  readonly at: SourceLocation;
  /** In words, a clause that can end a sentence. */
  readonly what: string;
  /** The tool that is named there. */
  readonly toolId?: string;
  /** What it may look at; absent: anything. */
  readonly subjects?: readonly Subject[];
}
