import type { HclAttribute, HclBlock, HclExpression, HclFile } from '../../lib/hcl/ast.ts';
import type { SourceLocation } from '../../model/index.ts';
import { isOverride, mergeOverride } from './overrides.ts';

/** A block with its attributes by name. */
export interface Block {
  readonly attributes: ReadonlyMap<string, HclAttribute>;
  readonly blocks: readonly HclBlock[];
  /** The whole block. */
  readonly at: SourceLocation;
  /** Its type and labels. */
  readonly headAt: SourceLocation;
}

/** `resource` or `data` block. */
export interface ResourceBlock extends Block {
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
}

/** `provider` block. */
export interface ProviderBlock extends Block {
  /** Local name of the provider. */
  readonly name: string;
  readonly alias: string | undefined;
}

/** What the files of one folder declare together, https://developer.hashicorp.com/terraform/language/files. */
export interface Configuration {
  readonly folder: string;
  readonly variables: ReadonlyMap<string, Block>;
  readonly locals: ReadonlyMap<string, HclAttribute>;
  readonly outputs: ReadonlyMap<string, Block>;
  readonly modules: ReadonlyMap<string, Block>;
  /** By `type.name`, data sources by `data.type.name`. */
  readonly resources: ReadonlyMap<string, ResourceBlock>;
  /** By local name, with an alias `name.alias`. */
  readonly providers: ReadonlyMap<string, ProviderBlock>;
  /** Source address by local name, from `required_providers`: `hashicorp/aws`. */
  readonly requiredProviders: ReadonlyMap<string, string>;
  /** Whether a `terraform` block names a backend or a cloud. */
  readonly hasBackend: boolean;
  /** `moved`, `import`, `removed`, `check` and blocks of later versions, as written. */
  readonly others: readonly HclBlock[];
  /** What Terraform would refuse, and ranges that did not parse. */
  readonly problems: readonly { readonly message: string; readonly at: SourceLocation }[];
}

/** Reads the declarations of a folder's files; override files last, merged into what they override. */
export function readConfiguration(folder: string, files: readonly HclFile[]): Configuration {
  const reading = new Reading();
  const problems: Configuration['problems'][number][] = [];
  const sorted = [...files].sort((left, right) => (left.path < right.path ? -1 : 1));
  for (const file of sorted) {
    problems.push(...file.errors);
    if (!isOverride(file.path)) for (const block of file.body.blocks) reading.add(block);
  }
  for (const file of sorted) if (isOverride(file.path)) for (const block of file.body.blocks) reading.override(block);
  return {
    folder,
    ...reading.maps,
    others: reading.others,
    hasBackend: reading.hasBackend,
    problems: [...problems, ...reading.problems],
  };
}

/** Collects declarations. */
class Reading {
  readonly maps = {
    variables: new Map<string, Block>(),
    locals: new Map<string, HclAttribute>(),
    outputs: new Map<string, Block>(),
    modules: new Map<string, Block>(),
    resources: new Map<string, ResourceBlock>(),
    providers: new Map<string, ProviderBlock>(),
    requiredProviders: new Map<string, string>(),
  };
  readonly others: HclBlock[] = [];
  readonly problems: { message: string; at: SourceLocation }[] = [];
  hasBackend = false;

  add(block: HclBlock): void {
    const place = this.#place(block);
    if (place === undefined) this.#rest(block);
    else if (place.map.has(place.key))
      this.problems.push({ message: `${place.what} is declared twice`, at: block.headAt });
    else place.set(this.#checked(block));
  }

  override(block: HclBlock): void {
    const place = this.#place(block);
    if (place === undefined) return this.#rest(block);
    const base = place.map.get(place.key);
    place.set(base === undefined ? this.#checked(block) : mergeOverride(base, toBlock(block)));
  }

  /** Where a declaration belongs. */
  #place(
    block: HclBlock,
  ): { map: ReadonlyMap<string, Block>; key: string; what: string; set: (value: Block) => void } | undefined {
    const { variables, outputs, modules, resources, providers } = this.maps;
    const [first = '', second = ''] = block.labels;
    const named = (map: Map<string, Block>, what: string) => ({
      map,
      key: first,
      what,
      set: (value: Block) => void map.set(first, value),
    });
    switch (block.type) {
      case 'variable':
        return named(variables, `var.${first}`);
      case 'output':
        return named(outputs, `output ${first}`);
      case 'module':
        return named(modules, `module.${first}`);
      case 'resource':
      case 'data':
      case 'ephemeral': {
        const mode = block.type === 'resource' ? 'managed' : 'data';
        const prefix = block.type === 'resource' ? '' : `${block.type}.`;
        const key = `${prefix}${first}.${second}`;
        const set = (value: Block) => void resources.set(key, { ...value, mode, type: first, name: second });
        return { map: resources, key, what: key, set };
      }
      case 'provider': {
        const alias = literalText(block.body.attributes.find(({ name }) => name === 'alias')?.value);
        const key = alias === undefined ? first : `${first}.${alias}`;
        const set = (value: Block) => void providers.set(key, { ...value, name: first, alias });
        return { map: providers, key, what: `provider ${key}`, set };
      }
      default:
        return undefined;
    }
  }

  #rest(block: HclBlock): void {
    if (block.type === 'locals') {
      for (const attribute of block.body.attributes) {
        if (this.maps.locals.has(attribute.name)) {
          this.problems.push({ message: `local.${attribute.name} is declared twice`, at: attribute.nameAt });
        } else this.maps.locals.set(attribute.name, attribute);
      }
    } else if (block.type === 'terraform') this.#settings(block);
    else this.others.push(block);
  }

  #settings(block: HclBlock): void {
    for (const inner of block.body.blocks) {
      if (inner.type === 'backend' || inner.type === 'cloud') this.hasBackend = true;
      if (inner.type !== 'required_providers') continue;
      for (const { name, value } of inner.body.attributes) {
        const entry =
          value.kind === 'object' ? value.entries.find(({ key }) => literalText(key) === 'source') : undefined;
        const source = literalText(entry?.value);
        if (source !== undefined) this.maps.requiredProviders.set(name, source);
      }
    }
  }

  #checked(block: HclBlock): Block {
    const names = new Set<string>();
    for (const { name, nameAt } of block.body.attributes) {
      if (names.has(name)) this.problems.push({ message: `${name} is set twice`, at: nameAt });
      names.add(name);
    }
    return toBlock(block);
  }
}

function toBlock(block: HclBlock): Block {
  const attributes = new Map<string, HclAttribute>();
  for (const attribute of block.body.attributes)
    if (!attributes.has(attribute.name)) attributes.set(attribute.name, attribute);
  return { attributes, blocks: block.body.blocks, at: block.at, headAt: block.headAt };
}

/** The text of an expression that is one literal string, or a bare name. */
export function literalText(expression: HclExpression | undefined): string | undefined {
  if (expression?.kind === 'literal') return typeof expression.value === 'string' ? expression.value : undefined;
  if (expression?.kind !== 'template') return undefined;
  if (expression.parts.length === 0) return '';
  const [only] = expression.parts;
  return expression.parts.length === 1 && only?.kind === 'text' ? only.text : undefined;
}
