import type { HclExpression, TemplatePart } from './ast.ts';

/** The expressions directly inside an expression, in the order of the text. */
export function childrenOf(expression: HclExpression): readonly HclExpression[] {
  switch (expression.kind) {
    case 'literal':
    case 'variable':
    case 'broken':
      return [];
    case 'template':
      return inParts(expression.parts);
    case 'tuple':
      return expression.items;
    case 'object':
      return expression.entries.flatMap(({ key, value }) => [key, value]);
    case 'attribute':
    case 'unary':
      return [expression.of];
    case 'index':
      return [expression.of, expression.key];
    case 'splat':
      return [expression.of, expression.each];
    case 'call':
      return expression.args;
    case 'binary':
      return [expression.left, expression.right];
    case 'conditional':
      return [expression.condition, expression.then, expression.else];
    case 'for': {
      const { collection, key, value, condition } = expression;
      return [collection, key, value, condition].filter((child) => child !== undefined);
    }
  }
}

/** Whether an expression nests deeper than a bound, counting template directives too. Needs no stack of its own depth. */
export function isHigherThan(root: HclExpression, bound: number): boolean {
  const open: { readonly node: HclExpression; readonly depth: number }[] = [{ node: root, depth: 1 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, depth } = next;
    if (depth > bound) return true;
    const more = node.kind === 'template' ? directiveDepth(node.parts) : 0;
    if (depth + more > bound) return true;
    for (const child of childrenOf(node)) open.push({ node: child, depth: depth + more + 1 });
  }
  return false;
}

function inParts(parts: readonly TemplatePart[]): HclExpression[] {
  const found: HclExpression[] = [];
  const open: TemplatePart[] = parts.toReversed();
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    if (part.kind === 'interpolation') found.push(part.expression);
    else if (part.kind === 'if') {
      found.push(part.condition);
      for (const inner of [...part.then, ...part.else].toReversed()) open.push(inner);
    } else if (part.kind === 'for') {
      found.push(part.collection);
      for (const inner of part.body.toReversed()) open.push(inner);
    }
  }
  return found;
}

function directiveDepth(parts: readonly TemplatePart[]): number {
  let deepest = 0;
  const open = parts.map((part) => ({ part, depth: 0 }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { part, depth } = next;
    deepest = Math.max(deepest, depth);
    const inner = part.kind === 'if' ? [...part.then, ...part.else] : part.kind === 'for' ? part.body : [];
    for (const below of inner) open.push({ part: below, depth: depth + 1 });
  }
  return deepest;
}
