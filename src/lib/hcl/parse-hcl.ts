import type { SourceLocation } from '../../model/index.ts';
import { TextPositions } from '../text-position.ts';
import type { HclExpression, HclFile } from './ast.ts';
import { Cursor, HclSyntaxError } from './cursor.ts';
import { isHigherThan } from './height.ts';
import { parseFileBody } from './parse-body.ts';
import { parseExpression } from './parse-expression.ts';
import { parseBareTemplate } from './parse-template.ts';
import { Problems } from './problems.ts';

/**
 * Parses HCL native syntax as Terraform reads it: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md. What does
 * not parse is in `errors`, as a `broken` value where it is one, and the rest is still there. Never throws on any text.
 */
export function readHcl(path: string, text: string): HclFile {
  const cursor = new Cursor(text, new TextPositions(path, text));
  const problems = new Problems(cursor);
  const body = parseFileBody(cursor, problems);
  return { path, body, errors: problems.list };
}

/** A template that is a text of its own, as `templatefile` reads one; `broken` and an error where it does not parse. */
export interface HclTemplate {
  readonly path: string;
  readonly template: HclExpression;
  readonly errors: HclFile['errors'];
}

/** Parses a whole text as a template (hclsyntax specification, "Templates"). */
export function readTemplate(path: string, text: string): HclTemplate {
  const cursor = new Cursor(text, new TextPositions(path, text));
  const { value, error } = readWhole(cursor, parseBareTemplate);
  return { path, template: value, errors: error === undefined ? [] : [error] };
}

/** Reads all of a cursor's text by one parser; the value is `broken` where that fails. */
export function readWhole(
  cursor: Cursor,
  parse: (cursor: Cursor, expression: typeof parseExpression) => HclExpression,
): { readonly value: HclExpression; readonly error?: { readonly at: SourceLocation; readonly message: string } } {
  const start = cursor.pos;
  try {
    const value = parse(cursor, parseExpression);
    if (cursor.peek() !== -1) cursor.fail('expected the end of the text');
    if (isHigherThan(value, HIGHEST)) throw new HclSyntaxError('nested too deeply', start, cursor.end);
    return { value };
  } catch (error) {
    if (!(error instanceof HclSyntaxError)) throw error;
    const text = cursor.text.slice(start, cursor.end);
    return {
      value: { kind: 'broken', text, at: cursor.range(start, cursor.end) },
      error: { message: error.message, at: cursor.range(error.start, error.end) },
    };
  }
}

/** Trees are no higher than this, so that who walks them may recurse. */
const HIGHEST = 500;
