/** Data sources of the kubectl provider that read manifests: https://registry.terraform.io/providers/gavinbunney/kubectl/latest/docs/data-sources/kubectl_path_documents. */

import { child, descend, parseYaml, textOf } from '../../lib/yaml/index.ts';
import { compileFileGlob } from './functions/file-glob.ts';
import { list, object, text, unknown } from './make.ts';
import type { Module } from './module.ts';
import { step } from './origins.ts';
import { joinPath } from './paths.ts';
import type { Origin, TfObject, TfString, TfValue } from './value.ts';

/** What the two data sources compute: the documents of their files or of their text. Undefined for any other type. */
export function kubectlDocuments(
  type: string,
  values: TfObject,
  module: Module,
): readonly (readonly [string, TfValue])[] | undefined {
  if (type !== 'kubectl_path_documents' && type !== 'kubectl_file_documents') return undefined;
  const texts = type === 'kubectl_file_documents' ? [values.entries.get('content')] : textsOfFiles(values, module);
  const documents: TfValue[] = [];
  for (const one of texts) {
    if (one?.kind === 'string') documents.push(...split(one));
    else if (one !== undefined && isSingle(one)) documents.push(one);
    else {
      const why = one?.kind === 'unknown' ? one.why : 'no text is given';
      return ['documents', 'manifests'].map((name) => [name, unknown(why, values.origin)] as const);
    }
  }
  return [
    ['documents', list(documents, values.origin)],
    ['manifests', manifestsOf(documents, values.origin)],
  ];
}

/** The files that the pattern names, in their order, each with its variables filled in. */
function textsOfFiles(values: TfObject, module: Module): TfValue[] {
  const { world, environment } = module;
  const pattern = values.entries.get('pattern');
  const open = (why: string): TfValue[] => [unknown(why, pattern?.origin ?? values.origin)];
  if (pattern?.kind !== 'string') return open(pattern?.kind === 'unknown' ? pattern.why : 'no pattern is given');
  const below = joinPath(world.rootFolder, pattern.value);
  if (below === undefined || /\*\*|[{}]/.test(below)) return open(`which files ${pattern.value} names is not known`);
  const matches = compileFileGlob(below, (steps) => environment.scope.tools.spend(steps));
  const paths = world.listFiles('').filter(matches).sort();
  if (paths.length === 0) return open(`no file in sight matches ${pattern.value}`);
  const variables = new Map<string, TfValue>();
  for (const name of ['vars', 'sensitive_vars']) {
    const given = values.entries.get(name);
    if (given?.kind === 'unknown') return [given];
    if (given?.kind === 'object') for (const [key, value] of given.entries) variables.set(key, value);
  }
  const isPlain = values.entries.get('disable_template');
  return paths.map((path) => {
    const content = new TextDecoder().decode(world.readFile(path));
    return isPlain?.kind === 'bool' && isPlain.value
      ? wholeFile(content, path)
      : environment.scope.tools.renderTemplate(content, path, variables);
  });
}

function wholeFile(content: string, path: string): TfValue {
  const lines = content.split('\n').map((_, index) => index + 1);
  const at = { path, startLine: 1, startColumn: 1, endLine: lines.length, endColumn: 1 };
  return text(content, { ...step('literal', at), lines });
}

/** A text that is not wholly known is one document where nothing known in it starts another. */
function isSingle(value: TfValue): boolean {
  return (
    value.kind === 'unknown' && value.constraint?.pattern !== undefined && !value.constraint.pattern.includes('---')
  );
}

/** The documents of a stream; empty ones are none. */
function split(value: TfString): TfString[] {
  const { origin } = value;
  const documents: TfString[] = [];
  let lines: string[] = [];
  let first = 0;
  const all = value.value.split('\n');
  const close = (next: number): void => {
    if (lines.some((line) => line.trim() !== '' && !line.trimStart().startsWith('#'))) {
      const own = origin.lines?.slice(first, first + lines.length);
      documents.push(text(lines.join('\n'), own === undefined ? origin : { ...origin, lines: own }));
    }
    lines = [];
    first = next;
  };
  all.forEach((line, index) => {
    if (/^---(?:\s|$)/.test(line)) close(index + 1);
    else lines.push(line);
  });
  close(all.length);
  return documents;
}

/** The documents by the path that the API gives them. */
function manifestsOf(documents: readonly TfValue[], origin: Origin): TfValue {
  const entries: (readonly [string, TfValue])[] = [];
  for (const document of documents) {
    const [parsed] = document.kind === 'string' ? parseYaml('', document.value) : [];
    const root = parsed?.ok === true ? parsed.root : undefined;
    const apiVersion = textOf(child(root, 'apiVersion'));
    const kind = textOf(child(root, 'kind'));
    const name = textOf(descend(root, 'metadata', 'name'));
    const namespace = textOf(descend(root, 'metadata', 'namespace'));
    if (apiVersion === undefined || kind === undefined || name === undefined)
      return unknown(document.kind === 'unknown' ? document.why : 'an object without kind or name', origin);
    const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const space = namespace === undefined ? '' : `/namespaces/${namespace}`;
    entries.push([`${group}${space}/${kind.toLowerCase()}s/${name}`, document]);
  }
  return object(entries, origin);
}
