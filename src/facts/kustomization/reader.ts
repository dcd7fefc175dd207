import { child, entriesOf, itemsOf, parseYaml, textOf, type YamlNode } from '../../lib/yaml/index.ts';
import type { FactReader } from '../../model/index.ts';
import { located, locatedMap, optional } from '../workflow/read-steps.ts';
import type { Located } from '../workflow/types.ts';
import { foldKeys } from './fold-keys.ts';
import { generatorsOf, imagesOf, patchesOf, replacementsOf, textsOf } from './read-parts.ts';
import type { KustomizationFact } from './types.ts';

/** Reads kustomizations by their file name; a Flux object that is kept under such a name is none. */
export const kustomizationReader: FactReader<'kustomization', KustomizationFact> = {
  kind: 'kustomization',
  belongsTo: 'product',
  selects: (path) => /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/.test(path),
  read({ path, text }) {
    const documents = parseYaml(path, text);
    const failed = documents.find((document) => !document.ok);
    if (failed?.ok === false) {
      const message = `not readable as YAML: ${failed.message}`;
      return { facts: [], unread: [{ path, reason: 'unparsed-file', message, at: failed.at }] };
    }
    const roots = documents.flatMap((document) => (document.ok && document.root !== undefined ? [document.root] : []));
    const folded = roots.map((root) => foldKeys(root));
    const twice = roots.find((_, at) => folded[at] === undefined);
    if (twice !== undefined) {
      const message = 'names a field twice, in letters of different case';
      return { facts: [], unread: [{ path, reason: 'unparsed-file', message, at: twice.at }] };
    }
    return { facts: folded.flatMap((root) => readRoot(path, root)), unread: [] };
  },
};

const PLUGINS = ['generators', 'transformers', 'validators', 'helmCharts', 'helmChartInflationGenerator'];

function readRoot(path: string, root: YamlNode | undefined): KustomizationFact[] {
  const apiVersion = textOf(child(root, 'apiVersion')) ?? '';
  if (root?.kind !== 'map' || !(apiVersion === '' || apiVersion.startsWith('kustomize.config.k8s.io/'))) return [];
  return [
    {
      path,
      at: root.at,
      folder: path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '',
      isComponent: textOf(child(root, 'kind')) === 'Component',
      resources: textsOf(root, 'resources', 'bases', 'components'),
      ...optional('namespace', located(child(root, 'namespace'))),
      ...optional('namePrefix', located(child(root, 'namePrefix'))),
      ...optional('nameSuffix', located(child(root, 'nameSuffix'))),
      labels: labelsOf(root),
      images: imagesOf(root),
      replicas: itemsOf(child(root, 'replicas')).flatMap((item) => {
        const name = located(child(item, 'name'));
        return name === undefined ? [] : [{ name, ...optional('count', located(child(item, 'count'))) }];
      }),
      generators: generatorsOf(root),
      patches: patchesOf(root),
      replacements: replacementsOf(root),
      files: [
        ...textsOf(root, 'configurations', 'crds'),
        ...itemsOf(child(root, 'openapi')).flatMap((item) => located(child(item, 'path')) ?? []),
      ],
      plugins: PLUGINS.flatMap((key) => itemsOf(child(root, key)).map((item) => pluginOf(key, item))),
    },
  ];
}

function labelsOf(root: YamlNode): ReadonlyMap<string, Located> {
  const groups = [child(root, 'commonLabels'), ...itemsOf(child(root, 'labels')).map((item) => child(item, 'pairs'))];
  return new Map(groups.flatMap((group) => [...locatedMap(group)]));
}

/** By what it names: a file, or of what is written out the name. */
function pluginOf(key: string, item: YamlNode): Located {
  const name = textOf(item) ?? textOf(child(item, 'name')) ?? entriesOf(item)[0]?.key ?? '';
  return { text: `${key}: ${name}`, at: item.at };
}
