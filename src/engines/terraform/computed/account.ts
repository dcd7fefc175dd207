import { text, unknown } from '../make.ts';
import { step } from '../origins.ts';
import type { ProviderConfiguration } from '../providers.ts';
import type { ResourceInstance } from '../resources.ts';
import type { TfValue } from '../value.ts';

/** Id of the account in which a resource lives, as its provider's configuration tells it. */
export function accountOf({ provider, headAt }: Pick<ResourceInstance, 'provider' | 'headAt'>): TfValue {
  const allowed = provider.values.entries.get('allowed_account_ids');
  const only = allowed?.kind === 'list' && allowed.items.length === 1 ? allowed.items[0] : undefined;
  if (only?.kind === 'string') return only;
  const role = roleOf(provider);
  const id = role?.kind === 'string' ? /^arn:[\w-]+:iam::(\d{12}):/.exec(role.value)?.[1] : undefined;
  if (role !== undefined && id !== undefined)
    return text(id, step('account of assume_role', role.origin.at, role.origin));
  // An account that this configuration creates has an id only after apply; that is what is missing then.
  const why = role?.kind === 'unknown' ? role.why : `the account of provider ${provider.address} is not in sight`;
  const from = role === undefined ? [] : [role.origin];
  return unknown(why, step(`account of provider ${provider.address}`, provider.at ?? headAt, ...from), {
    type: 'string',
    pattern: '[0-9]{12}',
    notNull: true,
  });
}

/** The region of a resource: its own, otherwise its provider's. */
export function regionOf({
  provider,
  headAt,
  values,
}: Pick<ResourceInstance, 'provider' | 'headAt' | 'values'>): TfValue {
  const region = values.entries.get('region') ?? provider.values.entries.get('region');
  if (region !== undefined && region.kind !== 'null') return region;
  const why = `the region of provider ${provider.address} is not in sight`;
  return unknown(why, step(`region of provider ${provider.address}`, provider.at ?? headAt), {
    type: 'string',
    pattern: '[a-z]{2,4}(?:-[a-z]+)+-[0-9]+',
    notNull: true,
  });
}

/** `aws`, `aws-cn` or `aws-us-gov`, by the region; `aws` where the region is not known. */
export function partitionOf(instance: Pick<ResourceInstance, 'provider' | 'headAt' | 'values'>): TfValue {
  const region = regionOf(instance);
  const name = region.kind === 'string' ? region.value : '';
  const partition = name.startsWith('cn-') ? 'aws-cn' : name.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  return text(partition, step('partition', region.origin.at, region.origin));
}

/** The role that a provider configuration assumes. */
function roleOf(provider: ProviderConfiguration): TfValue | undefined {
  for (const name of ['assume_role', 'assume_role_with_web_identity']) {
    const value = provider.values.entries.get(name);
    const last = value?.kind === 'list' ? value.items.at(-1) : value;
    const role = last?.kind === 'object' ? last.entries.get('role_arn') : undefined;
    if (role !== undefined && role.kind !== 'null') return role;
  }
  return undefined;
}
