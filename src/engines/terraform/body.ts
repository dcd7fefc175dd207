import type { HclBlock, HclBody } from '../../lib/hcl/ast.ts';
import { openObject } from './access.ts';
import type { Block } from './configuration.ts';
import { literalText } from './configuration.ts';
import { bind, type Environment } from './environment.ts';
import { iterate, whyNotIterated } from './for-expression.ts';
import { list, object, unknown } from './make.ts';
import { step } from './origins.ts';
import type { TfObject, TfUnknown, TfValue } from './value.ts';
import { TerraformError } from './value.ts';
import { evaluateSafely, safely, type Problems } from './world.ts';

/** Attributes and blocks of a body, for {@link bodyValues}. */
type Body = Pick<Block, 'attributes' | 'blocks'> | HclBody;

/**
 * What a body says: attributes by name, nested blocks of a type as a list, `dynamic` blocks expanded. A block whose
 * number is not known is one unknown element, which stands for any number. Names in `skipped` are left out.
 */
export function bodyValues(
  body: Body,
  environment: Environment,
  problems: Problems,
  origin: TfValue['origin'],
  skipped: ReadonlySet<string> = new Set(),
): TfObject {
  const entries = new Map<string, TfValue>();
  for (const { name, value } of body.attributes.values()) {
    if (!skipped.has(name) && !entries.has(name)) entries.set(name, evaluateSafely(value, environment, problems));
  }
  const blocks = new Map<string, BlockGroup>();
  for (const block of body.blocks) {
    const type = block.type === 'dynamic' ? (block.labels[0] ?? '') : block.type;
    if (skipped.has(block.type) || entries.has(type)) continue;
    const group = blocks.get(type) ?? { items: [], first: block };
    blocks.set(type, group);
    const { items } = group;
    if (block.type === 'dynamic') items.push(...dynamicBlocks(block, type, environment, problems));
    else items.push(blockValue(block, type, environment, problems));
  }
  for (const [type, { items, first }] of blocks) {
    const [only] = items;
    const all = items.length === 1 && only?.kind === 'unknown';
    entries.set(
      type,
      all ? { ...only, constraint: { type: 'list', notNull: true } } : list(items, step(`block ${type}`, first.at)),
    );
  }
  return object(entries, origin);
}

interface BlockGroup {
  readonly items: TfValue[];
  readonly first: HclBlock;
}

function blockValue(
  block: { readonly body: HclBody; readonly at: HclBlock['at'] },
  type: string,
  environment: Environment,
  problems: Problems,
): TfValue {
  const origin = step(`block ${type}`, block.at);
  environment.scope.budget.spend(5);
  environment.scope.budget.enter();
  try {
    const value = bodyValues(block.body, environment, problems, origin);
    return openObject(value, (name) =>
      unknown(`${type}.${name} is known after apply`, step(`${type}.${name}`, block.at, origin)),
    );
  } finally {
    environment.scope.budget.leave();
  }
}

/** https://developer.hashicorp.com/terraform/language/expressions/dynamic-blocks. */
function dynamicBlocks(block: HclBlock, type: string, environment: Environment, problems: Problems): TfValue[] {
  const items: TfValue[] = [];
  const failure = safely(
    () => {
      const argument = block.body.attributes.find(({ name }) => name === 'for_each')?.value;
      const content = block.body.blocks.find((inner) => inner.type === 'content');
      if (argument === undefined || content === undefined)
        throw new TerraformError(`dynamic "${type}" needs for_each and content`, block.at);
      const iterator = block.body.attributes.find(({ name }) => name === 'iterator')?.value;
      const name = iterator?.kind === 'variable' ? iterator.name : (literalText(iterator) ?? type);
      const collection = evaluateSafely(argument, environment, problems);
      const elements = iterate(collection, argument.at);
      if (elements === undefined) {
        const why = whyNotIterated(collection);
        return unknown(why, step(`dynamic ${type}`, block.at, collection.origin), { type: 'object' });
      }
      environment.scope.budget.spend(elements.length);
      for (const { key, value } of elements) {
        const bound = object(
          [
            ['key', key],
            ['value', value],
          ],
          step(name, argument.at),
        );
        items.push(blockValue({ body: content.body, at: block.at }, type, bind(environment, name, bound), problems));
      }
      return list(items, step(`dynamic ${type}`, block.at));
    },
    block.at,
    problems,
  );
  return isHole(failure) ? [...items, failure] : items;
}

function isHole(value: TfValue): value is TfUnknown {
  return value.kind === 'unknown';
}
