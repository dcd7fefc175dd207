import type { Problems } from '../world.ts';
import { computedAttribute } from '../computed.ts';
import type { ModuleFact } from '../evaluate.ts';
import { object } from '../make.ts';
import { step } from '../origins.ts';
import type { ResourceInstance } from '../resources.ts';
import type { TfValue } from '../value.ts';
import { below, isData, listAt, own, textAt } from './data.ts';
import type { Places } from './places.ts';
import type { ProviderLookup } from './providers.ts';
import { withoutKeys } from './address.ts';
import { holdsTrue, joinMarks, planValue } from './values.ts';

/** What the resources of a plan or a state are read with. */
export interface Reading {
  readonly places: Places;
  readonly provider: ProviderLookup;
  /** `after_unknown` and `after_sensitive` of the changes, by address. */
  readonly changes: ReadonlyMap<string, { readonly unknown: unknown; readonly sensitive: unknown }>;
  readonly folder: string;
  readonly resources: ResourceInstance[];
  readonly modules: ModuleFact[];
  readonly problems: Problems;
  /** Which resources are taken. */
  readonly takes: (address: string, mode: string) => boolean;
}

const DEEPEST = 100;

/** Resources of a module and of those below it, from `values` as plans and states represent them. */
export function readModule(module: unknown, route: string, reading: Reading, depth = 0): void {
  const address = textAt(module, 'address') ?? '';
  if (!reading.modules.some((known) => known.address === address)) {
    reading.modules.push({ address, folder: reading.folder });
  }
  for (const [index, resource] of listAt(module, 'resources').entries()) {
    readResource(resource, address, `${route}.resources.${index}`, reading);
  }
  const children = listAt(module, 'child_modules');
  if (depth >= DEEPEST && children.length > 0) {
    reading.problems.add({
      severity: 'gap',
      reason: 'out-of-budget',
      message: `modules are nested deeper than ${DEEPEST} levels`,
      at: reading.places.whole,
    });
    return;
  }
  for (const [index, child] of children.entries())
    readModule(child, `${route}.child_modules.${index}`, reading, depth + 1);
}

function readResource(resource: unknown, module: string, route: string, reading: Reading): void {
  const address = textAt(resource, 'address');
  const type = textAt(resource, 'type');
  const name = textAt(resource, 'name');
  const mode = textAt(resource, 'mode') === 'data' ? 'data' : 'managed';
  if (address === undefined || type === undefined || name === undefined || !reading.takes(address, mode)) return;
  const change = reading.changes.get(address);
  const index = own(resource, 'index');
  const bare = `${mode === 'data' ? 'data.' : ''}${type}.${name}`;
  reading.resources.push(
    makeInstance(
      {
        address,
        mode,
        type,
        name,
        module,
        key: typeof index === 'string' || typeof index === 'number' ? index : undefined,
        provider: reading.provider(withoutKeys(module), bare, textAt(resource, 'provider_name')),
      },
      own(resource, 'values'),
      { unknown: change?.unknown, sensitive: joinMarks(own(resource, 'sensitive_values'), change?.sensitive) },
      route,
      reading.places,
    ),
  );
}

/** Everything of a resource but its values and places. */
export type Identity = Pick<ResourceInstance, 'address' | 'mode' | 'type' | 'name' | 'module' | 'key' | 'provider'>;

/** A resource with the values of its JSON; what only apply knows has the form that the provider gives it, where that is known. */
export function makeInstance(
  identity: Identity,
  data: unknown,
  marks: { readonly unknown: unknown; readonly sensitive: unknown },
  route: string,
  places: Places,
): ResourceInstance {
  const { address } = identity;
  const place = places.of(route);
  const origin = step(`resource ${address}`, place.headAt);
  const names = new Set([data, marks.unknown].flatMap((one) => (isData(one) ? Object.keys(one) : [])));
  const entries = new Map<string, TfValue>();
  for (const name of names) {
    const unknownPart = own(marks.unknown, name);
    if (own(data, name) === undefined && !holdsTrue(unknownPart)) continue;
    const from = step(`${address}.${name}`, place.attributes.get(name) ?? place.headAt);
    const part = { unknown: unknownPart, sensitive: marks.sensitive === true || own(marks.sensitive, name) };
    entries.set(name, planValue(own(data, name) ?? null, part, from, `${address}.${name} is known after apply`));
  }
  const instance: ResourceInstance = {
    ...identity,
    values: object(entries, origin),
    places: place.attributes,
    at: place.at,
    headAt: place.headAt,
  };
  return { ...instance, values: object(shaped(instance, marks.unknown), origin) };
}

function shaped(instance: ResourceInstance, unknowns: unknown): Map<string, TfValue> {
  const entries = new Map(instance.values.entries);
  // An unknown entry must not be taken for what the configuration says.
  const known = new Map([...entries].filter(([, value]) => value.kind !== 'unknown'));
  const base = { ...instance, values: { ...instance.values, entries: known } };
  for (const [name, value] of entries) {
    if (value.kind !== 'unknown' || own(unknowns, name) !== true) continue;
    const formed = computedAttribute(base, name);
    if (formed.kind === 'unknown' && formed.constraint === undefined) continue;
    entries.set(name, value.sensitive === true ? { ...formed, sensitive: true } : formed);
  }
  return entries;
}

/** What is unknown and sensitive after the changes of a plan; objects that are only deposed are left out. */
export function changesOf(plan: unknown): Reading['changes'] {
  const found = new Map<string, { readonly unknown: unknown; readonly sensitive: unknown }>();
  for (const change of listAt(plan, 'resource_changes')) {
    const address = textAt(change, 'address');
    if (address === undefined || own(change, 'deposed') !== undefined) continue;
    found.set(address, {
      unknown: below(change, 'change', 'after_unknown'),
      sensitive: below(change, 'change', 'after_sensitive'),
    });
  }
  return found;
}
