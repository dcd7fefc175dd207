import { list, nothing, object, unknown } from '../make.ts';
import { step } from '../origins.ts';
import type { ProviderConfiguration } from '../providers.ts';
import type { SourceLocation } from '../../../model/index.ts';
import type { TfObject, TfValue } from '../value.ts';
import { below, entriesAt, isData, listAt, own, textAt } from './data.ts';
import { planValue } from './values.ts';

/** Gives the provider of a resource by its module's address without keys and its own `type.name`. */
export type ProviderLookup = (
  module: string,
  resource: string,
  providerName: string | undefined,
) => ProviderConfiguration;

const NONE = { unknown: undefined, sensitive: undefined };
const DEEPEST = 40;

/** The providers of a plan, from its `configuration`: https://developer.hashicorp.com/terraform/internals/json-format#configuration-representation. */
export function planProviders(plan: unknown, at: SourceLocation): ProviderLookup {
  const keys = new Map<string, string>();
  collectKeys(below(plan, 'configuration', 'root_module'), '', keys, 0);
  const made = new Map<string, ProviderConfiguration>();
  return (module, resource, providerName) => {
    const key = keys.get(`${module} ${resource}`);
    const config = key === undefined ? undefined : below(plan, 'configuration', 'provider_config', key);
    if (key === undefined || !isData(config)) return namedProvider(providerName, undefined, '', at);
    const known = made.get(key);
    if (known !== undefined) return known;
    const name = textAt(config, 'name') ?? '';
    const alias = textAt(config, 'alias');
    const provider: ProviderConfiguration = {
      source: sourceOf(textAt(config, 'full_name') ?? providerName ?? name),
      address: alias === undefined ? name : `${name}.${alias}`,
      module: textAt(config, 'module_address') ?? '',
      values: expressions(own(config, 'expressions'), `provider ${key}`, at, 0),
      at,
    };
    made.set(key, provider);
    return provider;
  };
}

/** A provider of which only the name is known, as states write it: `registry.terraform.io/hashicorp/aws`. */
export function namedProvider(
  fullName: string | undefined,
  alias: string | undefined,
  module: string,
  at: SourceLocation,
): ProviderConfiguration {
  const source = sourceOf(fullName ?? '');
  const name = source.slice(source.lastIndexOf('/') + 1);
  const address = alias === undefined ? name : `${name}.${alias}`;
  return { source, address, module, values: object([], step(`provider ${address}`, at)) };
}

function sourceOf(fullName: string): string {
  return fullName.toLowerCase().replace(/^registry\.(?:terraform\.io|opentofu\.org)\//, '');
}

function collectKeys(module: unknown, path: string, keys: Map<string, string>, depth: number): void {
  if (depth > DEEPEST) return;
  for (const resource of listAt(module, 'resources')) {
    const key = textAt(resource, 'provider_config_key');
    if (key === undefined) continue;
    const mode = textAt(resource, 'mode') === 'data' ? 'data.' : '';
    keys.set(`${path} ${mode}${textAt(resource, 'type') ?? ''}.${textAt(resource, 'name') ?? ''}`, key);
  }
  for (const [name, call] of entriesAt(module, 'module_calls')) {
    collectKeys(own(call, 'module'), `${path === '' ? '' : `${path}.`}module.${name}`, keys, depth + 1);
  }
}

/** Expressions of a provider block: of those that are no constants a plan only says what they refer to. */
function expressions(data: unknown, what: string, at: SourceLocation, depth: number): TfObject {
  const entries = isData(data) && depth < DEEPEST ? Object.entries(data) : [];
  return object(
    entries.map(([name, value]) => [name, expression(value, `${what}.${name}`, at, depth)] as const),
    step(what, at),
  );
}

function expression(data: unknown, what: string, at: SourceLocation, depth: number): TfValue {
  const origin = step(what, at);
  if (Array.isArray(data)) {
    return list(
      data.map((block) => expressions(block, what, at, depth + 1)),
      origin,
    );
  }
  if (!isData(data)) return nothing(origin);
  if (Object.hasOwn(data, 'constant_value')) return planValue(own(data, 'constant_value'), NONE, origin, '');
  const references = listAt(data, 'references').filter((one) => typeof one === 'string');
  if (!Object.hasOwn(data, 'references')) return expressions(data, what, at, depth + 1);
  return unknown(`${what} comes from ${references.join(', ') || 'an expression'}`, origin);
}
