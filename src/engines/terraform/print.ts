import type { Json, SourceLocation } from '../../model/index.ts';
import type { ResourceInstance } from './resources.ts';
import type { Origin, TfValue } from './value.ts';

/** Attributes whose values are not printed, whatever they hold. */
const SECRET =
  /(?:^|_)(?:password|passwd|secret|secret_key|private_key|token|api_key|access_key|credentials?|master_password|user_data)(?:$|_(?!arn|id|name|version|rotation|manager))/i;
const SPEAKS_OF = /(?:_arn|_id|_ids|_name|_names|_version|_length|_days|_enabled|_required|_status)$/;

/** A value as JSON: unknowns as `{"$unknown": why}`, sensitive texts as `{"$redacted": n}` with their length. */
export function valueToJson(value: TfValue, name = ''): Json {
  if (value.kind !== 'null' && value.kind !== 'unknown' && value.kind !== 'object' && value.kind !== 'list') {
    const hidden = value.sensitive === true || (value.kind === 'string' && isSecret(name) && value.value !== '');
    if (hidden) return { $redacted: value.kind === 'string' ? value.value.length : true };
  }
  switch (value.kind) {
    case 'string':
    case 'bool':
      return value.value;
    case 'number':
      return typeof value.value === 'bigint' && !Number.isSafeInteger(Number(value.value))
        ? value.value.toString()
        : Number(value.value);
    case 'null':
      return null;
    case 'unknown':
      return { $unknown: value.why };
    case 'list':
      return value.items.map((item) => valueToJson(item, name));
    case 'object': {
      const object = Object.create(null) as Record<string, Json>;
      for (const [key, item] of value.entries) object[key] = valueToJson(item, key);
      return object;
    }
  }
}

function isSecret(name: string): boolean {
  return SECRET.test(name) && !SPEAKS_OF.test(name);
}

/** A resource as `fourproof terraform show` prints it. */
export function resourceToJson(resource: ResourceInstance): Json {
  const { address, mode, type, provider, values, headAt, summaryOf } = resource;
  return {
    address,
    mode,
    type,
    provider: { source: provider.source, address: provider.address, module: provider.module },
    values: valueToJson(values),
    position: locationToJson(headAt),
    ...(summaryOf === undefined ? {} : { summaryOf }),
  };
}

function locationToJson({ path, startLine, startColumn, endLine, endColumn }: SourceLocation): Json {
  return { path, startLine, startColumn, endLine, endColumn };
}

/** One line of the answer to `terraform why`. */
export interface WhyStep {
  readonly depth: number;
  readonly what: string;
  readonly at: SourceLocation;
}

const DEEPEST = 40;
const MOST_STEPS = 400;

/** The way of a value back to its sources, depth first, nearest first; repeated parts are shown once. */
export function wayOf(origin: Origin): WhyStep[] {
  const steps: WhyStep[] = [];
  const seen = new Set<string>();
  visit(origin, 0);
  return steps;

  function visit({ what, at, from = [] }: Origin, depth: number): void {
    if (depth > DEEPEST || steps.length >= MOST_STEPS) return;
    const key = `${what} ${at.path}:${at.startLine}:${at.startColumn}`;
    const isNew = !seen.has(key);
    seen.add(key);
    steps.push({ depth, what, at });
    if (isNew) for (const next of from) visit(next, depth + 1);
  }
}
