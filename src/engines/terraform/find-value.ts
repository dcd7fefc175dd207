import type { Evaluation } from './evaluate.ts';
import { attributeOfResource } from './resource-object.ts';
import type { TfValue } from './value.ts';

/** What an address such as `module.a.aws_iam_policy.p.policy.Statement[0].Action` names. */
export type Found =
  | { readonly ok: true; readonly value: TfValue; readonly resource: string; readonly attribute: string }
  | { readonly ok: false; readonly why: string };

/** Finds a value by the address of a resource and a path in it; documents in texts (JSON, YAML) are gone into. */
export function findValue(evaluations: readonly Evaluation[], address: string): Found {
  const resources = evaluations.flatMap((evaluation) => evaluation.resources);
  const resource = resources
    .filter((one) => address.startsWith(`${one.address}.`))
    .reduce<(typeof resources)[number] | undefined>(
      (best, one) => (best === undefined || one.address.length > best.address.length ? one : best),
      undefined,
    );
  if (resource === undefined) {
    const exact = resources.find((one) => one.address === address);
    if (exact !== undefined) {
      const names = [...exact.values.entries.keys()].slice(0, 12).join(', ');
      return { ok: false, why: `${address} is a resource; name one of its attributes: ${names}` };
    }
    const near = resources.filter((one) => one.address.includes(address.split('.').slice(0, 2).join('.'))).slice(0, 5);
    const hint = near.length === 0 ? '' : ` There are ${near.map((one) => one.address).join(', ')}.`;
    return { ok: false, why: `no resource has the address ${address}.${hint}` };
  }
  const path = stepsOf(address.slice(resource.address.length + 1));
  const [attribute, ...rest] = path;
  if (typeof attribute !== 'string') return { ok: false, why: `${address} names no attribute` };
  let value = attributeOfResource(resource, attribute);
  let walked = attribute;
  for (const step of rest) {
    const next = below(value, step);
    if (next === undefined)
      return {
        ok: false,
        why: `${resource.address}.${walked} has no ${typeof step === 'number' ? `element ${step}` : step}`,
      };
    value = next;
    walked += typeof step === 'number' ? `[${step}]` : `.${step}`;
  }
  return { ok: true, value, resource: resource.address, attribute: walked };
}

function below(value: TfValue, step: string | number): TfValue | undefined {
  if ((value.kind === 'string' || value.kind === 'unknown') && value.decoded !== undefined)
    return below(value.decoded, step);
  if (value.kind === 'list' && typeof step === 'number') return value.items[step];
  // A nested block stands as a list of one.
  if (value.kind === 'list' && typeof step === 'string' && value.items.length === 1 && value.items[0] !== undefined)
    return below(value.items[0], step);
  if (value.kind === 'object') return value.entries.get(String(step));
  return undefined;
}

function stepsOf(path: string): (string | number)[] {
  return [...path.matchAll(/\[(\d+)\]|\["([^"]*)"\]|\.?([^.[\]]+)/g)].map(([, index, key, name]) =>
    index === undefined ? (key ?? name ?? '') : Number(index),
  );
}
