import type { SourceLocation } from '../../model/index.ts';
import type { ReferenceStep } from './environment.ts';
import { collectionOf, keySuffix, keyText } from './expansion.ts';
import { object, text, unknown, withOrigin } from './make.ts';
import type { Module } from './module.ts';
import { step } from './origins.ts';
import { relativePath } from './paths.ts';
import { resourceObject } from './resource-object.ts';
import type { TfValue } from './value.ts';
import { TerraformError } from './value.ts';

type StepAt = (index: number) => ReferenceStep | undefined;

/** A value, and how many steps of the reference it took. */
interface Found {
  readonly value: TfValue;
  readonly used: number;
}

/** What a name means in a module: https://developer.hashicorp.com/terraform/language/expressions/references. */
export function resolveReference(module: Module, root: string, stepAt: StepAt, at: SourceLocation): Found {
  const first = stepAt(0)?.key;
  switch (root) {
    case 'var':
      return named(root, first, at, (name) => module.variable(name, at));
    case 'local':
      return named(root, first, at, (name) => module.local(name, at));
    case 'path':
      return named(root, first, at, (name) => pathValue(module, name, at));
    case 'terraform':
    case 'tofu':
      return named(root, first, at, (name) => setting(module, name, at));
    case 'module':
      return moduleValue(module, stepAt, at);
    case 'each':
    case 'count':
    case 'self':
      throw new TerraformError(`${root} means nothing here`, at);
    case 'resource': {
      const second = stepAt(1)?.key;
      if (first === undefined || second === undefined) throw new TerraformError('resource needs a type and a name', at);
      return { value: resourceValue(module, `${first}.${second}`, at), used: 2 };
    }
    case 'data':
    case 'ephemeral': {
      const second = stepAt(1)?.key;
      if (first === undefined || second === undefined) throw new TerraformError(`${root} needs a type and a name`, at);
      return { value: resourceValue(module, `${root}.${first}.${second}`, at), used: 2 };
    }
    default:
      if (first === undefined) throw new TerraformError(`${root} is not declared`, at);
      return { value: resourceValue(module, `${root}.${first}`, at), used: 1 };
  }
}

function named(root: string, name: string | undefined, at: SourceLocation, get: (name: string) => TfValue): Found {
  if (name === undefined) throw new TerraformError(`${root} needs a name`, at);
  const value = get(name);
  return { value: withOrigin(value, step(`${root}.${name}`, at, value.origin)), used: 1 };
}

function resourceValue(module: Module, key: string, at: SourceLocation): TfValue {
  const { expansion, instances } = module.group(key, at);
  const origin = step(key, at, step(`resource ${key}`, module.configuration.resources.get(key)?.headAt ?? at));
  const values = instances.map((instance) => withOrigin(resourceObject(instance), origin));
  const keys = instances.map((instance) => instance.key);
  return collectionOf(expansion, values, keys, origin);
}

function moduleValue(module: Module, stepAt: StepAt, at: SourceLocation): Found {
  const name = stepAt(0)?.key;
  if (name === undefined) throw new TerraformError('a module needs a name', at);
  const { expansion, instances, missing } = module.children(name, at);
  const what = `module.${name}`;
  if (missing !== undefined) return { value: unknown(missing, step(what, at)), used: 1 };
  const keyed = expansion.kind === 'each' || expansion.kind === 'count';
  const second = stepAt(1);
  const chosen = keyed
    ? instances.find(({ key }) => second?.dotted === false && keyText(key) === second.key)
    : instances[0];
  const output = keyed ? stepAt(2) : second;
  // One output alone is evaluated: the others may depend on what is being evaluated now.
  if (chosen !== undefined && output !== undefined && expansion.kind !== 'unknown') {
    const value = chosen.module.output(output.key, at);
    const origin = step(`${what}${keySuffix(chosen.key)}.${output.key}`, at, value.origin);
    return { value: withOrigin(value, origin), used: keyed ? 3 : 2 };
  }
  const origin = step(what, at);
  const wholes = instances.map(({ module: child }) =>
    object(
      [...child.configuration.outputs.keys()].map((each) => [each, child.output(each, at)] as const),
      origin,
    ),
  );
  const keys = instances.map(({ key }) => key);
  return { value: collectionOf(expansion, wholes, keys, origin), used: 1 };
}

function pathValue(module: Module, name: string, at: SourceLocation): TfValue {
  const origin = step(`path.${name}`, at);
  if (name === 'module') return text(relativePath(module.world.rootFolder, module.configuration.folder), origin);
  if (name === 'root') return text('.', origin);
  if (name === 'cwd') {
    return unknown('path.cwd is the folder in which terraform runs', origin, { type: 'string', notNull: true });
  }
  throw new TerraformError(`there is no path.${name}`, at);
}

function setting(module: Module, name: string, at: SourceLocation): TfValue {
  if (name === 'workspace') return text(module.world.workspace, step('terraform.workspace', at));
  throw new TerraformError(`there is no terraform.${name}`, at);
}
