import type { SourceLocation } from '../../model/index.ts';
import { bodyValues } from './body.ts';
import type { ResourceBlock } from './configuration.ts';
import { expansionOf, instancesOf, keySuffix, type InstanceKey } from './expansion.ts';
import type { Module, ResourceGroup } from './module.ts';
import { kubectlDocuments } from './kubectl-documents.ts';
import { object } from './make.ts';
import { step } from './origins.ts';
import { isBrought } from './paths.ts';
import { providerOf, type ProviderConfiguration } from './providers.ts';
import type { TfObject } from './value.ts';

/** One resource or data source as it would be planned. */
export interface ResourceInstance {
  /** `module.a["k"].aws_iam_role.this["x"]`; `[*]` where the keys are not known. */
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  /** Address of the module instance; '' for the root. */
  readonly module: string;
  readonly key: InstanceKey;
  readonly provider: ProviderConfiguration;
  /** What the configuration says: attributes by name, nested blocks as lists; meta-arguments are not among them. */
  readonly values: TfObject;
  /** Places of the attributes that are written in the block, by name. */
  readonly places: ReadonlyMap<string, SourceLocation>;
  /** The whole block. */
  readonly at: SourceLocation;
  /** Its type and name. */
  readonly headAt: SourceLocation;
  /** Of a resource in a module that was brought: the call in the repository that leads to it. */
  readonly calledAt?: SourceLocation;
  /** Source of a known module that is not on disk: the resource comes from our summary of it. */
  readonly summaryOf?: string;
}

const META = new Set(['count', 'for_each', 'provider', 'depends_on', 'lifecycle', 'provisioner', 'connection']);

/** Expands a block into its instances: https://developer.hashicorp.com/terraform/language/resources/syntax. */
export function expandResource(block: ResourceBlock, module: Module): ResourceGroup {
  const { place, environment, world } = module;
  const { type, name, mode } = block;
  const expansion = expansionOf(block, environment, world.problems);
  const provider = providerOf(type, block.attributes.get('provider')?.value, module);
  const places = new Map(
    [...block.attributes.values()].map((attribute) => [attribute.name, attribute.nameAt] as const),
  );
  const prefix = `${place.address === '' ? '' : `${place.address}.`}${mode === 'data' ? 'data.' : ''}${type}.${name}`;
  const calledAt = isBrought(block.headAt.path) ? callOf(module) : undefined;
  const instances = instancesOf(expansion, environment, block.headAt).map(
    ({ key, environment: inner }): ResourceInstance => {
      const address = `${prefix}${keySuffix(key)}`;
      const written = bodyValues(block, inner, world.problems, step(`resource ${address}`, block.headAt), META);
      const read = mode === 'data' ? kubectlDocuments(type, written, module) : undefined;
      const values = read === undefined ? written : object([...written.entries, ...read], written.origin);
      return {
        address,
        mode,
        type,
        name,
        module: place.address,
        key,
        provider,
        values,
        places,
        at: block.at,
        headAt: block.headAt,
        ...(calledAt === undefined ? {} : { calledAt }),
        ...(place.summaryOf === undefined ? {} : { summaryOf: place.summaryOf }),
      };
    },
  );
  return { expansion, instances };
}

/** The nearest call that stands in the repository itself. */
function callOf(module: Module): SourceLocation | undefined {
  let call = module.place.call;
  while (call !== undefined && isBrought(call.block.headAt.path)) call = call.caller.place.call;
  return call?.block.headAt;
}
