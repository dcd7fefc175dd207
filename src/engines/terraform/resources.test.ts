import { describe, expect, it } from 'vitest';
import { answerOf } from '../../../test/terraform/answers.ts';
import { evaluated, valueAt } from '../../../test/terraform/evaluated.ts';

function answer(source: string, address: string, attribute: string) {
  const value = valueAt(evaluated(source), address, attribute);
  return value === undefined ? undefined : answerOf(value);
}

describe('nested blocks', () => {
  it('are lists, dynamic ones expanded among them', () => {
    const source = `
resource "a_b" "c" {
  rule { port = 1 }
  dynamic "rule" {
    for_each = [{ p = 2 }, { p = 3 }]
    content { port = rule.value.p }
  }
  dynamic "tag" {
    for_each = { x = "y" }
    iterator = each_tag
    content {
      key   = each_tag.key
      value = each_tag.value
      inner { deep = true }
    }
  }
  dynamic "none" {
    for_each = []
    content {}
  }
}`;
    expect(answer(source, 'a_b.c', 'rule')).toEqual([{ port: 1 }, { port: 2 }, { port: 3 }]);
    expect(answer(source, 'a_b.c', 'tag')).toEqual([{ key: 'x', value: 'y', inner: [{ deep: true }] }]);
    expect(answer(source, 'a_b.c', 'none')).toEqual([]);
  });

  it('whose number is not known are one unknown', () => {
    const source =
      'variable "rules" {}\nresource "a_b" "c" {\n  rule { port = 1 }\n  dynamic "rule" {\n    for_each = var.rules\n    content { port = 2 }\n  }\n}';
    expect(answer(source, 'a_b.c', 'rule')).toEqual([{ port: 1 }, { $unknown: true }]);
  });

  it('have attributes that the provider computes', () => {
    const source = 'resource "a_b" "c" {\n  vpc { x = 1 }\n}\nresource "a_b" "d" { v = a_b.c.vpc[0].id }';
    expect(valueAt(evaluated(source), 'a_b.d', 'v')).toMatchObject({
      kind: 'unknown',
      why: 'vpc.id is known after apply',
    });
    expect(evaluated(source).problems).toEqual([]);
  });
});

describe('instances', () => {
  it('of an unknown for_each are one that is marked', () => {
    const { resources, problems } = evaluated(
      'variable "m" {}\nresource "a_b" "c" {\n  for_each = var.m\n  name = each.key\n  fixed = 1\n}',
    );
    expect(resources.map(({ address, key }) => [address, key])).toEqual([
      ['a_b.c[*]', { unknown: 'var.m has no value' }],
    ]);
    expect(resources[0]?.values.entries.get('name')).toMatchObject({ kind: 'unknown', why: 'var.m has no value' });
    expect(resources[0]?.values.entries.get('fixed')?.kind).toBe('number');
    expect(problems).toMatchObject([{ severity: 'gap', closes: 'a value for m in terraform.tfvars' }]);
  });

  it('keep meta-arguments out of their values', () => {
    const { resources } = evaluated(
      'resource "a_b" "c" {\n  count = 1\n  depends_on = [a_b.d]\n  provider = aws.x\n  lifecycle { prevent_destroy = true }\n}\nresource "a_b" "d" {}',
    );
    expect(resources[0]?.values.entries.size).toBe(0);
    expect(resources[0]?.provider.address).toBe('aws.x');
  });

  it('have an address in their module instance', () => {
    const files = {
      'main.tf': 'module "m" {\n  source   = "./m"\n  for_each = toset(["a/b", "\\"q"])\n}',
      'm/main.tf': 'data "a_b" "c" { count = 1 }',
    };
    expect(evaluated(files).resources.map(({ address }) => address)).toEqual([
      'module.m["\\"q"].data.a_b.c[0]',
      'module.m["a/b"].data.a_b.c[0]',
    ]);
  });
});

describe('references', () => {
  it('to an argument that is null may be computed', () => {
    const value = valueAt(
      evaluated('resource "a_b" "c" { key = null }\nresource "a_b" "d" { v = a_b.c.key }'),
      'a_b.d',
      'v',
    );
    expect(value).toMatchObject({ kind: 'unknown', why: 'a_b.c.key is known after apply' });
  });

  it('to a whole resource are not taken for all of it', () => {
    const { outputs } = evaluated(
      'resource "a_b" "c" { x = 1 }\noutput "o" { value = jsonencode(a_b.c) }\noutput "k" { value = keys(a_b.c) }\noutput "x" { value = a_b.c.x }',
    );
    expect(outputs.get('o')?.kind).toBe('unknown');
    expect(outputs.get('k')?.kind).toBe('unknown');
    expect(outputs.get('x')?.kind).toBe('number');
  });

  it('to a resource fill an object type with what the provider computes', () => {
    const { problems, outputs } = evaluated({
      'main.tf':
        'resource "a_b" "c" { x = 1 }\nmodule "m" {\n  source = "./m"\n  it = a_b.c\n}\noutput "o" { value = module.m.o }',
      'm/main.tf': 'variable "it" { type = object({ x = string, id = string }) }\noutput "o" { value = var.it }',
    });
    expect(problems).toEqual([]);
    const value = outputs.get('o');
    expect(value === undefined ? undefined : answerOf(value)).toEqual({ x: '1', id: { $unknown: true } });
  });

  it('in a circle are an error that names it', () => {
    const { problems, outputs } = evaluated(
      'locals {\n  a = local.b\n  b = local.c\n  c = local.a\n}\noutput "o" { value = local.a }',
    );
    expect(problems[0]).toMatchObject({
      severity: 'error',
      message: expect.stringContaining('local.a → local.b → local.c → local.a'),
    });
    expect(outputs.get('o')?.kind).toBe('unknown');
  });
});
