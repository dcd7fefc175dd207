/** YAML in a Terraform string: read as it is, or with holes where parts of the text are not known. */

import { parseYaml, type YamlNode } from '../../../lib/yaml/index.ts';
import type { SourceLocation } from '../../../model/index.ts';
import { placeOfLines } from '../text-lines.ts';
import type { TfValue } from '../value.ts';
import { below, nodeBudget, nodeOf, placeOf, unknownNode } from './node.ts';
import { textWithHoles } from './holes.ts';

/** A document of a text: its root, or why there is none. */
export type TextDocument =
  | { readonly ok: true; readonly root: YamlNode }
  | { readonly ok: false; readonly why: string; readonly at: SourceLocation; readonly isUnknown: boolean };

const LONGEST = 1_000_000;

/** The documents of a string; `route` stands before the route of every node. */
export function documentsOf(value: TfValue, route: string): TextDocument[] {
  const at = placeOf(value, route);
  if (value.kind === 'null') return [];
  if (value.kind !== 'string' && value.kind !== 'unknown') {
    return [{ ok: false, why: `a ${value.kind} is no YAML text`, at, isUnknown: false }];
  }
  if (value.decoded !== undefined) return [{ ok: true, root: nodeOf(value.decoded, route, nodeBudget()) }];
  if (value.kind === 'unknown') return partlyKnown(value, route, at);
  if (value.value.length > LONGEST) return [{ ok: false, why: 'the text is too large', at, isUnknown: false }];
  return parseYaml('', value.value).flatMap((document): TextDocument[] => {
    if (!document.ok) return [{ ok: false, why: document.message, at, isUnknown: false }];
    return document.root === undefined ? [] : [{ ok: true, root: placed(document.root, value, route, undefined) }];
  });
}

function partlyKnown(value: TfValue & { readonly kind: 'unknown' }, route: string, at: SourceLocation): TextDocument[] {
  const unread: TextDocument = { ok: false, why: value.why, at, isUnknown: true };
  const text = textWithHoles(value.constraint?.pattern);
  if (text === undefined) return [unread];
  const documents = parseYaml('', text.text);
  // A hole may hold whole lines: where the rest is no YAML without them, or a line is nothing else, nothing is certain.
  if (documents.length === 0 || documents.some((document) => !document.ok)) return [unread];
  return documents.flatMap((document): TextDocument[] =>
    document.ok && document.root !== undefined
      ? [{ ok: true, root: placed(document.root, value, route, { mark: text.mark, why: value.why }) }]
      : [],
  );
}

interface Holes {
  readonly mark: string;
  readonly why: string;
}

/** The nodes at their place in the Terraform file; those with a hole are unknown. */
function placed(node: YamlNode, value: TfValue, route: string, holes: Holes | undefined): YamlNode {
  const at = placeInText(value, node.at, route);
  const isOpen = (text: unknown): boolean =>
    holes !== undefined && typeof text === 'string' && text.includes(holes.mark);
  if (node.kind === 'list') {
    return { kind: 'list', at, items: node.items.map((item) => placed(item, value, route, holes)) };
  }
  if (node.kind === 'map') {
    // A key that is not known may be any: so is what stands under every other.
    if (node.entries.some(({ key }) => isOpen(key))) return unknownNode(holes?.why ?? '', at);
    const entries = node.entries.map((entry) => {
      const inner = placed(entry.value, value, route, holes);
      return {
        key: entry.key,
        keyAt: { ...placeInText(value, entry.keyAt, route), route: inner.at.route ?? '' },
        value: inner,
      };
    });
    return { kind: 'map', at, entries };
  }
  return isOpen(node.value) ? unknownNode(holes?.why ?? '', at) : { kind: 'scalar', at, value: node.value };
}

/** The place in the lines of a heredoc or of a template file, whole lines; otherwise the whole expression, or the file itself. */
function placeInText(value: TfValue, inner: SourceLocation, route: string): SourceLocation {
  const { at, what } = value.origin;
  const whole = { ...at, route: joined(route, inner.route ?? '') };
  const isFile = value.kind === 'string' && what === 'literal' && at.startLine === 1 && at.startColumn === 1;
  if (isFile && value.value.split('\n').length - 1 === at.endLine - at.startLine) {
    const { startLine, startColumn, endLine, endColumn } = inner;
    return { ...whole, startLine, startColumn, endLine, endColumn };
  }
  const lines = placeOfLines(value.origin, inner.startLine, inner.endLine);
  return lines === undefined ? whole : { ...lines, route: whole.route };
}

function joined(route: string, inner: string): string {
  return inner === '' ? route : inner.startsWith('[') ? route + inner : below(route, inner);
}
