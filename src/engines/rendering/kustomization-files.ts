import type { KustomizationFact } from '../../facts/kustomization/types.ts';
import type { Located } from '../../facts/workflow/types.ts';
import { isRemote, type KustomizeGraph } from '../kustomize/inputs.ts';
import { joinPath } from '../terraform/paths.ts';

/** The files that building a kustomization reads, or why it is not built. */
export type KustomizationFiles =
  { readonly ok: true; readonly paths: ReadonlySet<string> } | { readonly ok: false; readonly why: string };

/** Only what stands in the tree whole, with no program to call, is built. */
export function kustomizationFiles(
  root: KustomizationFact,
  graph: KustomizeGraph,
  paths: ReadonlySet<string>,
): KustomizationFiles {
  const needed = new Set<string>();
  for (const member of graph.membersOf(root)) {
    needed.add(member.path);
    const [plugin] = member.plugins;
    if (plugin !== undefined)
      return { ok: false, why: `${member.path} calls what may run programs or fetch charts (${plugin.text})` };
    for (const input of graph.inputsOf(member)) {
      if (input.kind === 'elsewhere')
        return { ok: false, why: `${member.path} takes ${input.written.text}, which is not in this tree` };
      if (input.kind === 'file') needed.add(input.path);
    }
    for (const { text } of filesOf(member)) {
      const path = isRemote(text) ? undefined : joinPath(member.folder, text);
      if (path === undefined || !paths.has(path))
        return { ok: false, why: `${member.path} reads ${text}, which is not in this tree` };
      needed.add(path);
    }
  }
  return { ok: true, paths: needed };
}

/** Files besides the objects that a kustomization names. */
export function filesOf({ patches, replacements, generators, files }: KustomizationFact): readonly Located[] {
  return [
    ...[...patches, ...replacements].flatMap(({ file }) => file ?? []),
    ...generators.flatMap((one) => [...one.files.map(({ file }) => file), ...one.envs]),
    ...files,
  ];
}
