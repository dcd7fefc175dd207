import type { SourceLocation } from '../../../model/index.ts';
import { attributeOfResource, type ResourceInstance, type TfValue } from '../../terraform/index.ts';
import type { TfObject } from '../../terraform/value.ts';
import type { StandIns } from './stand-ins.ts';
import type { WorldGap } from './types.ts';

/** A resource as the account model reads it: values with stand-ins, its account, and whether it exists for certain. */
export interface ResourceView {
  readonly resource: ResourceInstance;
  readonly account: string;
  readonly at: SourceLocation;
  /** Why it may not exist, or exist many times: its keys are not known. */
  readonly uncertain?: string;
  /** An attribute, configured or computed; undefined where it is null or not given. */
  value(name: string): TfValue | undefined;
  /** Resolves a value that was reached another way. */
  resolve(value: TfValue): TfValue;
}

export function viewOf(resource: ResourceInstance, account: string, standIns: StandIns): ResourceView {
  const uncertain = whyUncertain(resource);
  return {
    resource,
    account,
    at: resource.headAt,
    ...(uncertain === undefined ? {} : { uncertain }),
    value(name) {
      const value = attributeOfResource(resource, name);
      return value.kind === 'null' ? undefined : standIns.resolve(value);
    },
    resolve: (value) => standIns.resolve(value),
  };
}

function whyUncertain({ key, address, module }: ResourceInstance): string | undefined {
  if (typeof key === 'object') return key.unknown;
  return module.includes('[*]') ? `how many instances of ${module} there are is not known (${address})` : undefined;
}

/** The text of an attribute; undefined where it is not given or not known. */
export function textAt(view: ResourceView, name: string): string | undefined {
  return textOf(view.value(name));
}

export function textOf(value: TfValue | undefined): string | undefined {
  if (value?.kind === 'string') return value.value;
  return value?.kind === 'number' || value?.kind === 'bool' ? String(value.value) : undefined;
}

/** An argument that is written in the block; undefined where it is not, also when the provider computes it. */
export function writtenAt(view: ResourceView, name: string): TfValue | undefined {
  const value = view.resource.values.entries.get(name);
  return value === undefined || value.kind === 'null' ? undefined : view.resolve(value);
}

/** Texts of a list, and why some are missing. */
export function textsOf(value: TfValue | undefined): {
  readonly texts: readonly { readonly text: string; readonly at: SourceLocation }[];
  readonly unknown?: { readonly why: string; readonly at: SourceLocation };
} {
  if (value === undefined || value.kind === 'null') return { texts: [] };
  const items = value.kind === 'list' ? value.items : value.kind === 'object' ? [] : [value];
  const texts = items.flatMap((item) => (item.kind === 'string' ? [{ text: item.value, at: item.origin.at }] : []));
  const hole = items.find((item) => item.kind === 'unknown');
  return hole?.kind === 'unknown' ? { texts, unknown: { why: hole.why, at: hole.origin.at } } : { texts };
}

/** Nested blocks of a resource, or of one of its blocks. */
export function blocksOf(value: TfValue | undefined): readonly TfObject[] {
  const items = value?.kind === 'list' ? value.items : value === undefined ? [] : [value];
  return items.filter((item) => item.kind === 'object');
}

/** A gap about a value that the code does not determine. */
export function unresolved(what: string, value: TfValue | undefined, at: SourceLocation): WorldGap {
  const why = value?.kind === 'unknown' ? `: ${value.why}` : '';
  return {
    reason: 'unresolved-value',
    message: `${what} is not known${why}`,
    at: value?.origin.at ?? at,
    closes: 'terraform show -json tfplan > plan.json, in the tree',
  };
}
