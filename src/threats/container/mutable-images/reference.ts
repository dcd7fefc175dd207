import type { KubernetesFact } from '../../../facts/kubernetes/types.ts';
import type { Located } from '../../../facts/workflow/types.ts';
import type { SourceLocation } from '../../../model/index.ts';

/** A reference to something that runs, wherever it is written. */
export interface Reference {
  /** With its variables filled in; undefined where the sources leave them open. */
  readonly text: string | undefined;
  readonly written: string;
  readonly at: SourceLocation;
  /** What uses it, free of line numbers: `Deployment shop/orders container orders`. */
  readonly user: string;
  /** Names that nothing in sight gives a value. */
  readonly missing: readonly string[];
  /** Where it is written: kustomizations rewrite Kubernetes objects, and nothing else. */
  readonly origin: 'kubernetes' | 'kustomization' | 'compose' | 'dockerfile' | 'workflow' | 'terraform';
  /** The Kubernetes object that holds it. */
  readonly object?: KubernetesFact;
  /** What stands at its place, where that is not the whole of `written`. */
  readonly token?: string;
  /** Why it is not known, where it is no text with holes. */
  readonly unknown?: string;
  /** Why it cannot be judged although it is written out. */
  readonly doubt?: string;
}

const OPEN = /\$\{\{[^}]*\}\}|\{\{[^}]*\}\}|\$\([^)]*\)|\$\{?[A-Za-z_]\w*\}?|<[\w .-]+>|%\w+%|__\w+__/g;

/** A reference as it is written; placeholders and variables leave it open. */
export function asWritten(
  { text, at, unknown }: Pick<Located, 'text' | 'at' | 'unknown'>,
  user: string,
  origin: Reference['origin'],
): Reference {
  if (unknown !== undefined)
    return { text: undefined, written: `(${unknown})`, at, user, missing: [], unknown, origin };
  const missing = text.match(OPEN) ?? [];
  return { text: missing.length === 0 ? text : undefined, written: text, at, user, missing, origin };
}
