import type { Workload } from '../workload-types.ts';
import { keyOf } from '../draft.ts';
import { blocksOf, textAt, textOf, unresolved, type ResourceView } from '../view.ts';
import type { ResourceReader, TerraformContext } from './context.ts';

/** Attributes that name the role of a workload by its ARN, by type of resource. */
const ROLE_ATTRIBUTES: ReadonlyMap<
  string,
  { readonly kind: Workload['kind']; readonly attributes: readonly string[] }
> = new Map([
  ['aws_lambda_function', { kind: 'function', attributes: ['role'] }],
  ['aws_ecs_task_definition', { kind: 'task', attributes: ['task_role_arn', 'execution_role_arn'] }],
  ['aws_eks_node_group', { kind: 'node', attributes: ['node_role_arn'] }],
  ['aws_eks_fargate_profile', { kind: 'node', attributes: ['pod_execution_role_arn'] }],
  ['aws_codebuild_project', { kind: 'job', attributes: ['service_role'] }],
  ['aws_codepipeline', { kind: 'job', attributes: ['role_arn'] }],
  ['aws_glue_job', { kind: 'job', attributes: ['role_arn'] }],
  ['aws_glue_dev_endpoint', { kind: 'job', attributes: ['role_arn'] }],
  ['aws_sagemaker_notebook_instance', { kind: 'job', attributes: ['role_arn'] }],
  ['aws_sfn_state_machine', { kind: 'job', attributes: ['role_arn'] }],
  ['aws_cloudformation_stack', { kind: 'job', attributes: ['iam_role_arn'] }],
  ['aws_apprunner_service', { kind: 'task', attributes: [] }],
]);

/** Types of resources that run with a role. */
export const WORKLOAD_TYPES: readonly string[] = [...ROLE_ATTRIBUTES.keys()];

/** Functions, tasks, nodes, builds: whatever runs with the role that an attribute names. */
export const readWorkload: ResourceReader = (view, context) => {
  const { kind, attributes } = ROLE_ATTRIBUTES.get(view.resource.type) ?? { kind: 'job', attributes: [] };
  for (const attribute of attributes) {
    const value = view.value(attribute);
    if (!view.resource.values.entries.has(attribute) || value === undefined) continue;
    const role = textOf(value);
    if (role === undefined) context.draft.gaps.push(unresolved(`the role of ${view.resource.address}`, value, view.at));
    else add(view, kind, view.resource.address, role, context);
  }
};

/** `aws_iam_instance_profile`: carries a role to machines. */
export const readInstanceProfile: ResourceReader = (view, { draft }) => {
  const name = textAt(view, 'name');
  const arn = textAt(view, 'arn');
  const role = textAt(view, 'role') ?? textOf(firstOf(view, 'roles'));
  if (role === undefined) {
    if (view.resource.values.entries.has('role'))
      draft.gaps.push(unresolved(`the role of ${view.resource.address}`, view.value('role'), view.at));
    return;
  }
  const holder = draft.role(view.account, role, { source: view.resource.address, at: view.at, declares: false });
  const carried = { role: holder.arn, certain: view.uncertain === undefined };
  if (name !== undefined) draft.carry(keyOf(view.account, name), carried);
  if (arn !== undefined) {
    draft.carry(arn, carried);
    holder.instanceProfiles.push(arn);
  }
};

function firstOf(view: ResourceView, attribute: string) {
  const value = view.value(attribute);
  return value?.kind === 'list' ? value.items[0] : value;
}

/** `aws_instance`, `aws_launch_template`, `aws_launch_configuration`: machines with an instance profile. */
export const readMachine: ResourceReader = (view, context) => {
  const written = view.resource.values.entries.get('iam_instance_profile');
  if (written === undefined || written.kind === 'null') return;
  const value = view.resolve(written);
  const [block] = blocksOf(value);
  const given = block === undefined ? value : (block.entries.get('arn') ?? block.entries.get('name'));
  const reference = textOf(given);
  const { draft } = context;
  if (reference === undefined) {
    draft.gaps.push(unresolved(`the instance profile of ${view.resource.address}`, given, view.at));
    return;
  }
  const profile = draft.carried(reference.startsWith('arn:') ? reference : keyOf(view.account, reference));
  // A profile that is made elsewhere is outside of the claims, as its role is.
  if (profile !== undefined) add(view, 'instance', view.resource.address, profile.role, context, profile.certain);
};

/** `aws_eks_pod_identity_association`: a service account of a cluster gets a role. */
export const readPodIdentity: ResourceReader = (view, context) => {
  const role = textAt(view, 'role_arn');
  const names = ['namespace', 'service_account'].map((attribute) => textAt(view, attribute));
  if (role === undefined || names.includes(undefined)) {
    const what = `the service account or role of ${view.resource.address}`;
    context.draft.gaps.push(unresolved(what, view.value(role === undefined ? 'role_arn' : 'namespace'), view.at));
  }
  if (role !== undefined) add(view, 'service-account', names.map((name) => name ?? '*').join('/'), role, context);
};

function add(
  view: ResourceView,
  kind: Workload['kind'],
  name: string,
  role: string,
  { draft }: TerraformContext,
  certain = true,
): void {
  const { address, type } = view.resource;
  const arn = textAt(view, 'arn');
  draft.workloads.push({
    kind,
    name,
    role,
    type,
    ...(arn === undefined ? {} : { arn }),
    certain: certain && view.uncertain === undefined,
    source: address,
    at: view.at,
  });
}
