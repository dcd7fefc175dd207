import type { Facts } from '../../facts/index.ts';
import type { KubernetesFact } from '../../facts/kubernetes/types.ts';
import type { KustomizationFact } from '../../facts/kustomization/types.ts';
import type { FileTree, Render } from '../../model/index.ts';
import { kustomizeGraph } from '../kustomize/inputs.ts';
import { joinPath } from '../terraform/paths.ts';
import { kustomizationFiles } from './kustomization-files.ts';
import { readFiles } from './read-files.ts';
import { renderedObjects } from './rendered-objects.ts';

type Built =
  | { readonly ok: true; readonly objects: readonly KubernetesFact[]; readonly by: string }
  | { readonly ok: false; readonly why: string };

/**
 * Builds every kustomization that no other one takes in. Its objects stand for the files that it is made of; where one
 * is not built, the files speak for themselves and it says why.
 */
export async function renderKustomizations(facts: Facts, tree: FileTree, render: Render): Promise<Facts> {
  const paths = new Set(tree.files.map(({ path }) => path));
  const graph = kustomizeGraph(facts.kustomization, paths);
  const marks = new Map<KustomizationFact, Pick<KustomizationFact, 'rendered' | 'unrendered'>>();
  const replaced = new Set<string>();
  const kept = new Set<string>();
  const objects: KubernetesFact[] = [];
  for (const root of graph.roots) {
    const built = await build(root);
    const members = graph.membersOf(root);
    if (built.ok) objects.push(...built.objects);
    for (const member of members) {
      if (!built.ok) marks.set(member, { unrendered: built.why });
      else if (!marks.has(member)) marks.set(member, { rendered: built.by });
      for (const path of partsOf(member)) (built.ok ? replaced : kept).add(path);
    }
  }
  return {
    ...facts,
    kubernetes: [...facts.kubernetes.filter(({ path }) => !replaced.has(path) || kept.has(path)), ...objects],
    kustomization: facts.kustomization.map((fact) => ({ ...fact, ...marks.get(fact) })),
  };

  async function build(root: KustomizationFact): Promise<Built> {
    const needed = kustomizationFiles(root, graph, paths);
    if (!needed.ok) return needed;
    const read = await readFiles(tree, needed.paths);
    if (!read.ok) return read;
    const rendering = render({ program: 'kustomize', files: read.files, folder: root.folder });
    if (!rendering.ok) return rendering;
    const found = renderedObjects(rendering.text, rendering.by, () => root.path);
    return found.ok ? { ...found, by: rendering.by } : found;
  }

  /** Files of objects and of patches: neither is applied as it stands. */
  function partsOf(member: KustomizationFact): string[] {
    const inputs = graph.inputsOf(member).flatMap((input) => (input.kind === 'file' ? [input.path] : []));
    const patches = member.patches.flatMap(({ file }) =>
      file === undefined ? [] : (joinPath(member.folder, file.text) ?? []),
    );
    return [...inputs, ...patches];
  }
}
