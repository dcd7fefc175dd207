import {
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  parseAllDocuments,
  parseDocument,
  visit,
  type Alias,
  type Document,
  type Node,
  type Pair,
} from 'yaml';
import type { SourceLocation } from '../../model/index.ts';
import { TextPositions } from '../text-position.ts';
import type { YamlEntry, YamlNode } from './node.ts';

/** One document of a YAML stream, or why it could not be read. */
export type YamlDocument =
  | { readonly ok: true; readonly root: YamlNode | undefined; readonly at: SourceLocation }
  | { readonly ok: false; readonly message: string; readonly at: SourceLocation };

const DEEPEST = 200;
const MOST_NODES = 500_000;

class Budget extends Error {}

/**
 * Parses a YAML stream (YAML 1.2; JSON is a subset) into nodes with places. A document with a syntax error is
 * reported and the others are still read; one that `skips` takes out is passed over unread. Aliases are followed within a bound on nodes and depth.
 */
export function parseYaml(
  path: string,
  text: string,
  options: { readonly skips?: (document: string) => boolean } = {},
): YamlDocument[] {
  const positions = new TextPositions(path, text);
  return splitDocuments(text).flatMap(({ start, end }) => {
    const document = text.slice(start, end);
    return options.skips?.(document) === true ? [] : [parseOne(document, start, positions)];
  });
}

function parseOne(text: string, offset: number, positions: TextPositions): YamlDocument {
  const whole = positions.range(offset, offset + text.trimEnd().length);
  if (tooDeep(text)) return { ok: false, message: `nested deeper than ${DEEPEST} levels`, at: whole };
  try {
    const document = /^%/m.test(text)
      ? parseAllDocuments(text)[0]
      : parseDocument(text, { uniqueKeys: false, strict: false, logLevel: 'silent' });
    const error = document?.errors[0];
    if (error !== undefined) {
      const message = error.message.split('\n')[0] ?? error.message;
      return {
        ok: false,
        message: message.replace(/ at line \d+, column \d+:?$/, ''),
        at: positions.range(offset + error.pos[0], offset + error.pos[1]),
      };
    }
    const contents = document?.contents;
    if (document === undefined || contents === null || contents === undefined)
      return { ok: true, root: undefined, at: whole };
    return { ok: true, root: convert(text, document, contents, offset, positions), at: whole };
  } catch (error) {
    const message =
      error instanceof Budget ? error.message : error instanceof RangeError ? 'nested too deeply' : String(error);
    return { ok: false, message, at: whole };
  }
}

function convert(text: string, document: Document, contents: Node, offset: number, positions: TextPositions): YamlNode {
  let nodes = 0;
  const targets = text.includes('*') ? aliasTargets(document) : new Map<Alias, Node>();

  function walk(node: Node | null | undefined, route: string, depth: number, fallback: SourceLocation): YamlNode {
    if (++nodes > MOST_NODES) throw new Budget(`more than ${MOST_NODES} nodes once its aliases are followed`);
    if (depth > DEEPEST) throw new Budget(`nested deeper than ${DEEPEST} levels, or an alias that contains itself`);
    if (node === null || node === undefined) return { kind: 'scalar', at: fallback, value: null };
    if (isAlias(node)) return walk(targets.get(node), route, depth + 1, place(node, route));
    const at = place(node, route);
    if (isMap(node)) {
      return { kind: 'map', at, entries: node.items.flatMap((pair) => entries(pair, route, depth, at)) };
    }
    if (isSeq(node)) {
      return {
        kind: 'list',
        at,
        items: node.items.map((item, index) => walk(asNode(item), `${route}[${index}]`, depth + 1, at)),
      };
    }
    // Folding joins lines, so that places in the text are none in the source.
    const isBlock = isScalar(node) && node.type === 'BLOCK_LITERAL';
    const value = isScalar(node) ? scalarValue(node.value) : null;
    return {
      kind: 'scalar',
      at,
      value,
      ...(isBlock ? { content: { line: at.startLine + 1, column: indentAfter(text, node.range?.[0] ?? 0) } } : {}),
    };
  }

  function entries(pair: Pair, route: string, depth: number, parent: SourceLocation): YamlEntry[] {
    const keyNode = pair.key as Node | null;
    const key = isScalar(keyNode) ? String(keyNode.value) : isCollection(keyNode) ? '[complex key]' : '';
    const keyAt = keyNode === null ? parent : place(keyNode, route);
    const value = pair.value as Node | null;
    if (key === '<<') {
      const merged = walk(value, route, depth + 1, keyAt);
      const maps = merged.kind === 'list' ? merged.items : [merged];
      const own = new Set<string>();
      return maps
        .flatMap((map) => (map.kind === 'map' ? map.entries : []))
        .filter((entry) => !own.has(entry.key) && own.add(entry.key));
    }
    const below = route === '' ? key : `${route}.${key}`;
    return [{ key, keyAt, value: walk(value, below, depth + 1, { ...keyAt, route: below }) }];
  }

  function place(node: Node, route: string): SourceLocation {
    const [start, end] = node.range ?? [0, 0, 0];
    return positions.range(offset + start, offset + end, route);
  }

  return walk(contents, '', 0, positions.range(offset, offset));
}

/** An alias means the anchor of its name that stands last before it; found in one pass, because `resolve` walks the document each time. */
function aliasTargets(document: Document): ReadonlyMap<Alias, Node> {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  visit(document, {
    Node(_key, node) {
      if (isAlias(node)) {
        const target = anchors.get(node.source);
        if (target !== undefined) targets.set(node, target);
      } else if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return targets;
}

/** Column, from 1, at which the content of the block scalar that is announced at an offset starts. */
function indentAfter(text: string, announced: number): number {
  const [, spaces = ''] = /\n(?:[ \t]*\n)*( *)\S/.exec(text.slice(announced, announced + 2000)) ?? [];
  return spaces.length + 1;
}

function asNode(item: unknown): Node | null {
  return isPair(item) ? null : (item as Node | null);
}

function scalarValue(value: unknown): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return typeof value === 'bigint' ? value.toString() : JSON.stringify(value);
}

/** Splits at `---` lines: at column 0 they end a document even inside a block scalar (YAML 1.2.2, 9.1.2). */
function splitDocuments(text: string): { start: number; end: number }[] {
  const parts: { start: number; end: number }[] = [];
  let start = 0;
  const marker = /^---(?=[ \t\r\n]|$)[^\n]*$/gm;
  for (let match = marker.exec(text); match !== null; match = marker.exec(text)) {
    const before = text.slice(start, match.index);
    if (!/^%/m.test(before) && hasContent(before)) parts.push({ start, end: match.index });
    const rest = match[0].slice(3).trim();
    // `--- value` starts its document on the marker's own line, which the parser reads itself.
    start =
      rest === '' || rest.startsWith('#') ? Math.min(match.index + match[0].length + 1, text.length) : match.index;
  }
  if (hasContent(text.slice(start))) parts.push({ start, end: text.length });
  return parts;
}

function hasContent(text: string): boolean {
  return /^(?!\s*(?:#|$|\.\.\.\s*$))/m.test(text);
}

/** A cheap bound before the recursive parser sees the text: brackets that nest, or `- - - -` and indentation that do. */
function tooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === 0x5b || char === 0x7b) {
      if (++depth > 1000) return true;
    } else if ((char === 0x5d || char === 0x7d) && depth > 0) depth--;
  }
  return /(?:^|\n)[ \t]*(?:[-?:][ \t]+){300}/.test(text) || /(?:^|\n) {4000}/.test(text);
}
