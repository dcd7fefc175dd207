import { withExports } from '../engines/iam/account/from-exports.ts';
import { worldFromTerraform } from '../engines/iam/account/from-terraform.ts';
import type { IamWorld } from '../engines/iam/account/types.ts';
import { pathModel, type PathModel } from '../engines/iam/paths/index.ts';
import { awsData, type AwsData } from '../engines/iam/services/aws-data.ts';
import type { Gap } from '../model/index.ts';
import type { Context } from './context.ts';

const models = new WeakMap<object, PathModel>();

/** The accounts and principals that the code and the exports of a product speak of. */
export function worldOf(context: Context): IamWorld {
  return modelOf(context).world;
}

/** The same, prepared for questions about who may do what; built once for all threats. */
export function modelOf({ terraform, facts, iamTexts }: Context): PathModel {
  const known = models.get(terraform);
  if (known !== undefined) return known;
  const options = { managedPolicy: (arn: string) => awsData(iamTexts).managed.managedPolicy(arn) };
  const model = pathModel(withExports(worldFromTerraform(terraform.roots, options), facts['iam-export'], options));
  models.set(terraform, model);
  return model;
}

/** What AWS publishes about its services and policies. */
export function awsOf({ iamTexts }: Context): AwsData {
  return awsData(iamTexts);
}

/**
 * What could not be placed at one principal: an attachment to a name that is not known, a user or role whose own name is
 * not known. Whoever it concerns may hold more than is seen.
 */
export function worldGaps({ world }: PathModel): Gap[] {
  return world.gaps.map(({ reason, message, at, closes }) => ({
    reason,
    message,
    at,
    closes: closes ?? 'give the value, or bring a plan: terraform show -json plan.out > plan.json',
    identity: `world ${message}`,
  }));
}

/**
 * Accounts that nothing tells apart: the providers of several configurations, none of which says its account. They may be
 * one, and then a principal of the one is trusted by a role of the other.
 */
export function accountGaps({ world }: PathModel): Gap[] {
  const held = new Set(
    [...world.users, ...world.roles].filter(({ declared }) => declared).map(({ account }) => account),
  );
  const doubtful = world.accounts.filter(
    ({ id, standIn, name }) => standIn && held.has(id) && !name.startsWith('aws_organizations_account'),
  );
  const [first, second] = doubtful;
  if (first === undefined || second === undefined) return [];
  return [
    {
      reason: 'unresolved-value',
      message: `${doubtful.length} configurations do not say in which account they live, and may live in the same: ${doubtful
        .slice(0, 3)
        .map(({ name }) => name)
        .join(', ')}`,
      at: first.at,
      closes: 'write `allowed_account_ids` into each provider',
      identity: 'accounts',
    },
  ];
}
