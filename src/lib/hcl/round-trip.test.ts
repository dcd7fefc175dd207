import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HclExpression } from './ast.ts';
import { readHcl } from './parse-hcl.ts';
import { print } from '../../../test/terraform/print-hcl.ts';

/** An expression of ast.ts without its places, loosely typed: the test builds it from nothing. */
interface Tree {
  readonly kind: string;
  readonly [field: string]: unknown;
}

/** No name like `e0`: after a legacy index, `0.e0` is one malformed number to HCL too. */
const name = fc
  .stringMatching(/^[a-df-z_][a-z0-9_-]{0,5}$/)
  .filter((text) => !['for', 'in', 'if', 'true', 'false', 'null'].includes(text));
const text = fc.string({
  unit: fc.constantFrom('a', ' ', '$', '%', '{', '}', '"', '\\', '\n', '\t', 'é', '😀', '#', '~', '//'),
  minLength: 1,
  maxLength: 6,
});

const { expression } = fc.letrec<{ expression: Tree; parts: Tree[]; star: Tree }>((tie) => {
  const node = tie('expression');
  const optional = <T>(field: string, of: fc.Arbitrary<T>) =>
    fc.option(of.map((value) => ({ [field]: value }))).map((value) => value ?? {});
  const part = fc.oneof(
    { depthSize: 'small' },
    node.map((inner) => ({ kind: 'interpolation', expression: inner })),
    fc.record({ kind: fc.constant('if'), condition: node, then: tie('parts'), else: tie('parts') }),
    fc
      .tuple(
        optional('keyName', name),
        fc.record({ kind: fc.constant('for'), valueName: name, collection: node, body: tie('parts') }),
      )
      .map(([key, rest]) => ({ ...key, ...rest })),
  );
  const leaf = fc.oneof(
    fc
      .oneof(fc.bigInt(0n, 10n ** 30n), fc.constantFrom(0.5, 1.25, 1e-7), fc.boolean(), fc.constant(null))
      .map((value) => ({ kind: 'literal', value })),
    name.map((value) => ({ kind: 'variable', name: value })),
  );
  const key = fc.oneof(
    name.map((value): Tree => ({ kind: 'literal', value })),
    node,
  );
  return {
    /** Texts and sequences alternate, because neighbouring texts are one. */
    parts: fc
      .array(fc.tuple(fc.option(text), part), { maxLength: 2 })
      .chain((pairs) =>
        fc
          .option(text)
          .map((last) => [
            ...pairs.flatMap(([before, then]) => [...(before === null ? [] : [{ kind: 'text', text: before }]), then]),
            ...(last === null ? [] : [{ kind: 'text', text: last }]),
          ]),
      ),
    star: fc.oneof(
      { depthSize: 'small' },
      fc.constant({ kind: 'variable', name: '*' }),
      fc.record({ kind: fc.constant('attribute'), of: tie('star'), name }),
      fc.record({
        kind: fc.constant('index'),
        of: tie('star'),
        key: fc.nat(99).map((value) => ({ kind: 'literal', value: BigInt(value) })),
      }),
    ),
    expression: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      tie('parts').map((parts) => ({ kind: 'template', parts, heredoc: false })),
      fc.tuple(tie('parts'), text).map(([parts, last]) => ({
        kind: 'template',
        heredoc: true,
        parts: [...(parts.at(-1)?.kind === 'text' ? parts.slice(0, -1) : parts), { kind: 'text', text: `${last}\n` }],
      })),
      fc.array(node, { maxLength: 3 }).map((items) => ({ kind: 'tuple', items })),
      fc.array(fc.record({ key, value: node }), { maxLength: 3 }).map((entries) => ({ kind: 'object', entries })),
      fc.record({ kind: fc.constant('attribute'), of: node, name }),
      fc.record({ kind: fc.constant('index'), of: node, key: node }),
      fc.record({ kind: fc.constant('splat'), of: node, each: tie('star'), full: fc.boolean() }),
      fc.tuple(name, fc.array(node, { maxLength: 3 }), fc.boolean()).map(([called, args, expand]) => ({
        kind: 'call',
        name: expand ? `provider::x::${called}` : called,
        args,
        expandLast: expand && args.length > 0,
      })),
      fc.record({ kind: fc.constant('unary'), operator: fc.constantFrom('-', '!'), of: node }),
      fc.record({
        kind: fc.constant('binary'),
        operator: fc.constantFrom('||', '&&', '==', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/', '%'),
        left: node,
        right: node,
      }),
      fc.record({ kind: fc.constant('conditional'), condition: node, then: node, else: node }),
      fc
        .tuple(
          optional('keyName', name),
          optional('key', node),
          optional('condition', node),
          fc.boolean(),
          fc.record({ valueName: name, collection: node, value: node }),
        )
        .map(([keyName, objectKey, condition, grouped, rest]) => ({
          kind: 'for',
          ...keyName,
          ...rest,
          ...objectKey,
          ...condition,
          grouped: grouped && 'key' in objectKey,
        })),
    ),
  };
});

function withoutPlaces(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPlaces);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([field]) => field !== 'at')
      .map(([field, inner]) => [field, withoutPlaces(inner)]),
  );
}

/**
 * What has no spelling is replaced: in a heredoc a dollar sign before a sequence or another one, and two legacy indices in a
 * row, which would be a fraction.
 */
function spellable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(spellable);
  if (typeof value !== 'object' || value === null) return value;
  const tree = value as Tree;
  const fields = Object.entries(tree).map(([field, inner]) => [field, spellable(inner)]);
  if (tree.kind === 'text')
    return { ...tree, text: (tree.text as string).replace(/[$%]+(?=\n?$)/, 'd').replace(/[$%]{2,}/g, 'd') };
  if (tree.kind === 'index' && isLegacy(tree)) return { kind: 'attribute', of: spellable(tree.of), name: 'x' };
  return Object.fromEntries(fields);
}

function isLegacy(tree: Tree): boolean {
  const { kind, name: root } = tree.of as Tree;
  return kind === 'index' || (kind === 'variable' && root === '*');
}

describe('what is printed', () => {
  it('is read as the same tree', () => {
    fc.assert(
      fc.property(expression.map(spellable), (made) => {
        // Places are what the printer does not need.
        const tree = made as HclExpression;
        const { body, errors } = readHcl('a.tf', `a = ${print(tree)}\n`);
        expect(errors).toEqual([]);
        expect(withoutPlaces(body.attributes[0]?.value)).toEqual(withoutPlaces(tree));
      }),
      { numRuns: 2000 },
    );
  });
});
