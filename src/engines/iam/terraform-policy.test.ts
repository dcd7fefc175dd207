import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPolicy } from '../../facts/iam-policy/read-policy.ts';
import type { IamPolicy } from '../../facts/iam-policy/types.ts';
import { evaluateTree } from '../terraform/evaluate-tree.ts';
import { findValue } from '../terraform/find-value.ts';
import type { TfValue } from '../terraform/index.ts';
import { textTree } from '../../lib/tree-views.ts';
import { evaluate } from './concrete/evaluate.ts';
import { fromTerraform } from './terraform-policy.ts';
import type { IamRequest } from './types.ts';

const AT = { path: 'main.tf', startLine: 7, startColumn: 1, endLine: 7, endColumn: 9 };
const origin = { at: AT, what: 'literal' };

/** A value with holes: what Terraform knows of it, and what it turns out to be. */
type Sketch = string | boolean | Hole | readonly Sketch[] | { readonly [key: string]: Sketch };
interface Hole {
  readonly hole: { readonly filling: unknown; readonly constraint: Constraint | undefined };
}
type Constraint = Extract<TfValue, { kind: 'unknown' }>['constraint'];

function hole(filling: unknown, constraint?: Constraint): Hole {
  return { hole: { filling, constraint } };
}

function isHole(sketch: Exclude<Sketch, string | boolean>): sketch is Hole {
  return 'hole' in sketch;
}

function valueOf(sketch: Sketch): TfValue {
  if (typeof sketch === 'string') return { kind: 'string', value: sketch, origin };
  if (typeof sketch === 'boolean') return { kind: 'bool', value: sketch, origin };
  if (isHole(sketch)) {
    const { constraint } = sketch.hole;
    return { kind: 'unknown', why: 'later', origin, ...(constraint ? { constraint } : {}) };
  }
  if (Array.isArray(sketch)) return { kind: 'list', isSet: false, items: (sketch as Sketch[]).map(valueOf), origin };
  return {
    kind: 'object',
    entries: new Map(Object.entries(sketch).map(([key, each]) => [key, valueOf(each)])),
    origin,
  };
}

function filled(sketch: Sketch): unknown {
  if (typeof sketch !== 'object') return sketch;
  if (isHole(sketch)) return sketch.hole.filling;
  if (Array.isArray(sketch)) return (sketch as Sketch[]).map(filled);
  return Object.fromEntries(Object.entries(sketch).map(([key, each]) => [key, filled(each)]));
}

const maybe = <T>(known: fc.Arbitrary<T>, unknown: fc.Arbitrary<Hole>) =>
  fc.oneof({ arbitrary: known, weight: 4 }, { arbitrary: unknown, weight: 1 });
/** A text of which a prefix and a suffix may be known. */
const partly = (texts: fc.Arbitrary<string>) =>
  fc.tuple(texts, fc.nat(3), fc.nat(3), fc.constantFrom('no', 'prefix', 'pattern')).map(([text, head, tail, known]) => {
    const prefix = text.slice(0, head);
    const suffix = text.slice(Math.max(head, text.length - tail));
    const escaped = (part: string) => part.replace(/[*?$^.+|(){}[\]\\]/g, '\\$&');
    if (known === 'no') return hole(text);
    if (known === 'prefix') return hole(text, { type: 'string', prefix });
    return hole(text, { type: 'string', prefix, pattern: `${escaped(prefix)}[\\s\\S]*${escaped(suffix)}` });
  });
const ACTIONS = fc.constantFrom('*', 's3:*', 's3:Get', 's3:G?t', 's3:Put', 'iam:*');
const RESOURCES = fc.constantFrom('*', 'a', 'b', 'a*', 'ab', '?b', 'a${aws:username}', '${*}');
const VALUES = fc.constantFrom('a', 'b', 'ab', 'a*', '*', '${aws:username}');
const ARNS = fc.constantFrom('arn:aws:iam::111122223333:user/ann', 'arn:aws:iam::111122223333:root', '*');
const some = (texts: fc.Arbitrary<string>) =>
  fc.oneof(
    maybe(texts, partly(texts)),
    fc.array(maybe(texts, partly(texts)), { minLength: 1, maxLength: 3 }),
    fc.array(texts, { minLength: 1, maxLength: 3 }).map((list) => hole(list)),
  );
const operators = fc.constantFrom(
  'StringEquals',
  'StringLike',
  'StringNotEquals',
  'StringNotLike',
  'ArnLike',
  'StringNotEqualsIgnoreCase',
  'NumericLessThan',
  'Null',
  'IpAddress',
  'NotIpAddress',
);
const operator = fc
  .tuple(fc.constantFrom('', 'ForAllValues:', 'ForAnyValue:'), operators, fc.constantFrom('', 'IfExists'))
  .map(([prefix, name, suffix]) => (name === 'Null' ? name : `${prefix}${name}${suffix}`));
const condition = fc.dictionary(
  operator,
  fc.oneof(
    fc.dictionary(fc.constantFrom('k:one', 'k:two'), some(VALUES), { maxKeys: 2, noNullPrototype: true }),
    VALUES.map((value) => hole({ 'k:one': value })),
  ),
  { maxKeys: 2, noNullPrototype: true },
);
const either = <T>(name: string, value: fc.Arbitrary<T>) =>
  fc.tuple(fc.constantFrom(name, `Not${name}`), value).map(([key, each]) => ({ [key]: each }));
const statement = fc
  .tuple(
    maybe(
      fc.constantFrom('Allow', 'Deny'),
      fc.constantFrom('Allow', 'Deny').map((effect) => hole(effect)),
    ),
    either('Action', some(ACTIONS)),
    either('Resource', some(RESOURCES)),
    either(
      'Principal',
      maybe(
        some(ARNS).map((AWS) => ({ AWS })),
        ARNS.map((AWS) => hole({ AWS })),
      ),
    ),
    fc.oneof(
      fc.constant({}),
      maybe(
        condition,
        VALUES.map((each) => hole({ StringLike: { 'k:one': each } })),
      ).map((Condition) => ({ Condition })),
    ),
  )
  .map(([Effect, ...parts]) => Object.assign({ Effect }, ...parts) as Record<string, Sketch>);
const document = fc
  .tuple(
    maybe(
      fc.constantFrom('2012-10-17', '2008-10-17'),
      fc.constantFrom('2012-10-17', '2008-10-17').map((version) => hole(version)),
    ),
    fc.array(
      maybe(
        statement,
        fc.constantFrom('Allow', 'Deny').map((Effect) => hole({ Effect, Principal: '*', Action: '*', Resource: '*' })),
      ),
      { minLength: 1, maxLength: 3 },
    ),
  )
  .map(([Version, Statement]): Sketch => ({ Version, Statement }));
const value = fc.option(fc.oneof(VALUES, fc.array(VALUES, { maxLength: 2 }), fc.constantFrom('3', '10.0.0.1')), {
  nil: undefined,
});
const request = fc
  .record({
    action: fc.constantFrom('s3:Get', 's3:Put', 'iam:X'),
    resource: fc.constantFrom('a', 'b', 'ab', 'aann', '*'),
    one: value,
    two: value,
    name: fc.constantFrom('ann', 'bob'),
  })
  .map(({ action, resource, one, two, name }): IamRequest => ({
    principal: { kind: 'user', arn: `arn:aws:iam::111122223333:user/${name}`, account: '111122223333' },
    action,
    resource,
    context: new Map(
      Object.entries({ 'k:one': one, 'k:two': two }).flatMap(([key, each]) =>
        each === undefined ? [] : [[key, each] as const],
      ),
    ),
  }));

function allows(policy: IamPolicy, asked: IamRequest): boolean {
  return evaluate(asked, { identity: [], resource: [policy] }).decision === 'Allowed';
}

describe('a policy with unknown parts', () => {
  it('is bounded from both sides, whatever they turn out to be', () => {
    let decided = 0;
    fc.assert(
      fc.property(document, fc.array(request, { minLength: 8, maxLength: 8 }), (sketch, requests) => {
        const { most, least } = fromTerraform(valueOf(sketch), 'p');
        const { policy, problems } = readPolicy('p', JSON.stringify(filled(sketch)));
        fc.pre(problems.length === 0);
        for (const asked of requests) {
          const real = allows(policy, asked);
          if (allows(least, asked)) expect(real).toBe(true);
          if (real) expect(allows(most, asked)).toBe(true);
          if (allows(least, asked) === allows(most, asked)) decided++;
        }
      }),
      { numRuns: 1000 },
    );
    // Bounds that say nothing would be sound as well.
    expect(decided).toBeGreaterThan(2000);
  });

  it('is the same twice where nothing is unknown', () => {
    const { most, least, unknowns } = fromTerraform(valueOf({ Statement: [{ Effect: 'Allow', Action: '*' }] }), 'p');
    expect(most).toBe(least);
    expect([unknowns, most.statements[0]?.at]).toEqual([[], AT]);
  });

  it('keeps what is known of a text', () => {
    const open = hole('', { type: 'string', pattern: 'arn:aws:iam::[0-9]{12}:role/(?:a|b)-\\$\\{aws:username\\}' });
    const sketch = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: open }],
    };
    const { most, least, unknowns } = fromTerraform(valueOf(sketch), 'p');
    expect(most.statements[0]?.resources?.patterns).toEqual(['arn:aws:iam::????????????:role/*-${aws:username}']);
    expect([least.statements, unknowns]).toEqual([[], [{ why: 'later', at: AT }]]);
  });

  it('names the principals whose ARN is known in part by a condition', () => {
    const open = hole('', { type: 'string', pattern: 'arn:aws:iam::[0-9]{12}:role/ci' });
    const sketch = {
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: [open, '111122223333'] } }],
    };
    const { most, least } = fromTerraform(valueOf(sketch), 'p');
    expect(most.statements).toMatchObject([
      { principals: { principals: [{ value: '111122223333' }] }, conditions: [] },
      {
        principals: { principals: [{ value: '*' }] },
        conditions: [{ key: 'aws:PrincipalArn', values: ['arn:aws:iam::????????????:role/ci'] }],
      },
    ]);
    expect(least.statements).toMatchObject([{ principals: { principals: [{ value: '111122223333' }] } }]);
  });
});

describe('policies of Terraform', () => {
  it('stand at their origins, whichever way they are written', async () => {
    const files = {
      'main.tf': [
        'resource "aws_s3_bucket" "b" {}',
        'data "aws_iam_policy_document" "d" {',
        '  statement {',
        '    actions = ["s3:GetObject"]',
        '    resources = ["${aws_s3_bucket.b.id}/x"]',
        '  }',
        '}',
        'resource "aws_iam_policy" "data" { policy = data.aws_iam_policy_document.d.json }',
        'resource "aws_iam_policy" "encoded" {',
        '  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })',
        '}',
        'resource "aws_iam_policy" "heredoc" {',
        '  policy = <<EOF',
        '{"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": ["${aws_s3_bucket.b.id}/*", "a"],',
        '  "Condition": {"StringEquals": {"${aws_s3_bucket.b.id}:sub": "x"}}}]}',
        'EOF',
        '}',
      ].join('\n'),
    };
    const { roots } = await evaluateTree(textTree('t', new Map(Object.entries(files))));
    const policyOf = (name: string) => {
      const found = findValue(roots, `aws_iam_policy.${name}.policy`);
      if (!found.ok) throw new Error(found.why);
      return fromTerraform(found.value, name);
    };
    const data = policyOf('data');
    expect(data.most.statements).toMatchObject([
      { resources: { patterns: ['*/x'] }, at: { path: 'main.tf', startLine: 3 } },
    ]);
    expect(data.least.statements).toEqual([]);
    expect(policyOf('encoded').most.statements[0]?.at).toMatchObject({ startLine: 10 });
    const heredoc = policyOf('heredoc');
    expect(heredoc.most.statements).toMatchObject([{ resources: { patterns: ['*/*', 'a'] }, conditions: [] }]);
    expect(heredoc.least.statements).toEqual([]);
    expect(heredoc.unknowns.length).toBeGreaterThan(0);
  });

  it('that are not JSON, or not known at all, may be anything', () => {
    for (const sketch of ['{', hole(''), hole('', { type: 'string', pattern: '\\{.*' })]) {
      const { most, least, unknowns } = fromTerraform(valueOf(sketch), 'p');
      expect([most.statements[0]?.effect, least.statements[0]?.effect, unknowns.length]).toEqual(['Allow', 'Deny', 1]);
    }
  });
});
