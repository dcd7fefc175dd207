import type { HclAttribute } from '../../lib/hcl/ast.ts';
import type { SourceLocation } from '../../model/index.ts';
import type { Block, Configuration } from './configuration.ts';
import type { Environment } from './environment.ts';
import { expansionOf, instancesOf, keySuffix, type Expansion, type InstanceKey } from './expansion.ts';
import { withOrigin } from './make.ts';
import { resolveReference } from './module-reference.ts';
import { childConfiguration } from './module-source.ts';
import { step } from './origins.ts';
import { renderTemplate } from './render-template.ts';
import { expandResource, type ResourceInstance } from './resources.ts';
import type { TfValue } from './value.ts';
import { TerraformError } from './value.ts';
import { declaredValue } from './variable.ts';
import { evaluateSafely, type World } from './world.ts';

/** Where a module instance stands in the tree. */
export interface ModulePlace {
  /** `module.a["k"].module.b`; '' for the root. */
  readonly address: string;
  /** Dotted names of the calls without keys, as modules.json writes them; '' for the root. */
  readonly path: string;
  /** The `module` block and where its arguments are evaluated; undefined for the root. */
  readonly call?: { readonly block: Block; readonly caller: Module; readonly environment: Environment };
  /** Source of a known module whose summary stands for it. */
  readonly summaryOf?: string;
  readonly depth: number;
}

/** The instances of a module call. */
export interface ChildModules {
  readonly expansion: Expansion;
  readonly instances: readonly { readonly key: InstanceKey; readonly module: Module }[];
  /** Why there is no configuration to look into. */
  readonly missing?: string;
}

/** The resources of one block. */
export interface ResourceGroup {
  readonly expansion: Expansion;
  readonly instances: readonly ResourceInstance[];
}

/** Arguments of a `module` block that are not for the module's variables. */
const CALL = new Set(['source', 'version', 'count', 'for_each', 'providers', 'depends_on']);

/** One instance of a module: its names are evaluated when they are asked for, each once. */
export class Module {
  readonly place: ModulePlace;
  readonly configuration: Configuration;
  readonly world: World;
  readonly environment: Environment;
  readonly #given: (name: string) => TfValue | undefined;
  readonly #values = new Map<string, TfValue>();
  readonly #children = new Map<string, ChildModules>();
  readonly #groups = new Map<string, ResourceGroup>();
  /** Names whose evaluation has begun: meeting one again is a cycle. */
  readonly #busy = new Set<string>();

  /** `given` are the values of the variables: the caller's arguments, or the root's inputs. */
  constructor(
    place: ModulePlace,
    configuration: Configuration,
    world: World,
    given: (name: string) => TfValue | undefined,
  ) {
    this.place = place;
    this.configuration = configuration;
    this.world = world;
    this.#given = given;
    const { budget } = world;
    const { folder } = configuration;
    const tools: Environment['scope']['tools'] = {
      readFile: (path) => world.readFile(path),
      listFiles: (path) => world.listFiles(path),
      moduleFolder: folder,
      rootFolder: world.rootFolder,
      renderTemplate: (content, path, variables) => renderTemplate(content, path, variables, this),
      spend: (steps) => budget.spend(steps),
    };
    this.environment = {
      scope: { reference: (root, stepAt, at) => resolveReference(this, root, stepAt, at), tools, budget },
      names: undefined,
    };
  }

  /** The value of an input variable. */
  variable(name: string, at: SourceLocation): TfValue {
    const block = this.configuration.variables.get(name);
    if (block === undefined) throw new TerraformError(`var.${name} is not declared`, at);
    return this.#once(`var.${name}`, at, () => declaredValue(name, block, this.#given(name), this));
  }

  local(name: string, at: SourceLocation): TfValue {
    const attribute = this.configuration.locals.get(name);
    if (attribute === undefined) throw new TerraformError(`local.${name} is not declared`, at);
    return this.#once(`local.${name}`, at, () =>
      evaluateSafely(attribute.value, this.environment, this.world.problems),
    );
  }

  output(name: string, at: SourceLocation): TfValue {
    const value = this.configuration.outputs.get(name)?.attributes.get('value')?.value;
    if (value === undefined)
      throw new TerraformError(`${this.place.address} has no output ${JSON.stringify(name)}`, at);
    return this.#once(`output.${name}`, at, () => {
      const result = evaluateSafely(value, this.environment, this.world.problems);
      const sensitive = this.configuration.outputs.get(name)?.attributes.get('sensitive')?.value;
      const marked = sensitive?.kind === 'literal' && sensitive.value === true;
      return {
        ...withOrigin(result, step(`output ${name}`, value.at, result.origin)),
        ...(marked ? { sensitive: true } : {}),
      };
    });
  }

  /** The instances of a module call. */
  children(name: string, at: SourceLocation): ChildModules {
    const known = this.#children.get(name);
    if (known !== undefined) return known;
    const block = this.configuration.modules.get(name);
    if (block === undefined) throw new TerraformError(`module.${name} is not declared`, at);
    const children = this.#guarded(`module.${name}`, at, () => this.#expand(name, block));
    this.#children.set(name, children);
    return children;
  }

  /** The instances of a resource or data source; key as in {@link Configuration.resources}. */
  group(key: string, at: SourceLocation): ResourceGroup {
    const known = this.#groups.get(key);
    if (known !== undefined) return known;
    const block = this.configuration.resources.get(key);
    if (block === undefined) throw new TerraformError(`${key} is not declared`, at);
    const group = this.#guarded(key, at, () => expandResource(block, this));
    this.#groups.set(key, group);
    return group;
  }

  #expand(name: string, block: Block): ChildModules {
    const { place, world } = this;
    const expansion = expansionOf(block, this.environment, world.problems);
    const path = place.path === '' ? name : `${place.path}.${name}`;
    const found = childConfiguration(block, name, path, this);
    if ('missing' in found) return { expansion, instances: [], missing: found.missing };
    if (found.summaryOf === undefined) this.#checkArguments(name, block, found.configuration);
    const instances = instancesOf(expansion, this.environment, block.headAt).map(({ key, environment }) => {
      world.countModule();
      const address = `${place.address === '' ? '' : `${place.address}.`}module.${name}${keySuffix(key)}`;
      const summaryOf = found.summaryOf ?? place.summaryOf;
      const child: ModulePlace = {
        address,
        path,
        call: { block, caller: this, environment },
        depth: place.depth + 1,
        ...(summaryOf === undefined ? {} : { summaryOf }),
      };
      const given = (variable: string) =>
        argument(block.attributes.get(variable), variable, address, environment, world);
      return { key, module: new Module(child, found.configuration, world, given) };
    });
    return { expansion, instances };
  }

  #checkArguments(name: string, block: Block, { variables }: Configuration): void {
    for (const attribute of block.attributes.values()) {
      if (variables.has(attribute.name) || CALL.has(attribute.name)) continue;
      const message = `module.${name} has no variable ${JSON.stringify(attribute.name)}`;
      this.world.problems.add({ severity: 'error', reason: 'unresolved-value', message, at: attribute.nameAt });
    }
  }

  /** A value of this module, evaluated once. */
  #once(name: string, at: SourceLocation, run: () => TfValue): TfValue {
    const known = this.#values.get(name);
    if (known !== undefined) return known;
    const value = this.#guarded(name, at, run);
    this.#values.set(name, value);
    return value;
  }

  #guarded<T>(name: string, at: SourceLocation, run: () => T): T {
    if (this.#busy.has(name))
      throw new TerraformError(`${name} depends on itself: ${[...this.#busy, name].join(' → ')}`, at);
    this.world.budget.enter();
    this.#busy.add(name);
    try {
      return run();
    } finally {
      this.world.budget.leave();
      this.#busy.delete(name);
    }
  }
}

function argument(
  attribute: HclAttribute | undefined,
  name: string,
  address: string,
  environment: Environment,
  world: World,
): TfValue | undefined {
  if (attribute === undefined) return undefined;
  const value = evaluateSafely(attribute.value, environment, world.problems);
  return withOrigin(value, step(`argument ${name} of ${address}`, attribute.value.at, value.origin));
}
