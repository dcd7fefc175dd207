import type { HclExpression } from '../../lib/hcl/ast.ts';
import type { SourceLocation } from '../../model/index.ts';
import { bodyValues } from './body.ts';
import { literalText } from './configuration.ts';
import { object } from './make.ts';
import type { Module } from './module.ts';
import { step } from './origins.ts';
import type { TfObject } from './value.ts';

/** The provider configuration that a resource is created with: it decides in which account and region it lives. */
export interface ProviderConfiguration {
  /** Address of the provider without its registry: `hashicorp/aws`. */
  readonly source: string;
  /** Name in the module that configures it, with the alias: `aws`, `aws.prod`. */
  readonly address: string;
  /** Address of the module that configures it; '' for the root. */
  readonly module: string;
  /** Arguments of the `provider` block; empty where there is none. */
  readonly values: TfObject;
  /** The `provider` block. */
  readonly at?: SourceLocation;
}

const known = new WeakMap<Module, Map<string, ProviderConfiguration>>();

/** The provider of a resource: its `provider` argument, otherwise the one that its type's name begins with. */
export function providerOf(type: string, argument: HclExpression | undefined, module: Module): ProviderConfiguration {
  const written = argument === undefined ? undefined : providerName(argument);
  return configured(written ?? localName(type, module), module);
}

/** `aws` or `aws.prod`, as an expression or in the quotes of old. */
function providerName(expression: HclExpression): string | undefined {
  if (expression.kind === 'variable') return expression.name;
  if (expression.kind === 'attribute' && expression.of.kind === 'variable')
    return `${expression.of.name}.${expression.name}`;
  return literalText(expression);
}

function localName(type: string, module: Module): string {
  const first = type.split('_', 1)[0] ?? type;
  // `terraform_data` is built in; `google_beta_x` does not exist, its resources name their provider.
  return first === 'terraform' && !module.configuration.requiredProviders.has(first) ? 'terraform' : first;
}

function configured(name: string, module: Module): ProviderConfiguration {
  const memo = known.get(module) ?? new Map<string, ProviderConfiguration>();
  known.set(module, memo);
  const found = memo.get(name) ?? find(name, module);
  memo.set(name, found);
  return found;
}

function find(name: string, module: Module): ProviderConfiguration {
  const { configuration, place, environment, world } = module;
  const call = place.call;
  const block = configuration.providers.get(name);
  if (call !== undefined) {
    const passed = passedName(name, call.block.attributes.get('providers')?.value);
    if (passed !== undefined) return configured(passed, call.caller);
    // A default configuration is inherited under whatever name the caller has for its source.
    if (block === undefined && !name.includes('.'))
      return configured(nameOfSource(sourceOf(name, module), name, call.caller), call.caller);
  }
  const source = sourceOf(name, module);
  if (block === undefined) {
    const at = call?.block.headAt ?? {
      path: configuration.folder,
      startLine: 1,
      startColumn: 1,
      endLine: 1,
      endColumn: 1,
    };
    return { source, address: name, module: place.address, values: object([], step(`provider ${name}`, at)) };
  }
  const values = bodyValues(
    block,
    environment,
    world.problems,
    step(`provider ${name}`, block.at),
    new Set(['alias', 'version']),
  );
  return { source, address: name, module: place.address, values, at: block.headAt };
}

/** What a `providers = { child = parent }` argument passes under a name. */
function passedName(name: string, argument: HclExpression | undefined): string | undefined {
  if (argument?.kind !== 'object') return undefined;
  const entry = argument.entries.find(({ key }) => providerName(key) === name);
  return entry === undefined ? undefined : providerName(entry.value);
}

function nameOfSource(source: string, name: string, caller: Module): string {
  const { requiredProviders } = caller.configuration;
  if ((requiredProviders.get(name) ?? source) === source) return name;
  return [...requiredProviders].find(([, other]) => normalised(other) === source)?.[0] ?? name;
}

function sourceOf(name: string, module: Module): string {
  const local = name.split('.', 1)[0] ?? name;
  if (local === 'terraform') return 'terraform.io/builtin/terraform';
  return normalised(module.configuration.requiredProviders.get(local) ?? `hashicorp/${local}`);
}

function normalised(source: string): string {
  return source.toLowerCase().replace(/^registry\.(?:terraform\.io|opentofu\.org)\//, '');
}
