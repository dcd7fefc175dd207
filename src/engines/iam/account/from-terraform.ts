import type { IamPolicy } from '../../../facts/iam-policy/types.ts';
import type { ResourceInstance } from '../../terraform/index.ts';
import { Accounts } from './accounts.ts';
import { WorldDraft } from './draft.ts';
import { implicitRoles } from './implicit-roles.ts';
import { leavesOf } from './leaves.ts';
import { StandIns } from './stand-ins.ts';
import type { TerraformContext } from './terraform/context.ts';
import { readIdentityCenter } from './terraform/identity-center.ts';
import { readOrganisation } from './terraform/organisation.ts';
import { STAGES } from './terraform/readers.ts';
import { tokenWorkloads } from './token-workloads.ts';
import type { IamWorld, WorldGap } from './types.ts';
import { textOf, viewOf, type ResourceView } from './view.ts';

/** One evaluated root module: its folder and its resources. */
export interface TerraformRoot {
  readonly folder: string;
  readonly resources: readonly ResourceInstance[];
}

/** What the model needs besides the sources. */
export interface WorldOptions {
  /** Document of a policy that AWS manages, by ARN. */
  readonly managedPolicy: (arn: string) => IamPolicy | undefined;
}

/** The accounts, principals and organisation that the evaluated Terraform of a product declares. */
export function worldFromTerraform(roots: readonly TerraformRoot[], { managedPolicy }: WorldOptions): IamWorld {
  const accounts = new Accounts();
  const draft = new WorldDraft();
  const all = roots.flatMap(({ folder, resources }) =>
    resources.filter(({ type }) => type.startsWith('aws_')).map((resource) => ({ folder, resource })),
  );
  for (const { resource } of all) if (resource.mode === 'managed') accounts.hear(resource);
  accounts.join(
    all.filter(({ resource }) => resource.mode === 'managed' && resource.type === 'aws_organizations_account'),
  );
  const views: ResourceView[] = [];
  const context: TerraformContext = {
    draft,
    accounts,
    managedPolicy,
    lookedUp: lookup(all.map(({ resource }) => resource)),
  };
  for (const { folder, resources } of roots) {
    const standIns = new StandIns(accounts, folder);
    for (const resource of resources) {
      if (resource.mode !== 'managed' || !resource.type.startsWith('aws_')) continue;
      if (concerns(resource.type)) views.push(viewOf(resource, accounts.of(resource, folder), standIns));
    }
  }
  for (const stage of STAGES) for (const view of views) stage.get(view.resource.type)?.(view, context);
  for (const { resource } of all) if (makesPrincipals(resource)) draft.gaps.push(stackGap(resource));
  const organisation = readOrganisation(views, context);
  if (organisation !== undefined) draft.organisation = organisation;
  implicitRoles(views, context);
  draft.people.push(...readIdentityCenter(views, context));
  const world = draft.finish(accounts.list(organisation));
  return { ...world, workloads: [...world.workloads, ...tokenWorkloads(world.roles, world.providers)] };
}

/** Finds the argument of a data source by the way that a value came. */
function lookup(resources: readonly ResourceInstance[]): TerraformContext['lookedUp'] {
  const found = resources.filter(({ mode }) => mode === 'data');
  return (type, value, argument) => {
    const whats = new Set(value === undefined ? [] : leavesOf(value).map(({ what }) => what));
    const source = found.find(
      (one) => one.type === type && [...whats].some((what) => what.startsWith(`${one.address}.`)),
    );
    return textOf(source?.values.entries.get(argument));
  };
}

function concerns(type: string): boolean {
  return /^aws_(?:organizations|ssoadmin)_/.test(type) || STAGES.some((stage) => stage.has(type));
}

/** Whether a resource may make users and roles that stand in a template and not in Terraform. */
function makesPrincipals({ mode, type, values }: ResourceInstance): boolean {
  if (mode !== 'managed' || !/^aws_(?:cloudformation_stack(?:_set)?|cloudcontrolapi_resource)$/.test(type))
    return false;
  if (type === 'aws_cloudcontrolapi_resource') return true;
  const capabilities = values.entries.get('capabilities');
  return capabilities !== undefined && capabilities.kind !== 'null';
}

function stackGap({ address, headAt }: ResourceInstance): WorldGap {
  return {
    reason: 'engine-missing',
    message: `${address} may make users and roles by a template, which is not read`,
    at: headAt,
    closes: 'bring an export: aws iam get-account-authorization-details > account.json',
  };
}
