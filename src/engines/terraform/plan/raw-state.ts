import { keySuffix } from '../expansion.ts';
import { folderOf } from '../paths.ts';
import type { ResourceInstance } from '../resources.ts';
import { isData, listAt, own, textAt } from './data.ts';
import type { Places } from './places.ts';
import { makeInstance } from './planned.ts';
import { namedProvider } from './providers.ts';

/** Resources of a state as Terraform stores it, version 4: `terraform.tfstate`. Objects that are only deposed are left out. */
export function rawStateResources(state: unknown, places: Places): ResourceInstance[] {
  return listAt(state, 'resources').flatMap((resource, at) => {
    const type = textAt(resource, 'type');
    const name = textAt(resource, 'name');
    if (type === undefined || name === undefined) return [];
    const mode = textAt(resource, 'mode') === 'data' ? 'data' : 'managed';
    const module = textAt(resource, 'module') ?? '';
    const prefix = `${module === '' ? '' : `${module}.`}${mode === 'data' ? 'data.' : ''}${type}.${name}`;
    const provider = providerOf(textAt(resource, 'provider') ?? '', places);
    return listAt(resource, 'instances').flatMap((instance, index) => {
      if (own(instance, 'deposed') !== undefined) return [];
      const given = own(instance, 'index_key');
      const key = typeof given === 'string' || typeof given === 'number' ? given : undefined;
      return [
        makeInstance(
          { address: `${prefix}${keySuffix(key)}`, mode, type, name, module, key, provider },
          attributesOf(type, own(instance, 'attributes')),
          { unknown: undefined, sensitive: sensitiveParts(listAt(instance, 'sensitive_attributes')) },
          `resources.${at}.instances.${index}`,
          places,
        ),
      ];
    });
  });
}

/** Attributes without a fixed type, which a state stores as `{"value": …, "type": …}`. */
const DYNAMIC: ReadonlyMap<string, readonly string[]> = new Map([
  ['terraform_data', ['input', 'output', 'triggers_replace']],
  ['kubernetes_manifest', ['manifest', 'object']],
]);

function attributesOf(type: string, attributes: unknown): unknown {
  const names = DYNAMIC.get(type);
  if (names === undefined || !isData(attributes)) return attributes;
  const unwrap = (name: string, value: unknown): unknown =>
    names.includes(name) && isData(value) && Object.keys(value).sort().join() === 'type,value' ? value['value'] : value;
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, unwrap(name, value)]));
}

/** `module.a.provider["registry.terraform.io/hashicorp/aws"].prod`. */
function providerOf(written: string, places: Places): ResourceInstance['provider'] {
  const [, module = '', fullName, alias] = /^(?:(.*)\.)?provider\["([^"]*)"\](?:\.([\w-]+))?$/.exec(written) ?? [];
  return namedProvider(fullName, alias, module, places.whole);
}

/** The marks of paths such as `[{"type": "get_attr", "value": "password"}]`; a path into an attribute marks all of it. */
function sensitiveParts(paths: readonly unknown[]): unknown {
  const marked: [string, true][] = [];
  for (const path of paths) {
    const first: unknown = Array.isArray(path) ? path[0] : path;
    const name = isData(first) ? own(first, 'value') : undefined;
    if (typeof name === 'string') marked.push([name, true]);
  }
  return Object.fromEntries(marked);
}

/** Addresses of the modules of a raw state. */
export function rawStateModules(
  resources: readonly ResourceInstance[],
  path: string,
): { address: string; folder: string }[] {
  const addresses = new Set(['', ...resources.map(({ module }) => module)]);
  return [...addresses].map((address) => ({ address, folder: folderOf(path) }));
}
