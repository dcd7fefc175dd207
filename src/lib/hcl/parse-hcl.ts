import type { Node } from 'web-tree-sitter';
import type { SourceLocation } from '../../model/index.ts';
import { TextPositions } from '../text-position.ts';
import { hclGrammar } from './grammar.ts';

/** A value that is written out, or the text of an expression that would have to be evaluated. */
export type HclValue =
  | { readonly known: true; readonly value: HclLiteral; readonly at: SourceLocation }
  | { readonly known: false; readonly text: string; readonly at: SourceLocation };

export type HclLiteral = string | number | boolean | null | readonly HclValue[];

export interface HclBlock {
  readonly type: string;
  readonly labels: readonly string[];
  readonly at: SourceLocation;
  readonly attributes: ReadonlyMap<string, HclValue>;
  readonly blocks: readonly HclBlock[];
}

export interface HclFile {
  readonly blocks: readonly HclBlock[];
  /** Ranges that did not parse; the blocks around them are still read. */
  readonly errors: readonly SourceLocation[];
}

/** Parses HCL native syntax (https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md). Only literals get a value. */
export async function parseHcl(
  path: string,
  text: string,
  asset: (name: string) => Promise<Uint8Array>,
): Promise<HclFile> {
  const parser = await hclGrammar(asset);
  const tree = parser.parse(text);
  if (tree === null) return { blocks: [], errors: [new TextPositions(path, text).range(0, text.length)] };
  try {
    const positions = new TextPositions(path, text);
    const errors: SourceLocation[] = [];
    collectErrors(tree.rootNode, positions, errors);
    const body = tree.rootNode.namedChildren.find((node) => node.type === 'body');
    return { blocks: body === undefined ? [] : readBody(body, positions).blocks, errors };
  } finally {
    tree.delete();
  }
}

const MOST_ERRORS = 20;

function collectErrors(node: Node, positions: TextPositions, errors: SourceLocation[]): void {
  if (!node.hasError || errors.length >= MOST_ERRORS) return;
  if (node.isError || node.isMissing) errors.push(positions.range(node.startIndex, node.endIndex));
  else for (const child of node.children) collectErrors(child, positions, errors);
}

function readBody(body: Node, positions: TextPositions): Pick<HclBlock, 'attributes' | 'blocks'> {
  const attributes = new Map<string, HclValue>();
  const blocks: HclBlock[] = [];
  for (const node of body.namedChildren) {
    if (node.type === 'attribute') {
      const name = node.namedChild(0)?.text;
      const expression = node.namedChild(1);
      if (name !== undefined && expression !== null) attributes.set(name, readValue(expression, positions));
    } else if (node.type === 'block') {
      blocks.push(readBlock(node, positions));
    }
  }
  return { attributes, blocks };
}

function readBlock(node: Node, positions: TextPositions): HclBlock {
  const head = node.namedChildren.filter((child) => child.type === 'identifier' || child.type === 'string_lit');
  const names = head.map((child) => (child.type === 'string_lit' ? (stringText(child) ?? '') : child.text));
  const body = node.namedChildren.find((child) => child.type === 'body');
  return {
    type: names[0] ?? '',
    labels: names.slice(1),
    at: positions.range(node.startIndex, node.endIndex),
    ...(body === undefined ? { attributes: new Map<string, HclValue>(), blocks: [] } : readBody(body, positions)),
  };
}

function readValue(expression: Node, positions: TextPositions): HclValue {
  const at = positions.range(expression.startIndex, expression.endIndex);
  const value = literal(expression, positions);
  return value === undefined ? { known: false, text: expression.text, at } : { known: true, value, at };
}

function literal(node: Node, positions: TextPositions): HclLiteral | undefined {
  const [only, second] = node.namedChildren;
  switch (node.type) {
    case 'expression':
    case 'literal_value':
    case 'collection_value':
    case 'template_expr':
      return only === undefined || second !== undefined ? undefined : literal(only, positions);
    case 'bool_lit':
      return node.text === 'true';
    case 'null_lit':
      return null;
    case 'numeric_lit':
      return Number(node.text);
    case 'string_lit':
    case 'quoted_template':
      return stringText(node);
    case 'tuple':
      return node.namedChildren.flatMap((child) => (child.type === 'expression' ? [readValue(child, positions)] : []));
    default:
      return undefined;
  }
}

/** The text of a quoted string without interpolation; undefined where one decides a part of it. */
function stringText(node: Node): string | undefined {
  const parts = node.namedChildren.filter(
    (child) => child.type !== 'quoted_template_start' && child.type !== 'quoted_template_end',
  );
  if (parts.some((part) => part.type !== 'template_literal')) return undefined;
  return parts
    .map((part) => part.text)
    .join('')
    .replace(/\$\$\{/g, '${')
    .replace(/\\(["\\nrt])/g, (_, char: string) => ({ n: '\n', r: '\r', t: '\t' })[char] ?? char);
}
