import type { KustomizationFact } from '../../facts/kustomization/types.ts';
import type { Located } from '../../facts/workflow/types.ts';
import { joinPath } from '../terraform/paths.ts';

/** What an entry of `resources` names. */
export type Input =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'kustomization'; readonly fact: KustomizationFact }
  /** An address, or a path that is not in the tree. */
  | { readonly kind: 'elsewhere'; readonly written: Located };

/** How the kustomizations of a tree hang together. */
export interface KustomizeGraph {
  readonly all: readonly KustomizationFact[];
  /** Kustomizations that no other one takes in: what people build. */
  readonly roots: readonly KustomizationFact[];
  inputsOf(fact: KustomizationFact): readonly Input[];
  /** Everything that goes into a kustomization, itself first, through any number of others. */
  membersOf(fact: KustomizationFact): readonly KustomizationFact[];
  /** Paths of the files whose objects a kustomization changes; a component changes those of whoever takes it in. */
  reachOf(fact: KustomizationFact): ReadonlySet<string>;
}

/** Follows `resources`, `bases` and `components` over the files of a tree. */
export function kustomizeGraph(all: readonly KustomizationFact[], paths: ReadonlySet<string>): KustomizeGraph {
  const byFolder = new Map(all.map((fact) => [fact.folder, fact]));
  const inputs = new Map(all.map((fact) => [fact, fact.resources.map((one) => inputOf(fact, one, byFolder, paths))]));
  const inputsOf = (fact: KustomizationFact): readonly Input[] => inputs.get(fact) ?? [];
  const below = (fact: KustomizationFact): KustomizationFact[] =>
    inputsOf(fact).flatMap((input) => (input.kind === 'kustomization' ? [input.fact] : []));
  const above = (fact: KustomizationFact): KustomizationFact[] => all.filter((other) => below(other).includes(fact));
  const taken = new Set(all.flatMap(below));
  const membersOf = (fact: KustomizationFact): readonly KustomizationFact[] => closure([fact], below);
  return {
    all,
    roots: all.filter((fact) => !taken.has(fact) && !fact.isComponent),
    inputsOf,
    membersOf,
    reachOf(fact) {
      const users = fact.isComponent ? closure([fact], (one) => (one.isComponent ? above(one) : [])) : [fact];
      const members = closure(users, below);
      return new Set(members.flatMap(inputsOf).flatMap((input) => (input.kind === 'file' ? [input.path] : [])));
    },
  };
}

function inputOf(
  fact: KustomizationFact,
  written: Located,
  byFolder: ReadonlyMap<string, KustomizationFact>,
  paths: ReadonlySet<string>,
): Input {
  const path = isRemote(written.text) ? undefined : joinPath(fact.folder, written.text);
  if (path === undefined) return { kind: 'elsewhere', written };
  if (paths.has(path)) return { kind: 'file', path };
  const folder = byFolder.get(path);
  return folder === undefined ? { kind: 'elsewhere', written } : { kind: 'kustomization', fact: folder };
}

/** Whether kustomize may take an entry for an address before it looks for a file of that name. */
export function isRemote(text: string): boolean {
  return /:|\/\/|\?|@|\.git(?:\/|$)|_git(?:\/|$)|^(?:www\.)?git(?:hub|lab)\.com(?:\/|$)|^bitbucket\.org(?:\/|$)/i.test(
    text,
  );
}

/** Everything that is reached from some, themselves first; circles end. */
function closure(
  from: readonly KustomizationFact[],
  next: (fact: KustomizationFact) => readonly KustomizationFact[],
): readonly KustomizationFact[] {
  const seen = new Set<KustomizationFact>(from);
  for (const fact of seen) for (const other of next(fact)) seen.add(other);
  return [...seen];
}
