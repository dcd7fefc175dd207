import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { textTree } from '../../lib/tree-views.ts';
import { evaluateTree } from './evaluate-tree.ts';
import { findValue } from './find-value.ts';
import { unknownsIn } from './make.ts';
import { wayOf } from './print.ts';

const EXAMPLES = join(import.meta.dirname, '../../../examples/shop');

async function evaluated(state: string) {
  const root = join(EXAMPLES, state, 'infrastructure');
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => /\.\w+$/.test(path));
  return evaluateTree(textTree(state, new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]))));
}

describe.each(['insecure', 'secured'])('examples/shop, %s', (state) => {
  it('leaves nothing open that Terraform itself knows when it plans, without asking a cloud', async () => {
    const { roots } = await evaluated(state);
    const resources = roots.flatMap((root) => root.resources);
    const reasons = resources.flatMap(({ values }) => unknownsIn(values, 1000).map(({ why }) => why));
    const others = reasons.filter((why) => !/ (?:is known after apply|is read when terraform plans)$/.test(why));
    expect(resources.length).toBeGreaterThan(100);
    expect(others).toEqual([]);
    // Ids and ARNs that the provider chooses, and what clouds answer.
    const attributes = reasons.map((why) => /\.(\w+) is (?:known|read)/.exec(why)?.[1] ?? why);
    expect([...new Set(attributes)].sort().filter((name) => !PROVIDERS.has(name))).toEqual([]);
  });
});

/** Attributes that are not in the configuration and of no known form: a new name here is worth a look. */
const PROVIDERS = new Set([
  'arn',
  'certificates',
  'id',
  'identity',
  'key_id',
  'latest_version',
  'rfc3339',
  'roots',
  'vpc_config',
]);

describe('the way of a value', () => {
  it('leads from a statement of a policy through three modules', async () => {
    const { roots } = await evaluated('secured');
    const found = findValue(
      roots,
      'module.service["orders"].module.role.module.secret_reader.aws_iam_role_policy.this.policy.Statement[1].Resource',
    );
    const steps = found.ok ? wayOf(found.value.origin).map(({ what, at }) => `${what} ${at.path}`) : [found.why];
    const inOrder = [
      'var.kms_key_arn platform/modules/service/modules/workload-role/modules/secret-reader/main.tf',
      'argument kms_key_arn of module.service["orders"].module.role.module.secret_reader',
      'argument kms_key_arn of module.service["orders"].module.role platform/modules/service/main.tf',
      'argument kms_key_arn of module.service["orders"] platform/main.tf',
      'aws_kms_key.this["secrets"].arn platform/main.tf',
    ].map((start) => steps.findIndex((step) => step.startsWith(start)));
    expect(inOrder.includes(-1)).toBe(false);
    expect(inOrder).toEqual([...inOrder].sort((left, right) => left - right));
  });
});
