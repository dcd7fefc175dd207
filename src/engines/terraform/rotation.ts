import type { TerraformFact } from '../../facts/terraform/reader.ts';
import type { HclBlock, HclExpression } from '../../lib/hcl/ast.ts';
import type { SourceLocation } from '../../model/index.ts';
import { wayOf } from './print.ts';
import type { ResourceInstance } from './resources.ts';

/** After how many days code replaces a resource, or why that is not told. */
export type Rotation =
  | { readonly kind: 'every'; readonly days: number; readonly at: SourceLocation; readonly by: string }
  | { readonly kind: 'doubtful'; readonly why: string; readonly at: SourceLocation }
  | { readonly kind: 'none' };

const DAYS_IN = {
  rotation_minutes: 1 / 1440,
  rotation_hours: 1 / 24,
  rotation_days: 1,
  rotation_months: 31,
  rotation_years: 366,
} as const;

/**
 * Whether a resource is replaced by time: its `lifecycle` names a `time_static` that follows a `time_rotating`. The
 * rotation itself cannot be named: it is removed from the state, not replaced, and so triggers nothing
 * (https://registry.terraform.io/providers/hashicorp/time/latest/docs/resources/rotating).
 */
export function rotationOf(
  resource: ResourceInstance,
  resources: readonly ResourceInstance[],
  files: readonly TerraformFact[],
): Rotation {
  const block = blockOf(resource, files);
  const lifecycle = block?.body.blocks.find((inner) => inner.type === 'lifecycle');
  const triggers = lifecycle?.body.attributes.find((attribute) => attribute.name === 'replace_triggered_by');
  if (triggers === undefined) return { kind: 'none' };
  const at = triggers.nameAt;
  const named = referencesIn(triggers.value);
  const inModule = (type: string, name: string) =>
    resources.find((one) => one.module === resource.module && one.type === type && one.name === name);
  for (const [type = '', name = ''] of named) {
    const trigger = inModule(type, name);
    if (trigger?.type !== 'time_static') continue;
    const time = trigger.values.entries.get('rfc3339');
    const rotating = time === undefined ? undefined : /\btime_rotating\.([\w-]+)/.exec(whatOf(time.origin))?.[1];
    const source = rotating === undefined ? undefined : inModule('time_rotating', rotating);
    const days = source === undefined ? undefined : daysOf(source);
    if (source !== undefined && days !== undefined)
      return { kind: 'every', days, at, by: `${source.address} through ${trigger.address}` };
  }
  if (named.some(([type]) => type === 'time_rotating'))
    return {
      kind: 'doubtful',
      why: 'it is triggered by a time_rotating itself, which is removed and not replaced when its time has come: put a time_static between them',
      at,
    };
  return named.length === 0 ? { kind: 'none' } : { kind: 'doubtful', why: 'what replaces it is not a time', at };
}

function blockOf({ type, name, headAt }: ResourceInstance, files: readonly TerraformFact[]): HclBlock | undefined {
  return files
    .find((fact) => fact.path === headAt.path)
    ?.file.body.blocks.find(
      (block) =>
        block.type === 'resource' &&
        block.labels[0] === type &&
        block.labels[1] === name &&
        block.headAt.startLine === headAt.startLine,
    );
}

function whatOf(origin: Parameters<typeof wayOf>[0]): string {
  return wayOf(origin)
    .map((one) => one.what)
    .join(' ');
}

function daysOf(rotating: ResourceInstance): number | undefined {
  for (const [name, days] of Object.entries(DAYS_IN)) {
    const value = rotating.values.entries.get(name);
    if (value?.kind === 'number') return Number(value.value) * days;
  }
  return undefined;
}

/** `type.name` of each element of a list of references; instances and attributes of it left out. */
function referencesIn(value: HclExpression): readonly (readonly string[])[] {
  if (value.kind !== 'tuple') return [];
  return value.items.map((item) => namesOf(item).slice(0, 2));
}

function namesOf(expression: HclExpression): string[] {
  if (expression.kind === 'variable') return [expression.name];
  if (expression.kind === 'attribute') return [...namesOf(expression.of), expression.name];
  return expression.kind === 'index' ? namesOf(expression.of) : [];
}
