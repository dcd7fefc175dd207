import type { SourceLocation } from '../../model/index.ts';
import type { HclBlock, HclExpression, HclFile } from './ast.ts';

/** A value that is written out, or the text of an expression that would have to be evaluated. */
export type HclValue =
  | { readonly known: true; readonly value: HclLiteral; readonly at: SourceLocation }
  | { readonly known: false; readonly text: string; readonly at: SourceLocation };

/** Numbers are doubles here. */
export type HclLiteral = string | number | boolean | null | readonly HclValue[];

/** A block for readers that evaluate nothing. */
export interface LiteralBlock {
  readonly type: string;
  readonly labels: readonly string[];
  readonly at: SourceLocation;
  readonly attributes: ReadonlyMap<string, HclValue>;
  readonly blocks: readonly LiteralBlock[];
}

/** The blocks of a file with the values that stand in it literally; `text` is the text that it was parsed from. */
export function literalBlocks(file: HclFile, text: string): readonly LiteralBlock[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);

  function slice(at: SourceLocation): string {
    const start = (starts[at.startLine - 1] ?? 0) + at.startColumn - 1;
    return text.slice(start, (starts[at.endLine - 1] ?? 0) + at.endColumn - 1);
  }

  function valueOf(expression: HclExpression): HclValue {
    const { at } = expression;
    const value = literalOf(expression, valueOf);
    return value === undefined ? { known: false, text: slice(at), at } : { known: true, value, at };
  }

  function blockOf({ type, labels, at, body }: HclBlock): LiteralBlock {
    const attributes = new Map(body.attributes.map(({ name, value }) => [name, valueOf(value)]));
    return { type, labels, at, attributes, blocks: body.blocks.map(blockOf) };
  }

  return file.body.blocks.map(blockOf);
}

function literalOf(
  expression: HclExpression,
  valueOf: (expression: HclExpression) => HclValue,
): HclLiteral | undefined {
  if (expression.kind === 'literal') {
    return typeof expression.value === 'bigint' ? Number(expression.value) : expression.value;
  }
  if (expression.kind === 'tuple') return expression.items.map(valueOf);
  if (expression.kind !== 'template' || expression.heredoc) return undefined;
  const texts = expression.parts.map((part) => (part.kind === 'text' ? part.text : undefined));
  return texts.some((text) => text === undefined) ? undefined : texts.join('');
}
