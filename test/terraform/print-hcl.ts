import type { BinaryOperator, HclExpression, TemplatePart } from '../../src/lib/hcl/ast.ts';

/** Prints an expression as HCL, with parentheses only where they are needed; for tests. */
export function print(tree: HclExpression): string {
  switch (tree.kind) {
    case 'literal':
      return String(tree.value);
    case 'variable':
      return tree.name;
    case 'template':
      return tree.heredoc
        ? `(<<END_9\n${printParts(tree.parts, heredocText)}END_9\n)`
        : `"${printParts(tree.parts, quotedText)}"`;
    case 'tuple':
      return `[${tree.items.map(print).join(', ')}]`;
    case 'object':
      return `{\n${tree.entries.map(({ key, value }) => `${printKey(key)} = ${print(value)}\n`).join('')}}`;
    case 'attribute':
      return `${base(tree.of)}.${tree.name}`;
    case 'index':
      return `${base(tree.of)}[${print(tree.key)}]`;
    case 'splat':
      return `${base(tree.of)}${tree.full ? '[*]' : '.*'}${steps(tree.each, tree.full)}`;
    case 'call':
      return `${tree.name}(${tree.args.map(print).join(', ')}${tree.expandLast ? '...' : ''})`;
    case 'unary':
      return `${tree.operator}${wrapped(tree.of, ['binary', 'conditional'])}`;
    case 'binary': {
      const precedence = PRECEDENCE[tree.operator];
      return `${operand(tree.left, precedence)} ${tree.operator} ${operand(tree.right, precedence + 1)}`;
    }
    case 'conditional':
      return `${wrapped(tree.condition, ['conditional'])} ? ${print(tree.then)} : ${print(tree.else)}`;
    case 'for': {
      const [open, close] = tree.key === undefined ? ['[', ']'] : ['{', '}'];
      const key = tree.key === undefined ? '' : `${print(tree.key)} => `;
      const tail = `${tree.grouped ? '...' : ''}${tree.condition === undefined ? '' : ` if ${print(tree.condition)}`}`;
      return `${open}for ${names(tree)} in ${print(tree.collection)} : ${key}${print(tree.value)}${tail}${close}`;
    }
    case 'broken':
      return tree.text;
  }
}

function printKey(key: HclExpression): string {
  return key.kind === 'literal' && typeof key.value === 'string' ? key.value : `(${print(key)})`;
}

function names({ keyName, valueName }: { readonly keyName?: string; readonly valueName: string }): string {
  return keyName === undefined ? valueName : `${keyName}, ${valueName}`;
}

function wrapped(tree: HclExpression, kinds: readonly string[]): string {
  return kinds.includes(tree.kind) ? `(${print(tree)})` : print(tree);
}

function base(tree: HclExpression): string {
  return ['variable', 'call', 'attribute', 'index'].includes(tree.kind) ? print(tree) : `(${print(tree)})`;
}

function operand(tree: HclExpression, loosest: number): string {
  const isLooser = tree.kind === 'binary' && PRECEDENCE[tree.operator] < loosest;
  return isLooser || tree.kind === 'conditional' ? `(${print(tree)})` : print(tree);
}

function steps(tree: HclExpression, brackets: boolean): string {
  if (tree.kind === 'attribute') return `${steps(tree.of, brackets)}.${tree.name}`;
  if (tree.kind !== 'index') return '';
  return `${steps(tree.of, brackets)}${brackets ? `[${print(tree.key)}]` : `.${print(tree.key)}`}`;
}

function printParts(parts: readonly TemplatePart[], asText: (text: string) => string): string {
  return parts.map((part) => printPart(part, asText)).join('');
}

function printPart(part: TemplatePart, asText: (text: string) => string): string {
  if (part.kind === 'text') return asText(part.text);
  if (part.kind === 'interpolation') return `\${${print(part.expression)}}`;
  if (part.kind === 'for')
    return `%{ for ${names(part)} in ${print(part.collection)} }${printParts(part.body, asText)}%{ endfor }`;
  const otherwise = part.else.length > 0 ? `%{ else }${printParts(part.else, asText)}` : '';
  return `%{ if ${print(part.condition)} }${printParts(part.then, asText)}${otherwise}%{ endif }`;
}

function quotedText(plain: string): string {
  return plain
    .replace(/["\\]/g, '\\$&')
    .replace(/\n/g, '\\n')
    .replace(/\t/g, '\\t')
    .replace(/\$(?=\{)/g, '\\u0024')
    .replace(/%(?=\{)/g, '%%');
}

function heredocText(plain: string): string {
  return plain.replace(/[$%](?=\{)/g, '$&$&');
}

/** Written a second time here, on purpose: the parser is tested against it. */
const PRECEDENCE: Readonly<Record<BinaryOperator, number>> = {
  '||': 1,
  '&&': 2,
  '==': 3,
  '!=': 3,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
  '%': 6,
};
