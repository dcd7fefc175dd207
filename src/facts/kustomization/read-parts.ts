import { child, itemsOf, textOf, type YamlNode } from '../../lib/yaml/index.ts';
import { located, optional } from '../workflow/read-steps.ts';
import type { Located } from '../workflow/types.ts';
import type { GeneratorFact, ImageChange, PatchFact, ReplacementFact, TargetFact } from './types.ts';

/** The texts of a list under a key; a single text is a list of one. */
export function textsOf(root: YamlNode, ...keys: readonly string[]): Located[] {
  return keys.flatMap((key) => itemsOf(child(root, key)).flatMap((item) => located(item) ?? []));
}

/** Entries of `images`. */
export function imagesOf(root: YamlNode): ImageChange[] {
  return itemsOf(child(root, 'images')).flatMap((item) => {
    const name = located(child(item, 'name'));
    if (name === undefined) return [];
    return [
      {
        name,
        ...optional('newName', located(child(item, 'newName'))),
        ...optional('newTag', located(child(item, 'newTag'))),
        ...optional('digest', located(child(item, 'digest'))),
      },
    ];
  });
}

/** Entries of the two generators. */
export function generatorsOf(root: YamlNode): GeneratorFact[] {
  const kinds = [
    ['configMapGenerator', 'ConfigMap'],
    ['secretGenerator', 'Secret'],
  ] as const;
  return kinds.flatMap(([key, kind]) =>
    itemsOf(child(root, key)).map((item) => ({
      kind,
      at: item.at,
      literals: textsOf(item, 'literals').flatMap(literalOf),
      files: textsOf(item, 'files').map(fileOf),
      envs: textsOf(item, 'envs', 'env'),
      ...optional('name', located(child(item, 'name'))),
      ...optional('namespace', located(child(item, 'namespace'))),
    })),
  );
}

/** `key=value`; a pair of quotes around the value is taken away. */
function literalOf({ text, at }: Located): GeneratorFact['literals'] {
  const sign = text.indexOf('=');
  if (sign < 1) return [];
  const value = text.slice(sign + 1).replace(/^(["'])(.*)\1$/s, '$2');
  return [{ key: text.slice(0, sign), value: { text: value, at } }];
}

function fileOf(written: Located): GeneratorFact['files'][number] {
  const sign = written.text.indexOf('=');
  const path = sign < 0 ? written.text : written.text.slice(sign + 1);
  const key = sign < 0 ? (path.split('/').at(-1) ?? path) : written.text.slice(0, sign);
  return { key, file: { text: path, at: written.at } };
}

/** Entries of `patches`, `patchesStrategicMerge` and `patchesJson6902`. */
export function patchesOf(root: YamlNode): PatchFact[] {
  const listed = ['patches', 'patchesJson6902'].flatMap((key) => itemsOf(child(root, key)));
  return [
    ...listed.map((item) => ({
      at: item.at,
      ...optional('text', located(child(item, 'patch'))),
      ...optional('file', located(child(item, 'path'))),
      ...optional('target', targetOf(child(item, 'target'))),
    })),
    // Each is a file, or the patch itself.
    ...textsOf(root, 'patchesStrategicMerge').map((one) => ({
      at: one.at,
      ...(one.text.includes('\n') ? { text: one } : { file: one }),
    })),
  ];
}

/** Entries of `replacements`. */
export function replacementsOf(root: YamlNode): ReplacementFact[] {
  return itemsOf(child(root, 'replacements')).map((item) => ({
    at: item.at,
    ...optional('file', located(child(item, 'path'))),
    targets: itemsOf(child(item, 'targets')).map((target) => ({
      select: targetOf(child(target, 'select')) ?? {},
      fields: textsOf(target, 'fieldPaths'),
    })),
  }));
}

function targetOf(node: YamlNode | undefined): TargetFact | undefined {
  if (node?.kind !== 'map') return undefined;
  const selectors = ['labelSelector', 'annotationSelector'].flatMap((key) => textOf(child(node, key)) ?? []);
  return {
    ...optional('group', textOf(child(node, 'group'))),
    ...optional('version', textOf(child(node, 'version'))),
    ...optional('kind', textOf(child(node, 'kind'))),
    ...optional('name', textOf(child(node, 'name'))),
    ...optional('namespace', textOf(child(node, 'namespace'))),
    ...optional('selector', selectors.length === 0 ? undefined : selectors.join(',')),
  };
}
