import type { TemplatePart } from '../../lib/hcl/ast.ts';
import type { SourceLocation } from '../../model/index.ts';
import { firstUnknown } from './compare.ts';
import { escapePattern } from './constraints.ts';
import { toBoolean, toText } from './conversions.ts';
import { bind, type Environment } from './environment.ts';
import type { Evaluate } from './expression.ts';
import { iterate, whyNotIterated } from './for-expression.ts';
import { sensitiveAs, text, unknown } from './make.ts';
import { step } from './origins.ts';
import { linesOf } from './text-lines.ts';
import type { Constraint, Origin, TfValue } from './value.ts';
import { TerraformError } from './value.ts';

/** The value of a template, https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#templates; one interpolation alone keeps its type. */
export function evaluateTemplate(
  parts: readonly TemplatePart[],
  at: SourceLocation,
  environment: Environment,
  evaluate: Evaluate,
): TfValue {
  const only = parts[0];
  if (parts.length === 1 && only?.kind === 'interpolation') return evaluate(only.expression, environment);
  const pieces: TfValue[] = [];
  render(parts, environment, evaluate, pieces);
  const written = pieces.filter((piece) => piece.origin.what !== 'literal').map((piece) => piece.origin);
  const origin = written.length === 0 ? step('literal', at) : step('template', at, ...written);
  const lines = linesOf(pieces, at);
  return concatenate(pieces, lines === undefined ? origin : { ...origin, lines }, environment);
}

/** Texts in a row; an unknown part makes the whole unknown, with what is known of its form. */
export function concatenate(pieces: readonly TfValue[], origin: Origin, environment?: Environment): TfValue {
  const length = pieces.reduce((sum, piece) => sum + (piece.kind === 'string' ? piece.value.length : 1), 0);
  if (environment !== undefined) environment.scope.budget.spend(length);
  const missing = firstUnknown({ kind: 'list', isSet: false, items: pieces, origin });
  const result =
    missing === undefined
      ? text(pieces.map((piece) => (piece.kind === 'string' ? piece.value : '')).join(''), origin)
      : unknown(missing.why, origin, form(pieces));
  return sensitiveAs(result, ...pieces);
}

const LONGEST_PATTERN = 4000;

function form(pieces: readonly TfValue[]): Constraint {
  let prefix = '';
  let pattern = '';
  let fixed = true;
  for (const piece of pieces) {
    if (piece.kind === 'string') {
      if (fixed) prefix += piece.value;
      pattern += escapePattern(piece.value);
    } else {
      const constraint = piece.kind === 'unknown' ? piece.constraint : undefined;
      if (fixed) prefix += constraint?.prefix ?? '';
      fixed = false;
      pattern +=
        constraint?.pattern === undefined
          ? `${escapePattern(constraint?.prefix ?? '')}[\\s\\S]*`
          : `(?:${constraint.pattern})`;
    }
  }
  return {
    type: 'string',
    notNull: true,
    ...(prefix === '' ? {} : { prefix }),
    ...(pattern === '[\\s\\S]*' || pattern.length > LONGEST_PATTERN ? {} : { pattern }),
  };
}

function render(parts: readonly TemplatePart[], environment: Environment, evaluate: Evaluate, pieces: TfValue[]): void {
  for (const part of parts) {
    if (part.kind === 'text') pieces.push(text(part.text, step('literal', part.at)));
    else if (part.kind === 'interpolation')
      pieces.push(interpolated(evaluate(part.expression, environment), part.expression.at));
    else if (part.kind === 'if') renderIf(part, environment, evaluate, pieces);
    else renderFor(part, environment, evaluate, pieces);
    environment.scope.budget.spend(1);
  }
}

function interpolated(value: TfValue, at: SourceLocation): TfValue {
  if (value.kind === 'null') throw new TerraformError('a null value cannot stand in a template', at);
  return toText(value, at);
}

function renderIf(
  part: TemplatePart & { readonly kind: 'if' },
  environment: Environment,
  evaluate: Evaluate,
  pieces: TfValue[],
): void {
  const { at } = part.condition;
  const condition = toBoolean(evaluate(part.condition, environment), at);
  if (condition.kind === 'unknown')
    pieces.push(unknown(condition.why, step('condition', at, condition.origin), { type: 'string' }));
  else if (condition.kind === 'null') throw new TerraformError('a condition must not be null', at);
  else render(condition.value ? part.then : part.else, environment, evaluate, pieces);
}

function renderFor(
  part: TemplatePart & { readonly kind: 'for' },
  environment: Environment,
  evaluate: Evaluate,
  pieces: TfValue[],
): void {
  const collection = evaluate(part.collection, environment);
  const elements = iterate(collection, part.collection.at);
  if (elements === undefined) {
    const why = whyNotIterated(collection);
    pieces.push(unknown(why, step('for', part.collection.at, collection.origin), { type: 'string' }));
    return;
  }
  for (const { key, value } of elements) {
    const outer = part.keyName === undefined ? environment : bind(environment, part.keyName, key);
    render(part.body, bind(outer, part.valueName, value), evaluate, pieces);
  }
}
