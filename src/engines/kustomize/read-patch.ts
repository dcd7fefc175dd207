import { child, entriesOf, itemsOf, parseYaml, textOf, type YamlNode } from '../../lib/yaml/index.ts';

/** What of a workload a patch may change: the image that it runs, or the user that runs it. */
export type PatchedField = 'image' | 'user';

/** One operation or part of a patch. */
export interface PatchPart {
  readonly fields: ReadonlySet<PatchedField>;
  /** Of a part of an object: the object that it names. */
  readonly kind?: string;
  readonly name?: string;
}

const BOTH: readonly PatchedField[] = ['image', 'user'];
const DEEPEST = 100;

/** Reads a patch of either form; undefined where it is neither, so that it may change anything. */
export function readPatch(path: string, text: string): PatchPart[] | undefined {
  const parts: PatchPart[] = [];
  for (const document of parseYaml(path, text)) {
    if (!document.ok) return undefined;
    const { root } = document;
    if (root === undefined) continue;
    if (root.kind === 'list') parts.push({ fields: new Set(root.items.flatMap(fieldsOfOperation)) });
    else if (root.kind === 'map') parts.push(partOf(root));
    else return undefined;
  }
  return parts;
}

function partOf(root: YamlNode): PatchPart {
  const kind = textOf(child(root, 'kind'));
  const name = textOf(child(child(root, 'metadata'), 'name'));
  return {
    fields: new Set(fieldsWithin(root)),
    ...(kind === undefined ? {} : { kind }),
    ...(name === undefined ? {} : { name }),
  };
}

/** https://www.rfc-editor.org/rfc/rfc6902 */
function fieldsOfOperation(operation: YamlNode): readonly PatchedField[] {
  const op = textOf(child(operation, 'op'));
  if (op === 'test') return [];
  const places = ['path', 'from'].flatMap((key) => textOf(child(operation, key)) ?? []);
  const value = child(operation, 'value');
  return [...places.flatMap(fieldsAt), ...(value === undefined ? [] : fieldsWithin(value))];
}

/** What stands at a place of a workload, or below it. */
export function fieldsAt(pointer: string): readonly PatchedField[] {
  const steps = pointer.replace(/^\//, '').split('/');
  const last = steps.at(-1) ?? '';
  if (last === 'image') return ['image'];
  if (/^(?:runAsUser|runAsNonRoot|securityContext)$/.test(last)) return ['user'];
  const isAbovePod = /^(?:spec\/)?(?:jobTemplate(?:\/spec\/?)?)?(?:template(?:\/spec)?)?$/.test(`${steps.join('/')}`);
  const isAround =
    last === 'spec' || isAbovePod || /(?:^|\/)(?:init|ephemeral)?containers(?:\/[^/]+)?$/i.test(steps.join('/'));
  return isAround ? BOTH : [];
}

/** What a part of an object says; one that is taken away, or replaces what stands there, says everything. */
function fieldsWithin(root: YamlNode): PatchedField[] {
  const found: PatchedField[] = [];
  const visit = (node: YamlNode, depth: number): void => {
    if (depth > DEEPEST) found.push(...BOTH);
    else if (node.kind === 'list') for (const item of itemsOf(node)) visit(item, depth + 1);
    else
      for (const { key, value } of entriesOf(node)) {
        if (key === '$patch' || key.startsWith('$deleteFromPrimitiveList')) found.push(...BOTH);
        else if (key === 'image') found.push('image');
        else if (key === 'runAsUser' || key === 'runAsNonRoot') found.push('user');
        else if (value.kind === 'scalar' && value.value === null) found.push(...fieldsAt(key));
        visit(value, depth + 1);
      }
  };
  visit(root, 0);
  return found;
}
