import { describe, expect, it } from 'vitest';
import { chainOf, evaluated, valueAt } from '../../../test/terraform/evaluated.ts';

const MODULES = {
  'main.tf': `locals {
  accounts = { prod = "333333333333" }
}
module "a" {
  source   = "./a"
  accounts = local.accounts
  name     = "x"
}`,
  'a/main.tf': `variable "accounts" {}
variable "name" {}
module "b" {
  source  = "./b"
  account = var.accounts.prod
}`,
  'a/b/main.tf': `variable "account" {}
resource "aws_x" "y" {
  account = var.account
}`,
};

describe('origins', () => {
  it('lead through modules to the literal', () => {
    expect(chainOf(valueAt(evaluated(MODULES), 'module.a.module.b.aws_x.y', 'account'))).toEqual([
      'var.account a/b/main.tf:3',
      'argument account of module.a.module.b a/main.tf:5',
      'var.accounts.prod a/main.tf:5',
      'var.accounts a/main.tf:5',
      'argument accounts of module.a main.tf:6',
      'local.accounts main.tf:6',
      'literal main.tf:2',
    ]);
  });

  it('name the file that gives a variable its value', () => {
    const files = { 'main.tf': 'variable "x" {}\nresource "a_b" "c" { v = var.x }', 'terraform.tfvars': '\nx = "1"' };
    expect(chainOf(valueAt(evaluated(files), 'a_b.c', 'v'))).toEqual([
      'var.x main.tf:2',
      'var.x (terraform.tfvars) terraform.tfvars:2',
      'literal terraform.tfvars:2',
    ]);
  });

  it('keep every source of a template and of a function', () => {
    const value = valueAt(
      evaluated('locals {\n  a = "1"\n  b = "2"\n}\nresource "a_b" "c" { v = upper("${local.a}${local.b}") }'),
      'a_b.c',
      'v',
    );
    expect(value?.origin.what).toBe('upper()');
    expect(value?.origin.from?.[0]?.from?.map(({ what }) => what)).toEqual(['local.a', 'local.b']);
  });

  it('show the branch that was taken', () => {
    const value = valueAt(
      evaluated('variable "on" { default = false }\nresource "a_b" "c" { v = var.on ? "x" : "y" }'),
      'a_b.c',
      'v',
    );
    expect(value).toMatchObject({ kind: 'string', value: 'y', origin: { at: { startColumn: 41 } } });
  });

  it('follow each.value to the element', () => {
    const chain = chainOf(
      valueAt(
        evaluated('locals { m = { k = "v" } }\nresource "a_b" "c" {\n  for_each = local.m\n  v = each.value\n}'),
        'a_b.c["k"]',
        'v',
      ),
    );
    expect(chain.at(0)).toBe('each.value main.tf:4');
    expect(chain.at(-1)).toBe('literal main.tf:1');
  });
});
