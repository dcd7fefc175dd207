import type { SourceLocation } from '../../model/index.ts';
import { openObject } from './access.ts';
import { accountOf, partitionOf, regionOf } from './computed/account.ts';
import { FORMS, STRUCTURES } from './computed/forms.ts';
import { documentText, policyDocument } from './computed/policy-document.ts';
import { withoutPrefix } from './constraints.ts';
import { list, nothing, object, text, unknown } from './make.ts';
import { step } from './origins.ts';
import type { ResourceInstance } from './resources.ts';
import { concatenate } from './template.ts';
import type { Origin, TfUnknown, TfValue } from './value.ts';

/** An attribute that is not in the configuration: built where its form is known, otherwise known after apply. */
export function computedAttribute(instance: ResourceInstance, name: string): TfValue {
  const origin = step(`${instance.address}.${name}`, instance.headAt);
  return (
    special(instance, name, origin) ??
    formed(instance, name, origin) ??
    structured(instance, name, origin) ??
    unknown(whyComputed(instance, name), origin)
  );
}

function whyComputed({ address, mode }: ResourceInstance, name: string): string {
  return mode === 'data'
    ? `${address}.${name} is read when terraform plans`
    : `${address}.${name} is known after apply`;
}

function special(instance: ResourceInstance, name: string, origin: Origin): TfValue | undefined {
  const { type, mode, values } = instance;
  if (type === 'terraform_data') {
    if (name === 'output') {
      const input = values.entries.get('input') ?? nothing(origin);
      return { ...input, origin: step(origin.what, origin.at, input.origin) };
    }
    if (name === 'id') return unknown(whyComputed(instance, name), origin, { type: 'string', notNull: true });
    return name === 'input' || name === 'triggers_replace' ? nothing(origin) : undefined;
  }
  if (mode === 'data') {
    if (type === 'aws_iam_policy_document' && (name === 'json' || name === 'minified_json')) {
      return documentText(policyDocument(instance), name === 'json' ? 2 : 0, origin);
    }
    if (type === 'aws_caller_identity' && (name === 'account_id' || name === 'id'))
      return from(accountOf(instance), origin);
    if (type === 'aws_region' && ['name', 'id', 'region'].includes(name)) return from(regionOf(instance), origin);
    if (type === 'aws_partition' && (name === 'partition' || name === 'id')) return from(partitionOf(instance), origin);
    if (type === 'aws_partition' && name === 'dns_suffix') return text('amazonaws.com', origin);
    if (type === 'github_repository' && name === 'name') return lastPart(values.entries.get('full_name'), origin);
  }
  return type.startsWith('aws_') && name === 'region' ? from(regionOf(instance), origin) : undefined;
}

function lastPart(value: TfValue | undefined, origin: Origin): TfValue | undefined {
  return value?.kind === 'string' ? text(value.value.slice(value.value.lastIndexOf('/') + 1), origin) : undefined;
}

function from(value: TfValue, origin: Origin): TfValue {
  return { ...value, origin: step(origin.what, origin.at, value.origin) };
}

/** Fills a form such as `arn:{partition}:iam::{account}:role{path}{name}`; `<…>` is a pattern that only apply fills. */
function formed(instance: ResourceInstance, name: string, origin: Origin): TfValue | undefined {
  const form = FORMS.get(instance.type)?.[name];
  if (form === undefined) return undefined;
  return fill(form, instance, name, origin, instance.headAt);
}

function fill(form: string, instance: ResourceInstance, name: string, origin: Origin, at: SourceLocation): TfValue {
  const pieces: TfValue[] = [];
  for (const [, literal, field, pattern] of form.matchAll(/([^{}<>]+)|\{([^}]*)\}|<([^>]*)>/g)) {
    if (literal !== undefined) pieces.push(text(literal, step('literal', at)));
    else if (pattern !== undefined) pieces.push(generated(pattern, whyComputed(instance, name), origin));
    else pieces.push(fieldValue(field ?? '', instance, name, at));
  }
  const [only] = pieces;
  if (pieces.length === 1 && only?.kind === 'unknown')
    return { ...only, origin: step(origin.what, origin.at, only.origin) };
  const sources = pieces.filter((piece) => piece.origin.what !== 'literal').map((piece) => piece.origin);
  return concatenate(pieces, step(origin.what, origin.at, ...sources));
}

function generated(pattern: string, why: string, origin: Origin): TfValue {
  return unknown(why, origin, { type: 'string', notNull: true, pattern });
}

function fieldValue(field: string, instance: ResourceInstance, name: string, at: SourceLocation): TfValue {
  switch (field) {
    case 'account':
      return accountOf(instance);
    case 'region':
      return regionOf(instance);
    case 'partition':
      return partitionOf(instance);
    case 'path':
      return (
        textOf(instance, 'path') ??
        (instance.mode === 'managed'
          ? text('/', step('literal', at))
          : generated('/(?:[!-~]+/)?', whyComputed(instance, 'path'), step('path', at)))
      );
    default: {
      const [attribute = '', change] = field.split('|');
      const value = textOf(instance, attribute) ?? computedName(instance, attribute, name, at);
      if (change === 'host' && value.kind === 'string')
        return { ...value, value: value.value.replace(/^https:\/\//, '') };
      if (change === 'host' && value.kind === 'unknown')
        return withoutPrefix(value, 'https://') ?? withoutConstraint(value);
      if (change === 'slash' && value.kind === 'string')
        return { ...value, value: `/${value.value.replace(/^\//, '')}` };
      return value;
    }
  }
}

function withoutConstraint({ why, origin }: TfUnknown): TfValue {
  return unknown(why, origin, { type: 'string', notNull: true });
}

function textOf(instance: ResourceInstance, attribute: string): TfValue | undefined {
  const value = instance.values.entries.get(attribute);
  return value === undefined || value.kind === 'null' || value.kind === 'list' || value.kind === 'object'
    ? undefined
    : value;
}

/** A name that the provider makes up, from `name_prefix` where there is one. */
function computedName(instance: ResourceInstance, attribute: string, wanted: string, at: SourceLocation): TfValue {
  const why = whyComputed(instance, attribute === '' ? wanted : attribute);
  const prefix = textOf(instance, `${attribute}_prefix`);
  const origin = step(`${instance.address}.${attribute}`, at);
  if (prefix === undefined || instance.mode === 'data') return unknown(why, origin, { type: 'string', notNull: true });
  return concatenate([prefix, generated('[0-9a-f]{26}', why, origin)], step(origin.what, at, prefix.origin));
}

/** Attributes that are lists of objects, such as `identity[0].oidc[0].issuer` of a cluster. */
function structured(instance: ResourceInstance, name: string, origin: Origin): TfValue | undefined {
  const structure = STRUCTURES.get(instance.type)?.[name];
  if (structure === undefined) return undefined;
  const one = (fields: Iterable<readonly [string, TfValue]>) =>
    list(
      [openObject(object(fields, origin), (field) => unknown(whyComputed(instance, `${name}.${field}`), origin))],
      origin,
    );
  const field = (form: string) => fill(form, instance, name, origin, instance.headAt);
  return one(
    Object.entries(structure).map(([key, inner]) => [
      key,
      typeof inner === 'string' ? field(inner) : one(Object.entries(inner).map(([leaf, form]) => [leaf, field(form)])),
    ]),
  );
}
