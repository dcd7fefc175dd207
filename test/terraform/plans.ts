import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Evaluation } from '../../src/engines/terraform/evaluate.ts';
import { fromPlan, type PlanEvaluation } from '../../src/engines/terraform/plan/index.ts';
import type { TfValue } from '../../src/engines/terraform/value.ts';
import { answerOf, type Answer } from './answers.ts';

/** Written by Terraform 1.11.4 for the configuration in {@link CONFIGURATION}: a plan, the state after it, and that state as it is stored. */
export function recorded(name: 'plan.json' | 'state.json' | 'terraform.tfstate'): {
  readonly text: string;
  readonly plan: PlanEvaluation;
} {
  const text = readFileSync(join(import.meta.dirname, '../../src/engines/terraform/plan/recorded', name), 'utf8');
  const plan = fromPlan(`infra/${name}`, text);
  if (plan === undefined) throw new Error(`${name} was not recognised`);
  return { text, plan };
}

/** What the recorded plan and states were written for. */
export const CONFIGURATION = {
  'infra/main.tf': `variable "secret" {
  type      = string
  default   = "correct horse"
  sensitive = true
}

resource "terraform_data" "first" {
  input = { name = "a", port = 80, tags = ["x", "y"], none = null }
}

resource "terraform_data" "second" {
  count            = 2
  input            = { id = terraform_data.first.id, fixed = "n-\${count.index}", secret = var.secret }
  triggers_replace = [terraform_data.first.id, "b"]
}

module "each" {
  source   = "./m"
  for_each = toset(["p/q", "r\\"s"])
  name     = each.key
}
`,
  'infra/m/main.tf':
    'variable "name" {}\n\nresource "terraform_data" "this" {\n  input = { name = var.name, nested = [{ deep = true }] }\n}\n',
};

/** An attribute of a resource as the JSON has it. */
export function valueOf({ resources }: Evaluation, address: string, attribute: string): TfValue | undefined {
  return resources.find((resource) => resource.address === address)?.values.entries.get(attribute);
}

/** The same as data. */
export function shown(evaluation: Evaluation, address: string, attribute: string): Answer | undefined {
  const value = valueOf(evaluation, address, attribute);
  return value === undefined ? undefined : answerOf(value);
}

/** Full name of the provider for AWS. */
export const NAME = 'registry.terraform.io/hashicorp/aws';

/** A plan for AWS in the documented format. */
export function awsPlan(more: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify(
    {
      format_version: '1.2',
      terraform_version: '1.11.4',
      variables: { region: { value: 'eu-west-1' } },
      planned_values: {
        root_module: {
          resources: [
            {
              address: 'aws_iam_role.ci',
              mode: 'managed',
              type: 'aws_iam_role',
              name: 'ci',
              provider_name: NAME,
              values: { name: 'ci', path: '/', assume_role_policy: '{"Statement":[]}' },
              sensitive_values: {},
            },
          ],
          child_modules: [
            {
              address: 'module.shop["a.b"]',
              resources: [
                {
                  address: 'module.shop["a.b"].aws_db_instance.this[0]',
                  mode: 'managed',
                  type: 'aws_db_instance',
                  name: 'this',
                  index: 0,
                  provider_name: NAME,
                  values: { identifier: 'shop', password: 'hunter2', storage_encrypted: true, tags: {} },
                  sensitive_values: { password: true, tags: {} },
                },
              ],
            },
          ],
        },
      },
      resource_changes: [
        {
          address: 'aws_iam_role.ci',
          change: {
            actions: ['create'],
            after_unknown: { arn: true, id: true, unique_id: true, inline_policy: [{ policy: true }] },
          },
        },
        {
          address: 'module.shop["a.b"].aws_db_instance.this[0]',
          change: { actions: ['create'], after_unknown: { kms_key_id: true, tags: {} } },
        },
        {
          address: 'aws_iam_role.ci',
          deposed: 'abcd1234',
          change: { actions: ['delete'], after_unknown: { path: true } },
        },
      ],
      prior_state: {
        values: {
          root_module: {
            resources: [
              {
                address: 'data.aws_ami.base',
                mode: 'data',
                type: 'aws_ami',
                name: 'base',
                provider_name: NAME,
                values: { id: 'ami-1' },
              },
              {
                address: 'aws_iam_user.gone',
                mode: 'managed',
                type: 'aws_iam_user',
                name: 'gone',
                provider_name: NAME,
                values: { name: 'gone' },
              },
            ],
          },
        },
      },
      configuration: {
        provider_config: {
          aws: { name: 'aws', full_name: NAME, expressions: { region: { references: ['var.region'] } } },
          'aws.prod': {
            name: 'aws',
            full_name: NAME,
            alias: 'prod',
            expressions: {
              region: { constant_value: 'eu-central-1' },
              assume_role: [{ role_arn: { constant_value: 'arn:aws:iam::111122223333:role/deploy' } }],
            },
          },
        },
        root_module: {
          resources: [
            {
              address: 'aws_iam_role.ci',
              mode: 'managed',
              type: 'aws_iam_role',
              name: 'ci',
              provider_config_key: 'aws.prod',
            },
          ],
          module_calls: {
            shop: {
              source: './shop',
              module: {
                resources: [
                  {
                    address: 'aws_db_instance.this',
                    mode: 'managed',
                    type: 'aws_db_instance',
                    name: 'this',
                    provider_config_key: 'aws',
                  },
                ],
              },
            },
          },
        },
      },
      ...more,
    },
    null,
    2,
  );
}

/** A text that is a plan or a state. */
export function read(text: string, path = 'plan.json'): PlanEvaluation {
  const plan = fromPlan(path, text);
  if (plan === undefined) throw new Error('not recognised');
  return plan;
}
