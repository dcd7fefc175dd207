import { isDefinition, objectsOf } from '../../facts/kubernetes/reader.ts';
import type { KubernetesFact } from '../../facts/kubernetes/types.ts';
import { topOf } from '../../lib/text-position.ts';
import { parseYaml, type YamlNode } from '../../lib/yaml/index.ts';

/** Longest output, in characters, that is read. */
const LONGEST = 5_000_000;

/** Objects of an output, or why it is not read. */
export type RenderedObjects =
  { readonly ok: true; readonly objects: readonly KubernetesFact[] } | { readonly ok: false; readonly why: string };

/** Reads what a program printed; `placeOf` says which file of the tree a template's own comment names. */
export function renderedObjects(
  text: string,
  by: string,
  placeOf: (source: string | undefined) => string,
): RenderedObjects {
  if (text.length > LONGEST) return { ok: false, why: `it gives more than ${LONGEST} characters` };
  const objects: KubernetesFact[] = [];
  for (const chunk of text.split(/^---[ \t]*$/m)) {
    const path = placeOf(/^# Source: (.+)$/m.exec(chunk)?.[1]?.trim());
    for (const document of parseYaml(path, chunk, { skips: isDefinition })) {
      if (!document.ok) return { ok: false, why: `what it gives for ${path} is no YAML: ${document.message}` };
      const found = document.root === undefined ? [] : objectsOf(path, atTop(document.root, path));
      objects.push(...found.map((object) => ({ ...object, rendered: by })));
    }
  }
  return { ok: true, objects };
}

/** The node with no place but its file and its route: lines of an output stand in no file. */
function atTop(node: YamlNode, path: string): YamlNode {
  const { route } = node.at;
  const at = { ...topOf(path), ...(route === undefined ? {} : { route }) };
  if (node.kind === 'list') return { kind: 'list', at, items: node.items.map((item) => atTop(item, path)) };
  if (node.kind === 'map')
    return {
      kind: 'map',
      at,
      entries: node.entries.map(({ key, value }) => {
        const inner = atTop(value, path);
        return { key, keyAt: inner.at, value: inner };
      }),
    };
  return { kind: 'scalar', at, value: node.value, ...(node.unknown === undefined ? {} : { unknown: node.unknown }) };
}
