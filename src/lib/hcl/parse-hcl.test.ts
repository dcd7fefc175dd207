import { describe, expect, it } from 'vitest';
import type { SourceLocation } from '../../model/index.ts';
import type { HclExpression, TemplatePart } from './ast.ts';
import { childrenOf } from './height.ts';
import { readHcl, readTemplate } from './parse-hcl.ts';

function parse(expression: string): HclExpression {
  const { body, errors } = readHcl('a.tf', `a = ${expression}\n`);
  expect(errors).toEqual([]);
  const value = body.attributes[0]?.value;
  if (value === undefined) throw new Error('no attribute');
  return value;
}

/** A tree as one line: `(+ 1 (* 2 3))`. */
function show(node: HclExpression): string {
  const inner = childrenOf(node).map(show).join(' ');
  switch (node.kind) {
    case 'literal':
      return typeof node.value === 'string'
        ? `'${node.value}'`
        : `${String(node.value)}${typeof node.value === 'bigint' ? 'n' : ''}`;
    case 'variable':
      return node.name;
    case 'template':
      return `"${node.parts.map(showPart).join('|')}"`;
    case 'attribute':
      return `(.${node.name} ${inner})`;
    case 'splat':
      return `(${node.full ? '[*]' : '.*'} ${inner})`;
    case 'call':
      return `(${node.name}${node.expandLast ? '...' : ''} ${inner})`;
    case 'unary':
    case 'binary':
      return `(${node.operator} ${inner})`;
    case 'for':
      return `(for ${node.keyName ?? '_'},${node.valueName}${node.key === undefined ? '' : ' {}'}${node.condition === undefined ? '' : ' if'}${node.grouped ? ' ...' : ''} ${inner})`;
    default:
      return `(${node.kind} ${inner})`;
  }
}

function showPart(part: TemplatePart): string {
  if (part.kind === 'text') return part.text;
  if (part.kind === 'interpolation') return `\${${show(part.expression)}}`;
  if (part.kind === 'if')
    return `if ${show(part.condition)}<${part.then.map(showPart).join('|')}><${part.else.map(showPart).join('|')}>`;
  return `for ${part.keyName ?? '_'},${part.valueName} ${show(part.collection)}<${part.body.map(showPart).join('|')}>`;
}

describe('expressions', () => {
  it.each([
    ['1', '1n'],
    ['12345678901234567890123', '12345678901234567890123n'],
    ['1e3', '1000n'],
    ['2.50', '2.5'],
    ['1.50e1', '15n'],
    ['100e-2', '1n'],
    ['null', 'null'],
    ['1 + 2 * 3 - 4', '(- (+ 1n (* 2n 3n)) 4n)'],
    ['a || b && c == d < e + f * -g', '(|| a (&& b (== c (< d (+ e (* f (- g)))))))'],
    ['!a.b == c', '(== (! (.b a)) c)'],
    ['(1 + 2) * 3', '(* (+ 1n 2n) 3n)'],
    ['a ? b : c ? d : e', '(conditional a b (conditional c d e))'],
    ['(\n a\n + b\n)', '(+ a b)'],
    ['[1, a, ]', '(tuple 1n a)'],
    ['[]', '(tuple )'],
    ['{ a = 1, "b" : 2\n (c) = 3\n c.d = 4, true = 5 }', `(object 'a' 1n "b" 2n c 3n (.d c) 4n 'true' 5n)`],
    ['{ a = b\n (c) = 1 }', `(object 'a' b c 1n)`],
    ['a.0.b', '(.b (index a 0n))'],
    ['a["k"][0]', '(index (index a "k") 0n)'],
    ['a.*.b.0.c[1]', '(index (.* a (.c (index (.b *) 0n))) 1n)'],
    ['a[*].b[1].c', '([*] a (.c (index (.b *) 1n)))'],
    ['a[*].b[*].c', '([*] a ([*] (.b *) (.c *)))'],
    ['f(a, b...)', '(f... a b)'],
    ['f(\n a, # one\n b,\n)', '(f a b)'],
    ['provider::x::y(1)', '(provider::x::y 1n)'],
    ['[for x in y : x.z if x.w]', '(for _,x if y (.z x) (.w x))'],
    ['{for k, v in y : k => v... if v}', '(for k,v {} if ... y k v v)'],
    ['{\n for k, v in y :\n k => v }', '(for k,v {} y k v)'],
    ['"a${b}c"', '"a|${b}|c"'],
    ['"${a}"', '"${a}"'],
    ['""', '""'],
    ['"a ${~ b ~} c"', '"a|${b}|c"'],
    ['"$${a} %%{b} $$$ 100%"', '"${a} %{b} $$$ 100%"'],
    ['"\\n\\t\\"\\\\\\u00e9\\U0001F600"', '"\n\t"\\é😀"'],
    ['"a${"b${c}"}"', '"a|${"b|${c}"}"'],
    ['"%{ if a }x%{ else }y%{ endif }"', '"if a<x><y>"'],
    ['"%{ for k, v in a ~} ${v}%{ endfor }"', '"for k,v a<|${v}>"'],
    ['<<E\n  a\n ${b}\nE', '"  a\n |${b}|\n"'],
    ['<<-E\n    a\n      ${b} c\n\n    E', '"a\n  |${b}| c\n\n"'],
    ['<<-E\n  ${a}\n    b\n  E', '"|${a}|\n  b\n"'],
    ['<<E\nE x\nE${y}\nE', '"E x\nE|${y}|\n"'],
    ['<<E\r\na\r\nE', '"a\r\n"'],
    ['a /* b */ + c # d', '(+ a c)'],
  ])('%s', (text, expected) => {
    expect(show(parse(text))).toBe(expected);
  });

  it.each([
    'a b',
    '1 +',
    '[1 2]',
    '{ a }',
    '{ a = 1 b = 2 }',
    'f(a b)',
    '"a',
    '"\\q"',
    '"${a"',
    '"%{ if a }"',
    '"%{ endif }"',
    'a.0.1',
    '1.2.3',
    '[for x in y : x => x]',
    '{for x in y : x}',
    '\n1',
    'a::b',
    '<<E \nx\nE',
    '"\n"',
    'a ?\n b : c',
  ])('refuses %s', (text) => {
    const { body, errors } = readHcl('a.tf', `a = ${text}\nb = 1\n`);
    expect(errors.length).toBeGreaterThan(0);
    expect(body.attributes[0]?.value.kind ?? 'broken').toBe('broken');
  });
});

describe('bodies', () => {
  it('has attributes, blocks, labels and their places, in UTF-16 columns', () => {
    const text = '\ufeff/* 😀 */ resource "a" b { # é\r\n  é = "😀${ü}x"\r\n  c {}\r\n  d { e = 1 }\r\n}\r\n';
    const { body, errors } = readHcl('a.tf', text);
    expect(errors).toEqual([]);
    const [block] = body.blocks;
    expect(block).toMatchObject({ type: 'resource', labels: ['a', 'b'] });
    expect(sliced(text, block?.headAt)).toBe('resource "a" b');
    expect(sliced(text, block?.at)).toBe(text.slice(text.indexOf('resource'), -2));
    expect(block?.body.blocks.map(({ type, at }) => [type, sliced(text, at)])).toEqual([
      ['c', 'c {}'],
      ['d', 'd { e = 1 }'],
    ]);
    const attribute = block?.body.attributes[0];
    expect(sliced(text, attribute?.nameAt)).toBe('é');
    const value = attribute?.value;
    expect(
      value?.kind === 'template' &&
        value.parts.map((part) => sliced(text, part.kind === 'text' ? part.at : childrenOf(value)[0]?.at)),
    ).toEqual(['😀', 'ü', 'x']);
  });

  it('gives every node the place where it stands', () => {
    const text = 'x = {\n  a = "é" == "😀" ? [f(1, v.w), -2] : (a[0].b.*.c)\n}\n';
    const object = readHcl('a.tf', text).body.attributes[0]?.value;
    const all: string[] = [];
    const open = object === undefined ? [] : [object];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      all.push(sliced(text, node.at));
      open.push(...childrenOf(node).toReversed());
    }
    expect(all.slice(1)).toEqual([
      'a',
      '"é" == "😀" ? [f(1, v.w), -2] : (a[0].b.*.c)',
      '"é" == "😀"',
      '"é"',
      '"😀"',
      '[f(1, v.w), -2]',
      'f(1, v.w)',
      '1',
      'v.w',
      'v',
      '-2',
      '2',
      'a[0].b.*.c',
      'a[0].b',
      'a[0]',
      'a',
      '0',
      '.*.c',
      '.*',
    ]);
  });

  it('keeps what stands around an error, and names it', () => {
    const text = 'a "x" {\n  b = [1,\n  c = 2\n}\nd "y" {\n  e = 1 1\n  f = 2\n  g { h = "\n  }\n}\ni = 3\n';
    const { body, errors } = readHcl('a.tf', text);
    expect(errors.map(({ at }) => at.startLine)).toEqual([3, 6, 8]);
    expect(body.blocks.map((block) => block.body.attributes.map(({ name, value }) => `${name} ${value.kind}`))).toEqual(
      [['b broken'], ['e broken', 'f literal']],
    );
    expect(body.attributes.map(({ name }) => name)).toEqual(['i']);
  });

  it('takes a block that is not closed to end where the next one starts', () => {
    const { body, errors } = readHcl('a.tf', 'a "x" {\n  b = 1\n\nc "y" {\n  d = 2\n}\ne {\n f = <<E\n');
    expect(body.blocks.map(({ type, body: inner }) => [type, inner.attributes.map(({ name }) => name)])).toEqual([
      ['a', ['b']],
      ['c', ['d']],
      ['e', ['f']],
    ]);
    expect(errors.map(({ at }) => [at.startLine, at.endLine])).toEqual([
      [1, 4],
      [8, 9],
      [8, 9],
    ]);
  });

  it('says that an attribute is set twice', () => {
    const { body, errors } = readHcl('a.tf', 'a = 1\na = 2\n');
    expect(errors).toMatchObject([{ message: 'a is set a second time', at: { startLine: 2 } }]);
    expect(body.attributes).toHaveLength(1);
  });
});

describe('readTemplate', () => {
  it('reads a whole text', () => {
    const { template, errors } = readTemplate(
      'a.tpl',
      '#!/bin/sh\n"${a}" \\n\n%{ for b in c ~}\n  ${b}\n%{ endfor ~}\n',
    );
    expect(errors).toEqual([]);
    expect(show(template)).toBe('"#!/bin/sh\n"|${a}|" \\n\n|for _,b c<  |${b}|\n>|"');
  });

  it('says where it is broken', () => {
    expect(readTemplate('a.tpl', 'x\n${ a b }\n')).toMatchObject({
      template: { kind: 'broken' },
      errors: [{ at: { startLine: 2, startColumn: 6 } }],
    });
  });
});

function sliced(text: string, at: SourceLocation | undefined): string {
  if (at === undefined) return '';
  const lines = text.split('\n');
  const offset = (line: number, column: number) =>
    lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
  return text.slice(offset(at.startLine, at.startColumn), offset(at.endLine, at.endColumn));
}
