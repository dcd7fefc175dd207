import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHcl } from '../../lib/hcl/parse-hcl.ts';
import { answerOf } from '../../../test/terraform/answers.ts';
import { findRoots } from './roots.ts';
import { joinPath, relativePath } from './paths.ts';
import { terraformSources } from './sources.ts';
import { textTree } from '../../lib/tree-views.ts';
import { evaluateTree } from './evaluate-tree.ts';
import { evaluated, valueAt } from '../../../test/terraform/evaluated.ts';

describe('modules that are not on disk', () => {
  const call =
    'module "eks" {\n  source  = "terraform-aws-modules/eks/aws"\n  version = "~> 20.0"\n  name    = "shop"\n}\noutput "o" { value = module.eks.arn }';

  it('are a gap, and their outputs unknown for that reason', () => {
    const { problems, outputs } = evaluated(call);
    expect(problems).toMatchObject([{ severity: 'gap', reason: 'not-in-sight', closes: 'terraform init' }]);
    expect(outputs.get('o')).toMatchObject({
      kind: 'unknown',
      why: 'module.eks (terraform-aws-modules/eks/aws ~> 20.0) is not in sight',
    });
  });

  it('are found where terraform init put them', () => {
    const files = {
      'root/main.tf': call,
      'root/.terraform/modules/modules.json': JSON.stringify({
        Modules: [
          { Key: '', Dir: '.' },
          { Key: 'eks', Dir: '.terraform/modules/eks' },
        ],
      }),
      'root/.terraform/modules/eks/main.tf': 'variable "name" {}\noutput "arn" { value = "arn:${var.name}" }',
    };
    expect(evaluated(files, {}, 'root').outputs.get('o')).toMatchObject({ value: 'arn:shop' });
  });

  it('may be known by a summary, which is marked', () => {
    const summary = [
      readHcl(
        'eks.tf',
        'variable "name" {}\nresource "aws_eks_cluster" "this" { name = var.name }\noutput "arn" { value = "arn:${var.name}" }',
      ),
    ];
    const { outputs, resources, problems } = evaluated(call, {
      summaries: (source, version) =>
        source === 'terraform-aws-modules/eks/aws' && version === '~> 20.0' ? summary : undefined,
    });
    expect(problems).toEqual([]);
    expect(outputs.get('o')).toMatchObject({ value: 'arn:shop' });
    expect(resources).toMatchObject([
      { address: 'module.eks.aws_eks_cluster.this', summaryOf: 'terraform-aws-modules/eks/aws' },
    ]);
  });

  it('above the tree are a gap', () => {
    expect(evaluated('module "m" { source = "../m" }').problems).toMatchObject([
      { severity: 'gap', reason: 'not-in-sight' },
    ]);
  });
});

describe('variables', () => {
  it('without a value are unknown of their type, and a gap', () => {
    const evaluation = evaluated('variable "n" { type = number }\nresource "a_b" "c" { v = var.n }');
    expect(valueAt(evaluation, 'a_b.c', 'v')).toMatchObject({
      kind: 'unknown',
      why: 'var.n has no value',
      constraint: { type: 'number' },
    });
  });

  it('come from TF_VAR_ after defaults and before files', () => {
    const source =
      'variable "a" { default = "d" }\nvariable "b" {\n  type = list(string)\n}\nresource "a_b" "c" { v = [var.a, var.b] }';
    const value = valueAt(
      evaluated(source, {
        environment: new Map([
          ['a', 'env'],
          ['b', '["x"]'],
        ]),
      }),
      'a_b.c',
      'v',
    );
    expect(value === undefined ? undefined : answerOf(value)).toEqual(['env', ['x']]);
  });

  it('of the wrong type are an error at the value', () => {
    const { problems } = evaluated({ 'main.tf': 'variable "n" { type = number }', 'terraform.tfvars': 'n = "x"' });
    expect(problems).toMatchObject([{ severity: 'error', at: { path: 'terraform.tfvars', startLine: 1 } }]);
  });

  it('that are sensitive mark what is made of them', () => {
    const value = valueAt(
      evaluated('variable "p" {\n  default = "x"\n  sensitive = true\n}\nresource "a_b" "c" { v = "a${var.p}" }'),
      'a_b.c',
      'v',
    );
    expect(value).toMatchObject({ value: 'ax', sensitive: true });
  });
});

describe('findRoots', () => {
  it('finds folders that nobody calls, and called ones with a backend or a configured provider', () => {
    const files = {
      'a/main.tf': 'module "m" { source = "../m" }\nmodule "n" { source = "../n" }',
      'm/main.tf': 'provider "aws" { alias = "x" }',
      'n/main.tf': 'terraform {\n  backend "s3" {}\n}',
      'b/main.tf.json': '{}',
      'a/.terraform/modules/x/main.tf': '',
      'c/readme.md': '',
    };
    expect(findRoots(terraformSources(new Map(Object.entries(files))))).toEqual(['a', 'b', 'n']);
  });
});

describe('paths', () => {
  const folder = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 4 }).map((parts) => parts.join('/'));

  it('lead from a folder to another and back', () => {
    fc.assert(
      fc.property(folder, folder, (from, to) => {
        expect(joinPath(from, relativePath(from, to))).toBe(to);
      }),
    );
  });

  it('never leave the tree', () => {
    expect(joinPath('a', '../../b')).toBeUndefined();
    expect(joinPath('a', '/etc')).toBeUndefined();
  });
});

describe('files that are no text', () => {
  it('keep their bytes', async () => {
    const bytes = Uint8Array.of(0xff, 0xfe, 0x00, 0x80);
    const tree = textTree(
      'case',
      new Map([
        ['main.tf', 'output "o" { value = filebase64("key.gpg") }'],
        ['key.gpg', ''],
      ]),
    );
    const { roots } = await evaluateTree({
      ...tree,
      read: (path) => (path === 'key.gpg' ? Promise.resolve({ ok: true, bytes }) : tree.read(path)),
    });
    expect(roots[0]?.outputs.get('o')).toMatchObject({ value: Buffer.from(bytes).toString('base64') });
  });
});
